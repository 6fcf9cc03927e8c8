-- Two people said different things about the same, and neither knew of the other.
create table field_conflicts (
    county        text not null,
    id            uuid not null,
    household_id  uuid not null,
    member_id     uuid,
    area          text not null,
    attribute     text not null,         -- household.phone, member.ins_res
    visit_id      uuid not null,
    base_enc      bytea,                 -- what the phone had seen; null where it had seen nothing
    base_on       date,
    said_enc      bytea,                 -- what the visit says
    said_on       date not null,
    said_by       text not null,
    other_enc     bytea,                 -- what somebody else said meanwhile
    other_source  text not null,
    other_on      date not null,
    other_by      text not null,
    said_counts   boolean not null,      -- the register goes by the visit, until somebody decides
    raised_at     bigint not null,
    decided       text,                  -- said, other
    decided_by    text,
    decided_on    date,
    why_enc       bytea,
    primary key (county, id)
);
create index field_conflicts_open on field_conflicts (county, area, raised_at) where decided is null;
create index field_conflicts_household on field_conflicts (county, household_id);

-- What filling in forms costs: by form and month, never by person.
create table field_burden (
    county     text not null,
    form       text not null,
    month      text not null,            -- 2020-06
    visits     bigint not null,
    asked      bigint not null,
    prefilled  bigint not null,
    confirmed  bigint not null,
    typed      bigint not null,
    taps       bigint not null,
    primary key (county, form, month)
);
create table field_burden_fields (
    county     text not null,
    form       text not null,
    field      text not null,
    month      text not null,
    asked      bigint not null,
    changed    bigint not null,
    primary key (county, form, field, month)
);
