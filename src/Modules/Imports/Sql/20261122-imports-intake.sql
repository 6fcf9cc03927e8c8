-- Files on their way in. What a file said row by row is kept as the file itself, under the hash of its content;
-- here stand its state, what was found in it, and the rows that wait for a person or a decision.

create table imports (
    county          text not null,
    id              uuid not null,
    area            text not null,
    file_name       text not null,
    content_hash    text not null,
    bytes           bigint not null,
    kind            text,
    state           text not null,
    as_of_on        date not null,
    window_from_on  date,
    window_to_on    date,
    source          text,
    sender          text not null,
    signature       text,
    mapping         text,
    mapping_hash    text,
    proposals       text,
    row_count       integer not null,
    warned          integer not null,
    refused         integer not null,
    by_id           integer not null,
    by_household    integer not null,
    by_name         integer not null,
    doubtful        integer not null,
    unmatched       integer not null,
    problem         text,
    worker          text,
    uploaded_at     bigint not null,
    uploaded_by     text not null,
    applied_at      bigint,
    applied_by      text,
    undone_at       bigint,
    undone_by       text,
    primary key (county, id)
);
create index imports_content on imports (county, content_hash);
create index imports_applied on imports (county, applied_at);

-- Values are what cells held, so they may be numbers of people: encrypted.
create table import_findings (
    county      text not null,
    import_id   uuid not null,
    seq         integer not null,
    sheet       text not null,
    row_no      integer not null,
    col         integer,
    heading     text,
    field       text,
    value_enc   bytea,
    code        text not null,
    verdict     text not null,
    reason_zh   text not null,
    reason_en   text not null,
    remedy_zh   text not null,
    remedy_en   text not null,
    primary key (county, import_id, seq),
    foreign key (county, import_id) references imports (county, id)
);

-- Rows that found nobody, or more than one person. They are taken as soon as somebody decides, or the person is registered.
create table import_matches (
    county        text not null,
    id            uuid not null,
    import_id     uuid not null,
    area          text not null,
    sheet         text not null,
    row_no        integer not null,
    state         text not null,
    candidates    text not null,
    row_enc       bytea not null,
    member_id     uuid,
    household_id  uuid,
    decided_at    bigint,
    decided_by    text,
    primary key (county, id),
    foreign key (county, import_id) references imports (county, id)
);
create index import_matches_import on import_matches (county, import_id, row_no);
create index import_matches_state on import_matches (county, state, area);

-- What a sender's headings mean, as somebody confirmed it.
create table import_mappings (
    county       text not null,
    sender       text not null,
    signature    text not null,
    mapping      text not null,
    accepted_at  bigint not null,
    accepted_by  text not null,
    primary key (county, sender, signature)
);

-- One import of a county writes at a time; whoever holds this row is it.
create table import_turns (
    county  text not null primary key,
    turns   bigint not null
);
