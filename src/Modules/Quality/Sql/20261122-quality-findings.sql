-- What the rules of data quality find. A finding that no longer holds is closed and kept; it may come back as a new row.
create table quality_findings (
    county          text not null,
    id              uuid not null,
    rule            text not null,       -- DQ-02
    severity        text not null,
    kind            text not null,       -- Household, Member or Record: what the subject is a code of
    subject         text not null,
    area            text not null,       -- the village; township or county where the village is not known
    household_id    uuid,
    message_enc     bytea not null,      -- JSON {zh, en}; may speak of illness
    first_on        date not null,
    last_on         date not null,       -- the last day on which a run found it
    state           text not null,       -- Open, Explained, Fixed
    closed_on       date,
    explanation_enc bytea,
    explained_by    text,
    explained_at    bigint,
    primary key (county, id)
);
create unique index quality_findings_one on quality_findings (county, rule, kind, subject) where closed_on is null;
create index quality_findings_area on quality_findings (county, area, rule, subject) where closed_on is null;
create index quality_findings_household on quality_findings (county, household_id) where closed_on is null;

create table quality_runs (
    county     text not null,
    id         uuid not null,
    as_of      date not null,
    at         bigint not null,
    actor      text not null,
    seq        bigint not null,          -- the county's last event that the run saw
    findings   integer not null,
    opened     integer not null,
    closed     integer not null,
    took_ms    bigint not null,
    primary key (county, id)
);
create index quality_runs_at on quality_runs (county, at);

-- One row a county: a run holds it, so that two runs take turns.
create table quality_turns (
    county  text not null,
    turn    bigint not null,
    primary key (county)
);
