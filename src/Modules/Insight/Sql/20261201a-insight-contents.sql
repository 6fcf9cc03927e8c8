-- The households behind the figures of a published day and of the last day of a month: what is written about a month in the
-- next one can still be opened and worked out again. One row for the places, with an empty code, and one for what they add to
-- each code, so that a figure opens without the others being read. Of sets published before, contents_enc of the set holds all.
create table indicator_contents (
    county       text not null,
    as_of        date not null,
    code         text not null,
    section_enc  bytea not null,
    digest       text not null,
    primary key (county, as_of, code)
);
