-- Which townships the rows in force speak about.
create index allowance_decisions_village on allowance_decisions (county, village) where in_force;
create index disability_certificates_village on disability_certificates (county, village) where in_force;
