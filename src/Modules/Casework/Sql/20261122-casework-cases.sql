create table cases (
    county            text not null,
    id                uuid not null,
    code              text not null,
    household_id      uuid not null,
    area              text not null,
    lead_id           uuid,
    raised_on         date not null,
    opened_on         date not null,
    state             text not null,
    category          text,
    causes            text not null,
    green_channel     boolean not null,
    green_reason_enc  bytea,
    round_on          date not null,
    visit_id          uuid,
    verified_on       date,
    matched_on        date,
    reviewed_on       date,
    attended          integer,
    votes_for         integer,
    votes_against     integer,
    notice_id         uuid,
    notice_on         date,
    notice_closed_on  date,
    township_on       date,
    closed_on         date,
    stage_due_on      date,
    match_due_on      date,
    total_due_on      date not null,
    times_returned    integer not null,
    version           bigint not null,
    primary key (county, id)
);
create unique index cases_code on cases (county, code);

-- A household has one open case, whoever opens it.
create unique index cases_one_open on cases (county, household_id)
    where state not in ('Registered', 'Rejected', 'Withdrawn');
create index cases_household on cases (county, household_id, opened_on);
create index cases_area on cases (county, area, state, stage_due_on);
create index cases_due on cases (county, state, stage_due_on);
create index cases_notice on cases (county, notice_id);

create table case_steps (
    county        text not null,
    id            uuid not null,
    kind          text not null,
    subject_id    uuid not null,
    household_id  uuid not null,
    event         text not null,
    from_state    text not null,
    to_state      text not null,
    user_id       uuid not null,
    actor         text not null,
    happened_on   date not null,
    recorded_at   bigint not null,
    due_on        date,
    evidence      text not null,
    note_enc      bytea,
    primary key (county, id)
);
create index case_steps_subject on case_steps (county, subject_id, recorded_at);
create index case_steps_household on case_steps (county, household_id, recorded_at);

create table monitored_objects (
    county         text not null,
    id             uuid not null,
    household_id   uuid not null,
    area           text not null,
    case_id        uuid,
    category       text not null,
    causes         text not null,
    identified_on  date not null,
    day_known      boolean not null,
    state          text not null,
    stage_due_on   date,
    way            text,
    eliminated_on  date,
    visited_on     date,
    version        bigint not null,
    primary key (county, id)
);
create unique index monitored_objects_household on monitored_objects (county, household_id) where state <> 'Removed';
create index monitored_objects_area on monitored_objects (county, area, state, stage_due_on);
create index monitored_objects_due on monitored_objects (county, state, stage_due_on);

create table plans (
    county        text not null,
    id            uuid not null,
    household_id  uuid not null,
    area          text not null,
    revision      integer not null,
    state         text not null,
    goal_enc      bytea,
    able          bigint,
    content       text not null,
    made_by       uuid not null,
    made_by_name  text not null,
    made_on       date not null,
    approved_by   uuid,
    approved_on   date,
    version       bigint not null,
    primary key (county, id)
);
create unique index plans_revision on plans (county, household_id, revision);
create index plans_area on plans (county, area, state);

create table plan_causes (
    county    text not null,
    plan_id   uuid not null,
    position  integer not null,
    cause     text not null,
    disaster  text,
    remark    text,
    primary key (county, plan_id, position),
    foreign key (county, plan_id) references plans (county, id)
);

create table measures (
    county              text not null,
    id                  uuid not null,
    household_id        uuid not null,
    area                text not null,
    cause               text not null,
    type                text not null,
    family              text not null,
    developmental       boolean not null,
    unit                text not null,
    person              text not null,
    department          text,
    amount_fen          bigint,
    quantity            text,
    planned_on          date not null,
    planned_end_on      date not null,
    proposed_by         uuid not null,
    started_on          date,
    delivered_on        date,
    state               text not null,
    stage_due_on        date,
    income_gain_fen     bigint,
    household_confirms  boolean,
    version             bigint not null,
    primary key (county, id)
);
create index measures_household on measures (county, household_id, state);
create index measures_area on measures (county, area, state, stage_due_on);

create table eliminations (
    county            text not null,
    id                uuid not null,
    code              text not null,
    household_id      uuid not null,
    area              text not null,
    object_id         uuid not null,
    way               text not null,
    state             text not null,
    proposed_on       date not null,
    object_before     text not null,
    visit_id          uuid,
    attended          integer,
    votes_for         integer,
    votes_against     integer,
    notice_id         uuid,
    notice_on         date,
    net_per_head_fen  bigint,
    flagged_on        date,
    closed_on         date,
    stage_due_on      date,
    version           bigint not null,
    primary key (county, id),
    foreign key (county, object_id) references monitored_objects (county, id)
);
create unique index eliminations_code on eliminations (county, code);
create unique index eliminations_one_open on eliminations (county, object_id)
    where state not in ('Flagged', 'RolledBack', 'Rejected', 'Withdrawn');
create index eliminations_object on eliminations (county, object_id);
create index eliminations_household on eliminations (county, household_id);
create index eliminations_area on eliminations (county, area, state, stage_due_on);
create index eliminations_notice on eliminations (county, notice_id);

create table visits (
    county            text not null,
    id                uuid not null,
    household_id      uuid not null,
    area              text not null,
    visited_on        date not null,
    purpose           text not null,
    mode              text not null,
    visitors          text not null,
    visitor_count     integer not null,
    income_fen        bigint,
    findings          text not null,
    has_problem       boolean not null,
    card_on_wall      boolean not null,
    yard_clean        boolean not null,
    satisfied         boolean,
    signature         text,
    photos            text not null,
    notes_enc         bytea,
    recorded_by       uuid not null,
    recorded_by_name  text not null,
    recorded_at       bigint not null,
    primary key (county, id)
);
create index visits_household on visits (county, household_id, visited_on);
create index visits_area on visits (county, area, visited_on);

create table assignments (
    county        text not null,
    id            uuid not null,
    household_id  uuid not null,
    area          text not null,
    post          text not null,
    user_id       uuid,
    person        text not null,
    unit          text not null,
    phone_enc     bytea,
    from_on       date not null,
    to_on         date,
    handed_over   text,
    set_by        text not null,
    version       bigint not null,
    primary key (county, id)
);
create unique index assignments_now on assignments (county, household_id, post) where to_on is null;
create index assignments_household on assignments (county, household_id, from_on);
create index assignments_user on assignments (county, user_id) where to_on is null;
create index assignments_area on assignments (county, area, post) where to_on is null;
