-- Drives 战役: the plan as it was on the day it was started, its stages, and where it stands.
create table campaigns (
    county           text not null,
    id               uuid not null,
    code             text not null,
    name             text not null,
    template         text not null,
    plan             text not null,
    areas            text not null,
    scope            text,
    stages           text not null,
    state            text not null,
    started_on       date not null,
    started_by       uuid not null,
    started_by_name  text not null,
    closed_on        date,
    version          bigint not null,
    primary key (county, id)
);
create unique index campaigns_code on campaigns (county, code);
create index campaigns_state on campaigns (county, state);

create table campaign_steps (
    county       text not null,
    id           uuid not null,
    campaign_id  uuid not null,
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
    foreign key (county, campaign_id) references campaigns (county, id)
);
create index campaign_steps_campaign on campaign_steps (county, campaign_id, recorded_at);

-- The figures of a drive as they were counted last; of a closed one as they were at its end.
create table campaign_boards (
    county       text not null,
    campaign_id  uuid not null,
    as_of        date not null,
    counted_at   bigint not null,
    board        text not null,
    primary key (county, campaign_id),
    foreign key (county, campaign_id) references campaigns (county, id)
);

-- Teams with the areas they go through and their members. Nobody is scored.
create table campaign_teams (
    county       text not null,
    id           uuid not null,
    campaign_id  uuid not null,
    kind         text not null,
    area         text not null,
    name         text not null,
    formed_on    date not null,
    formed_by    text not null,
    ended_on     date,
    primary key (county, id),
    foreign key (county, campaign_id) references campaigns (county, id)
);
create index campaign_teams_campaign on campaign_teams (county, campaign_id, area);

create table campaign_team_members (
    county     text not null,
    id         uuid not null,
    team_id    uuid not null,
    user_id    uuid,
    name       text not null,
    post       text not null,
    is_leader  boolean not null,
    primary key (county, id),
    foreign key (county, team_id) references campaign_teams (county, id)
);
create index campaign_team_members_team on campaign_team_members (county, team_id);

-- Evening reviews and examinations of villages: the day's figures as they were, and what was concluded.
create table campaign_reviews (
    county            text not null,
    id                uuid not null,
    campaign_id       uuid not null,
    duty              text not null,
    area              text not null,
    held_on           date not null,
    figures           text not null,
    passed            boolean not null,
    present           text not null,
    conclusion_enc    bytea not null,
    recorded_by       uuid not null,
    recorded_by_name  text not null,
    recorded_at       bigint not null,
    primary key (county, id),
    foreign key (county, campaign_id) references campaigns (county, id)
);
create index campaign_reviews_campaign on campaign_reviews (county, campaign_id, area, held_on);

-- What is entered into village and county tables. Only ever added; it belongs to the county and not to one drive, so that the next one finds it.
create table campaign_table_values (
    county           text not null,
    id               uuid not null,
    area             text not null,
    code             text not null,
    value            text not null,
    observed_on      date not null,
    entered_by       uuid not null,
    entered_by_name  text not null,
    entered_at       bigint not null,
    primary key (county, id)
);
create index campaign_table_values_area on campaign_table_values (county, area, code, observed_on);

-- Somebody looked at the tables of a village, or of a department, and found them right.
create table campaign_table_checks (
    county           text not null,
    id               uuid not null,
    campaign_id      uuid not null,
    area             text not null,
    department       text not null,
    checked_on       date not null,
    checked_by       uuid not null,
    checked_by_name  text not null,
    primary key (county, id),
    foreign key (county, campaign_id) references campaigns (county, id)
);
create unique index campaign_table_checks_once on campaign_table_checks (county, campaign_id, area, department);

-- Spot checks: how was drawn, from what, and what was found.
create table campaign_samples (
    county         text not null,
    id             uuid not null,
    campaign_id    uuid not null,
    number         integer not null,
    seed           text not null,
    percent        text not null,
    least          integer not null,
    apart          text,
    area           text not null,
    frame_count    integer not null,
    frame_hash     text not null,
    strata         text not null,
    drawn_on       date not null,
    drawn_by       uuid not null,
    drawn_by_name  text not null,
    primary key (county, id),
    foreign key (county, campaign_id) references campaigns (county, id)
);
create unique index campaign_samples_number on campaign_samples (county, campaign_id, number);

create table campaign_sample_households (
    county           text not null,
    sample_id        uuid not null,
    household_id     uuid not null,
    code             text not null,
    area             text not null,
    stratum          text not null,
    position         integer not null,
    team_id          uuid,
    result           text not null,
    words_enc        bytea,
    issue_id         uuid,
    checked_on       date,
    checked_by       uuid,
    checked_by_name  text,
    version          bigint not null,
    primary key (county, sample_id, household_id),
    foreign key (county, sample_id) references campaign_samples (county, id)
);
create index campaign_sample_households_area on campaign_sample_households (county, area, result);

-- Sign-off sheets 签字背书责任清单 with their contents as they were prepared, and who signed which contents.
create table campaign_sheets (
    county            text not null,
    id                uuid not null,
    campaign_id       uuid not null,
    term              text not null,
    area              text not null,
    department        text,
    revision          integer not null,
    contents          text not null,
    hash              text not null,
    prepared_on       date not null,
    prepared_by       uuid not null,
    prepared_by_name  text not null,
    primary key (county, id),
    foreign key (county, campaign_id) references campaigns (county, id)
);
create index campaign_sheets_campaign on campaign_sheets (county, campaign_id, term, area);

create table campaign_signatures (
    county     text not null,
    id         uuid not null,
    sheet_id   uuid not null,
    place      integer not null,
    role       text not null,
    user_id    uuid not null,
    name       text not null,
    hash       text not null,
    signed_on  date not null,
    signed_at  bigint not null,
    primary key (county, id),
    foreign key (county, sheet_id) references campaign_sheets (county, id)
);
create unique index campaign_signatures_place on campaign_signatures (county, sheet_id, place);
create unique index campaign_signatures_user on campaign_signatures (county, sheet_id, user_id);

-- Self-assessment reports of departments. Only ever added; the latest counts.
create table campaign_reports (
    county         text not null,
    id             uuid not null,
    campaign_id    uuid not null,
    department     text not null,
    text_enc       bytea not null,
    figures        text not null,
    hash           text not null,
    filed_on       date not null,
    filed_by       uuid not null,
    filed_by_name  text not null,
    filed_at       bigint not null,
    primary key (county, id),
    foreign key (county, campaign_id) references campaigns (county, id)
);
create index campaign_reports_campaign on campaign_reports (county, campaign_id, department);

-- Proof packs: everything about a drive as it stood, with the hash of its contents and of the file.
create table campaign_packs (
    county         text not null,
    id             uuid not null,
    campaign_id    uuid not null,
    number         integer not null,
    contents       text not null,
    hash           text not null,
    pdf            text,
    made_on        date not null,
    made_by        uuid not null,
    made_by_name   text not null,
    made_at        bigint not null,
    primary key (county, id),
    foreign key (county, campaign_id) references campaigns (county, id)
);
create unique index campaign_packs_number on campaign_packs (county, campaign_id, number);
