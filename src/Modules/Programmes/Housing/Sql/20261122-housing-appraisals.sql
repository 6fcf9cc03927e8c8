-- One row a building and appraisal; a household may have several buildings, lived in or empty.
create table housing_appraisals (
    county          text not null,
    id              uuid not null,
    import_id       uuid not null,
    source_row      integer not null,
    as_of_on        date not null,
    in_force        boolean not null,
    household_id    uuid,
    member_id       uuid,
    village         text not null,
    house_key       text not null,
    plate_no        text,
    structure       text,
    built_year      integer,
    floor_area      text,
    grade           text not null,
    appraised_on    date,
    lived_in        boolean,
    renovation      text,
    planned_end_on  date,
    accepted_on     date,
    remark          text,
    primary key (county, id)
);
create index housing_appraisals_house_key on housing_appraisals (county, house_key);
create index housing_appraisals_household on housing_appraisals (county, household_id);
create index housing_appraisals_import on housing_appraisals (county, import_id);
