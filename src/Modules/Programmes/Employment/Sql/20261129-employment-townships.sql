-- Which townships the rows in force speak about.
create index employment_records_village on employment_records (county, village) where in_force;
