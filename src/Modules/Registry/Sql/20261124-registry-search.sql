-- Whoever searches by name inside a village or township reads the index and not every household of the county that bears the name.
create index members_name_area on members (county, name, code, area);
create index members_initials_area on members (county, initials, code, area);
drop index members_name;
drop index members_initials;
