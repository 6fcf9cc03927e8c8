-- The county's key: phones seal with its public half, wherever they are.
create table field_keys (
    county       text not null,
    id           text not null,
    public_raw   bytea not null,         -- uncompressed point, 65 bytes
    private_enc  bytea not null,
    made_at      bigint not null,
    primary key (county, id)
);

-- Everything phones handed in. A row is what a receipt promises; none is ever taken away.
create table field_submissions (
    county       text not null,
    id           uuid not null,          -- made on the phone
    hash         text not null,          -- SHA-256 of the plain content; another content under the same id is another row
    batch_id     uuid not null,          -- the write that brought it
    device_id    uuid not null,
    user_id      uuid not null,
    area         text not null,          -- of the household once it is known, before that of the sender's post
    kind         text not null,
    app          text not null,
    about_id     uuid,                   -- the household; for a signature the visit
    made_at      bigint,                 -- by the phone's clock
    received_at  bigint not null,
    state        text not null,          -- received, applied, held
    waits_for    text,                   -- what has to arrive before it can be applied
    notes        text not null,          -- JSON, in both languages; nothing personal
    content_enc  bytea,                  -- what was sealed; null where it could not be opened
    sealed       bytea,                  -- the envelope as it came, where it could not be opened
    tries        integer not null,
    not_before   bigint not null,
    changed_at   bigint not null,
    settled_by   text,                   -- who looked at a held one and set it aside
    settled_why  text,
    primary key (county, id, hash)
);
create index field_submissions_due on field_submissions (county, not_before, received_at) where state = 'received';
create index field_submissions_waiting on field_submissions (county, waits_for) where waits_for is not null;
create index field_submissions_user on field_submissions (county, user_id, changed_at);
create index field_submissions_held on field_submissions (county, area) where state = 'held' and settled_by is null;
create index field_submissions_about on field_submissions (county, about_id);

-- Checks of the tables a village hangs out or keeps.
create table field_selfchecks (
    county       text not null,
    id           uuid not null,
    village      text not null,
    table_code   text not null,
    on_day       date not null,
    rows_json    text not null,
    ok           integer not null,
    not_ok       integer not null,
    checked_by   text not null,
    primary key (county, id)
);
create index field_selfchecks_village on field_selfchecks (county, village, on_day);
