-- Which townships the rows in force speak about.
create index micro_loans_village on micro_loans (county, village) where in_force;
