create table leads (
    county         text not null,
    id             uuid not null,
    code           text not null,
    household_id   uuid not null,
    area           text not null,
    state          text not null,
    level          text not null,
    source         text not null,
    rules          text not null,
    raised_on      date not null,
    received_at    bigint not null,
    due_on         date not null,
    stage_due_on   date,
    dispatched_on  date,
    verify_due_on  date,
    assigned_to    text,
    assigned_user  uuid,
    category       text,
    result         text,
    result_enc     bytea,
    visit_id       uuid,
    case_id        uuid,
    closed_on      date,
    version        bigint not null,
    primary key (county, id)
);
create unique index leads_code on leads (county, code);

-- One household, one open lead, one clock, whatever two signals do at once.
create unique index leads_one_open on leads (county, household_id)
    where state in ('New', 'Dispatched', 'Verifying', 'DismissalProposed');
create index leads_household on leads (county, household_id, raised_on);
create index leads_area on leads (county, area, state, stage_due_on);
create index leads_due on leads (county, state, stage_due_on);

create table lead_steps (
    county       text not null,
    id           uuid not null,
    lead_id      uuid not null,
    event        text not null,
    from_state   text not null,
    to_state     text not null,
    user_id      uuid not null,
    actor        text not null,
    happened_on  date not null,
    recorded_at  bigint not null,
    due_on       date,
    evidence     text not null,
    note_enc     bytea,
    primary key (county, id),
    foreign key (county, lead_id) references leads (county, id)
);
create index lead_steps_lead on lead_steps (county, lead_id, recorded_at);
