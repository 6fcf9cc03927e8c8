-- Which version of its definition a figure was worked out by.
alter table indicator_values add column version integer not null default 1;

-- The course of a figure over the days.
create index indicator_values_course on indicator_values (county, area, code, as_of);

-- Figures that people reported, or put in place of computed ones, with the reason. Only ever added to; the last one counts.
create table indicator_entries (
    county       text not null,
    id           uuid not null,
    as_of        date not null,
    area         text not null,
    code         text not null,
    adjusts      boolean not null,
    numerator    text not null,          -- exact decimal
    denominator  text,                   -- null for counts, and where the base was not given
    reason       text not null,
    user_id      uuid not null,
    entered_by   text not null,
    entered_at   bigint not null,
    primary key (county, id)
);
create index indicator_entries_area on indicator_entries (county, area, as_of);

-- Published figures of a county as of a day, with the households behind each, so that they can be worked out again and opened later.
create table indicator_sets (
    county        text not null,
    as_of         date not null,
    published_at  bigint not null,
    published_by  text not null,
    checks        text not null,
    contents_enc  bytea not null,
    digest        text not null,
    primary key (county, as_of)
);
