-- Public employees and people who work elsewhere visit kin and neighbours at home.
create table hometown_visits (
    county            text not null,
    id                uuid not null,
    area              text not null,
    visited_on        date not null,
    visitor           text not null,
    unit              text not null,
    visitors          integer not null,
    households        integer not null,
    people            integer not null,
    suggestions       integer not null,
    disputes          integer not null,
    jobs              integer not null,
    solved            integer not null,
    funds_fen         bigint not null,
    note_enc          bytea,
    recorded_by       uuid not null,
    recorded_by_name  text not null,
    recorded_on       date not null,
    primary key (county, id)
);
create index hometown_visits_area on hometown_visits (county, area, visited_on);
