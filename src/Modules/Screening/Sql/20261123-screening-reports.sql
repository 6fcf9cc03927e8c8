-- What households report about themselves: by the public page, the hot line or a file. Names, phones and words are encrypted.
create table public_reports (
    county        text not null,
    id            uuid not null,
    receipt_hash  bytea,              -- of the code the household follows its case with; null for files
    area          text not null,      -- village, or the county where none was given
    household_id  uuid,
    matched_by    text not null,
    name_enc      bytea,
    phone_enc     bytea,
    phone_hash    bytea,
    subject       text not null,
    words_enc     bytea not null,
    channel       text not null,
    received_on   date not null,
    received_at   bigint not null,
    lead_id       uuid,
    repeat_of     uuid,
    import_id     uuid,
    row_number    integer,
    primary key (county, id)
);
create index public_reports_receipt on public_reports (county, receipt_hash);
create index public_reports_household on public_reports (county, household_id);
create index public_reports_area on public_reports (county, area, received_on);
create index public_reports_import on public_reports (county, import_id);
