-- Figures of every area of a county as of a day; the households behind a figure are worked out again when somebody opens it.
create table indicator_values (
    county       text not null,
    as_of        date not null,
    area         text not null,
    code         text not null,
    numerator    text not null,          -- exact decimal
    denominator  text not null,          -- zero for counts
    computed_at  bigint not null,
    seq          bigint not null,        -- the county's last event that the computation saw
    primary key (county, as_of, area, code)
);
