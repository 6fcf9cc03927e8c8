-- The households behind the figures of the last day of a month, kept without being published: what is written about a month
-- in the next one can still be opened and worked out again.
create table indicator_contents (
    county        text not null,
    as_of         date not null,
    contents_enc  bytea not null,
    digest        text not null,
    primary key (county, as_of)
);
