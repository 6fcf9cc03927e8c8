-- Villages, sites and households under listed supervision, and the log of what was done there.
create table listings (
    county         text not null,
    id             uuid not null,
    code           text not null,
    area           text not null,
    kind           text not null,
    household_id   uuid,
    name           text,
    leader         text not null,
    target_enc     bytea not null,
    target_on      date not null,
    basis          text not null,
    funds_fen      bigint not null,
    spent_fen      bigint not null,
    state          text not null,
    listed_on      date not null,
    removed_on     date,
    proposed_by    uuid,
    stage_due_on   date,
    supervised_on  date,
    version        bigint not null,
    primary key (county, id)
);
create unique index listings_code on listings (county, code);
create index listings_area on listings (county, area, state);

create table listing_steps (
    county       text not null,
    id           uuid not null,
    listing_id   uuid not null,
    event        text not null,
    from_state   text not null,
    to_state     text not null,
    user_id      uuid not null,
    actor        text not null,
    happened_on  date not null,
    recorded_at  bigint not null,
    spent_fen    bigint,
    evidence     text not null,
    note_enc     bytea,
    primary key (county, id),
    foreign key (county, listing_id) references listings (county, id)
);
create index listing_steps_listing on listing_steps (county, listing_id, recorded_at);
