-- Which townships the rows in force speak about.
create index housing_appraisals_village on housing_appraisals (county, village) where in_force;
