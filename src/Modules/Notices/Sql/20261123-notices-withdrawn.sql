-- A notice that came down because nothing on it was to be decided any more.
alter table notices add column withdrawn boolean not null default false;
