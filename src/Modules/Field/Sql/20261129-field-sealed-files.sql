-- Files that came sealed: under which name they came, and under which they are stored.
create table field_sealed_files (
    county       text not null,
    sealed_hash  text not null,          -- SHA-256 of the sealed bytes, the name of the upload
    file_hash    text,                   -- SHA-256 of the content; null where it could not be opened and is stored as it came
    size         bigint not null,        -- of the sealed bytes
    received_at  bigint not null,
    primary key (county, sealed_hash)
);
