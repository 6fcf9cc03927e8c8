-- Decisions about minimum living allowance and support of the destitute: granted, refused, stopped.
create table allowance_decisions (
    county        text not null,
    id            uuid not null,
    import_id     uuid not null,
    source_row    integer not null,
    as_of_on      date not null,
    in_force      boolean not null,
    household_id  uuid,
    member_id     uuid,
    village       text not null,
    decision_key  text not null,
    kind          text not null,
    result        text not null,
    decided_on    date,
    since_month   integer,
    monthly_fen   bigint,
    primary key (county, id)
);
create index allowance_decisions_decision_key on allowance_decisions (county, decision_key);
create index allowance_decisions_household on allowance_decisions (county, household_id);
create index allowance_decisions_import on allowance_decisions (county, import_id);
