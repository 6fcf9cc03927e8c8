-- Bulletins of a month, rankings of a quarter, appraisal cards of a year: written from figures, edited, signed, published with a digest.
create table bulletins (
    county           text not null,
    id               uuid not null,
    code             text not null,
    area             text not null,          -- the county; of a card the unit's area, so that the unit sees it
    kind             text not null,
    template         text not null,          -- of a bulletin its template, else the set of indicators
    unit             text not null,          -- of a card the area or the department; else empty
    period_from      date not null,
    period_to        date not null,
    as_of            date not null,
    state            text not null,
    content          text not null,          -- JSON, both languages; nobody's name is in it
    written_by       uuid not null,
    written_by_name  text not null,
    written_on       date not null,
    submitted_on     date,
    signed_by        uuid,
    signed_by_name   text,
    signed_on        date,
    published_on     date,
    digest           text,                   -- SHA-256 of what was signed
    replaces_id      uuid,
    version          bigint not null,
    primary key (county, id)
);
create unique index bulletins_code on bulletins (county, code);
create index bulletins_period on bulletins (county, kind, period_from);

create table bulletin_steps (
    county       text not null,
    id           uuid not null,
    bulletin_id  uuid not null,
    event        text not null,
    from_state   text not null,
    to_state     text not null,
    user_id      uuid not null,
    actor        text not null,
    happened_on  date not null,
    recorded_at  bigint not null,
    evidence     text not null,
    note_enc     bytea,
    primary key (county, id),
    foreign key (county, bulletin_id) references bulletins (county, id)
);
create index bulletin_steps_bulletin on bulletin_steps (county, bulletin_id, recorded_at);

-- When the figures of a day were last worked out, and what they had seen then: also where nothing had changed, of which there is no event.
create table indicator_runs (
    county       text not null,
    as_of        date not null,
    computed_at  bigint not null,
    seq          bigint not null,        -- the county's last event before
    primary key (county, as_of)
);
insert into indicator_runs (county, as_of, computed_at, seq)
    select county, as_of, max(computed_at), max(seq) from indicator_values group by county, as_of;
