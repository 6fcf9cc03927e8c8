-- What a phone holds, so that it is sent what differs and no more. The last three of each phone are kept.
create table field_cursors (
    county       text not null,
    device_id    uuid not null,
    id           uuid not null,
    issued_at    bigint not null,
    policy_hash  text not null,
    cards        bytea not null,         -- for each card its id (16 bytes) and the beginning of its hash (8 bytes)
    primary key (county, device_id, id)
);
