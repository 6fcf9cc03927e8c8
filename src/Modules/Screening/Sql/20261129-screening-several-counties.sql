-- A rehearsal of several counties is kept under its area; published, each county gets a row of its own with the same id.
alter table rehearsals add column from_area text;   -- where it was made; null: here
