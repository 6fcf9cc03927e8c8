-- Short numbers for people to say on the telephone: one series for each kind of thing and year.
create table number_series (
    county  text not null,
    series  text not null,
    last    bigint not null,
    primary key (county, series)
);
