-- Rules that hold for a household now, live and shadow apart. A row ends when its rule no longer holds.
create table rule_hits (
    county           text not null,
    household_id     uuid not null,
    rule_id          text not null,
    area             text not null,
    state            text not null,      -- Live or Shadow, as when it was last looked at
    level            text not null,
    category         text,
    first_on         date not null,
    last_on          date not null,
    lead_id          uuid,               -- the lead it opened or joined; null for shadow
    explanation_enc  bytea not null,
    primary key (county, household_id, rule_id)
);
create index rule_hits_rule on rule_hits (county, rule_id, area);
create index rule_hits_lead on rule_hits (county, lead_id);

-- Why a lead was opened: what a rule or a person said, kept for good.
create table lead_reasons (
    county           text not null,
    id               uuid not null,
    lead_id          uuid not null,
    rule_id          text,               -- null when a person reported
    source           text not null,      -- C-SRC
    subject          text,
    level            text not null,
    on_day           date not null,
    explanation_enc  bytea,              -- of a rule
    words_enc        bytea,              -- of a person
    reported_by      text,
    primary key (county, id)
);
create index lead_reasons_lead on lead_reasons (county, lead_id);

create table screening_runs (
    county      text not null,
    id          uuid not null,
    as_of       date not null,
    at          bigint not null,
    actor       text not null,
    households  integer not null,
    opened      integer not null,
    joined      integer not null,
    took_ms     bigint not null,
    counts      text not null,           -- JSON: per rule hits, unknown, missing features
    primary key (county, id)
);
create index screening_runs_at on screening_runs (county, at);
