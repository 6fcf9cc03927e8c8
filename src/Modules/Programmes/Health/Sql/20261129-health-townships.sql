-- Which townships the rows in force speak about.
create index medical_settlements_village on medical_settlements (county, village) where in_force;
