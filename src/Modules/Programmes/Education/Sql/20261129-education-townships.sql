-- Which townships the rows in force speak about.
create index enrolments_village on enrolments (county, village) where in_force;
