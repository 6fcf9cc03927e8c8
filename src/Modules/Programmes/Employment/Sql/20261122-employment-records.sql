-- A township's working people as of a day: a later list takes the place of an earlier one.
create table employment_records (
    county         text not null,
    id             uuid not null,
    import_id      uuid not null,
    source_row     integer not null,
    as_of_on       date not null,
    in_force       boolean not null,
    household_id   uuid,
    member_id      uuid,
    village        text not null,
    person_key     text not null,
    list_area      text not null,
    place          text,
    months_worked  integer,
    state          text,
    unemployed_on  date,
    returned_on    date,
    working_again  boolean,
    post_kind      text,
    post_ends_on   date,
    primary key (county, id)
);
create index employment_records_person_key on employment_records (county, person_key);
create index employment_records_list on employment_records (county, list_area, as_of_on);
create index employment_records_household on employment_records (county, household_id);
create index employment_records_import on employment_records (county, import_id);
