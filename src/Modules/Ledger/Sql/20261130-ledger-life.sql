-- A problem says which level has it in hand, which came before it, what it is a part of, in which green channel and whose queue it stands,
-- and whether it held. Steps say how things stood after them, so that the book of any day can be read again.
alter table issues add column recurs_id uuid;
alter table issues add column occurrence integer not null default 1;
alter table issues add column part_of_id uuid;
alter table issues add column listing_id uuid;
alter table issues add column level text not null default 'Village';
alter table issues add column department text;
alter table issues add column department_since date;
alter table issues add column channel text;
alter table issues add column channel_on date;
alter table issues add column channel_due_on date;
alter table issues add column zero_by date;
alter table issues add column closed_by_name text;
alter table issues add column check_on date;
alter table issues add column held_on date;
alter table issues add column held_enc bytea;
alter table issue_steps add column next_due_on date;
alter table issue_steps add column unit text;

-- What was escalated under the first version had left the village.
update issues set level = 'Township' where state = 'Escalated';
-- What was struck off under the first version: nobody has looked whether it held, and nobody is late in looking.
update issues set check_on = closed_on where state = 'Closed';

create index issues_part on issues (county, part_of_id);
create index issues_listing on issues (county, listing_id);
create index issues_kind on issues (county, subject, area, household_id);
create index issues_queue on issues (county, department, state);
create index issue_steps_day on issue_steps (county, happened_on);
