-- The county leads every primary key. On Citus it is the distribution column, so that a household and everything about it
-- lie on one node and join there; on SQLite and PostgreSQL it costs a few bytes and changes nothing.

create table event_heads (
    county  text not null primary key,
    seq     bigint not null,
    hash    text not null
);

create table events (
    county   text not null,
    seq      bigint not null,
    id       uuid not null,
    at       bigint not null,
    actor    text not null,
    name     text not null,
    subject  text not null,
    area     text not null,
    details  text not null,
    hash     text not null,
    primary key (county, seq)
);
create index events_subject on events (county, subject);
create index events_name on events (county, name, seq);

create table event_work (
    county      text not null,
    seq         bigint not null,
    follow_up   text not null,
    tries       integer not null,
    not_before  bigint not null,
    error       text,
    primary key (county, seq, follow_up)
);

-- Households whose facts changed and whose rules have to be looked at again.
create table dirty_households (
    county        text not null,
    household_id  uuid not null,
    since_at      bigint not null,
    primary key (county, household_id)
);

-- Settings of a county that no module owns, such as the language of its print-outs.
create table settings (
    county  text not null,
    name    text not null,
    value   text not null,
    primary key (county, name)
);
