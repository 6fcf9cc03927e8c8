-- Every row of every file stays; in_force tells which of several about one settlement counts. The month is not stored:
-- both databases find it from the day.
create table medical_settlements (
    county             text not null,
    id                 uuid not null,
    import_id          uuid not null,
    source_row         integer not null,
    as_of_on           date not null,
    in_force           boolean not null,
    household_id       uuid,
    member_id          uuid,
    village            text not null,
    settlement_no      text not null,
    kind               text not null,
    settled_on         date not null,
    hospital_enc       bytea,
    total_fen          bigint not null,
    basic_fen          bigint not null,
    major_fen          bigint not null,
    aid_fen            bigint not null,
    supplementary_fen  bigint not null,
    self_paid_fen      bigint not null,
    primary key (county, id)
);
create index medical_settlements_settlement_no on medical_settlements (county, settlement_no);
create index medical_settlements_household on medical_settlements (county, household_id);
create index medical_settlements_import on medical_settlements (county, import_id);
