-- Phones of the field app. One that was ended keeps its row, so that it can be told so when it comes back.
create table devices (
    county       text not null,
    id           uuid not null,          -- made on the phone
    user_id      uuid not null,
    token_hash   bytea not null,         -- SHA-256 of the token; the token itself is on the phone only
    name         text not null,
    app          text not null,
    address      text not null,
    enrolled_at  bigint not null,
    seen_at      bigint not null,
    ended_at     bigint,
    ended_by     text,
    primary key (county, id),
    foreign key (county, user_id) references users (county, id)
);
create unique index devices_token on devices (token_hash);
create index devices_user on devices (county, user_id);
