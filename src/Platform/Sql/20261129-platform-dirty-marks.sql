-- Households whose facts changed and whose rules have to be looked at again: a mark for each change. Marks are added and taken
-- away, never changed, so whoever notes a change waits for nobody, however long others' changes take to be stored.
create table dirty_marks (
    county        text not null,
    household_id  uuid not null,
    mark_id       uuid not null,
    since_at      bigint not null,
    primary key (county, household_id, mark_id)
);

insert into dirty_marks (county, household_id, mark_id, since_at)
select county, household_id, '00000000-0000-0000-0000-000000000000', since_at from dirty_households;

drop table dirty_households;
