-- Meetings with their minutes; each decision is a task in the ledger.
create table meetings (
    county            text not null,
    id                uuid not null,
    code              text not null,
    area              text not null,
    kind              text not null,
    group_id          uuid,
    title             text not null,
    held_on           date not null,
    state             text not null,
    chair             text not null,
    place             text,
    agenda            text,
    units             text not null,
    attended          integer,
    households        integer,
    field_day_reason  text,
    minutes_enc       bytea,
    points_enc        bytea,
    prepared_enc      bytea,
    called_by         text not null,
    recorded_by       uuid,
    recorded_by_name  text,
    recorded_at       bigint,
    signed_by         text,
    signed_on         date,
    cancelled_why     text,
    version           bigint not null,
    primary key (county, id),
    foreign key (county, group_id) references org_groups (county, id)
);
create unique index meetings_code on meetings (county, code);
create index meetings_area on meetings (county, area, held_on);
create index meetings_kind on meetings (county, kind, held_on);

create table meeting_decisions (
    county        text not null,
    id            uuid not null,
    meeting_id    uuid not null,
    number        integer not null,
    household_id  uuid,
    issue_id      uuid not null,
    text_enc      bytea not null,
    unit          text not null,
    person        text not null,
    due_on        date not null,
    primary key (county, id),
    foreign key (county, meeting_id) references meetings (county, id)
);
create unique index meeting_decisions_number on meeting_decisions (county, meeting_id, number);
create index meeting_decisions_issue on meeting_decisions (county, issue_id);
