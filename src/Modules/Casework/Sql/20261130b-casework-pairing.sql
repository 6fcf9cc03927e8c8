-- Of helpers and officers a household has one at a time; of main helpers and liaisons of neighbour pairing there may be several.
drop index assignments_now;
create unique index assignments_now on assignments (county, household_id, post) where to_on is null and post in ('PairingHelper', 'MonitoringOfficer');
create unique index assignments_each on assignments (county, household_id, post, person, unit) where to_on is null;
create index assignments_person on assignments (county, post, person) where to_on is null;
create index visits_day on visits (county, visited_on, area);
