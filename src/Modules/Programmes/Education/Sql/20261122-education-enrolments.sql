-- A full list of a township's pupils as of a day: a later list takes the place of an earlier one. A pupil who changed school
-- stands in one list twice, with two registration numbers.
create table enrolments (
    county             text not null,
    id                 uuid not null,
    import_id          uuid not null,
    source_row         integer not null,
    as_of_on           date not null,
    in_force           boolean not null,
    household_id       uuid,
    member_id          uuid,
    village            text not null,
    pupil_key          text not null,
    list_area          text not null,
    registration_enc   bytea,
    school             text,
    stage              text,
    state              text not null,
    out_of_county      boolean,
    letter_given       boolean,
    absent_days        integer,
    absence_explained  boolean not null,
    home_lessons       integer,
    cost_fen           bigint,
    aid_kind           text,
    aid_fen            bigint,
    primary key (county, id)
);
create index enrolments_pupil_key on enrolments (county, pupil_key);
create index enrolments_list on enrolments (county, list_area, as_of_on);
create index enrolments_household on enrolments (county, household_id);
create index enrolments_import on enrolments (county, import_id);
