-- One row a household and survey. Empty cells are null: a question that was not asked decides nothing.
create table water_surveys (
    county             text not null,
    id                 uuid not null,
    import_id          uuid not null,
    source_row         integer not null,
    as_of_on           date not null,
    in_force           boolean not null,
    household_id       uuid,
    member_id          uuid,
    village            text not null,
    survey_key         text not null,
    supply             text,
    piped              boolean,
    litres             text,
    short_area         boolean,
    quality            text,
    tested_on          date,
    trip_minutes       integer,
    horizontal_metres  integer,
    vertical_metres    integer,
    days_short         integer,
    seasonal_shortage  boolean,
    surveyed_on        date,
    primary key (county, id)
);
create index water_surveys_survey_key on water_surveys (county, survey_key);
create index water_surveys_household on water_surveys (county, household_id);
create index water_surveys_import on water_surveys (county, import_id);
