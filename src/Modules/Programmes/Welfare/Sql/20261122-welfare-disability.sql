-- Number, category and level are health data: encrypted. The key is a keyed hash of the number's first 18 characters, which
-- stay the same when the level changes.
create table disability_certificates (
    county           text not null,
    id               uuid not null,
    import_id        uuid not null,
    source_row       integer not null,
    as_of_on         date not null,
    in_force         boolean not null,
    household_id     uuid,
    member_id        uuid,
    village          text not null,
    certificate_key  text not null,
    certificate_enc  bytea,
    category_enc     bytea,
    level_enc        bytea,
    issued_on        date,
    changed_on       date,
    worsened         boolean not null,
    valid            boolean not null,
    primary key (county, id)
);
create index disability_certificates_certificate_key on disability_certificates (county, certificate_key);
create index disability_certificates_household on disability_certificates (county, household_id);
create index disability_certificates_import on disability_certificates (county, import_id);
