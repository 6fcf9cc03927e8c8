-- Lists of other levels that were held against the ledger.
create table ledger_lists (
    county    text not null,
    id        uuid not null,
    area      text not null,
    name      text,
    hash      text not null,
    taken_on  date not null,
    taken_at  bigint not null,
    user_id   uuid not null,
    actor     text not null,
    primary key (county, id)
);
create index ledger_lists_area on ledger_lists (county, area, taken_at);
