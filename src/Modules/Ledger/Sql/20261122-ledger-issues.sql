create table issues (
    county             text not null,
    id                 uuid not null,
    code               text not null,
    area               text not null,
    household_id       uuid,
    source             text not null,
    source_id          uuid,
    subject            text not null,
    state              text not null,
    found_on           date not null,
    found_by           uuid not null,
    found_by_name      text not null,
    problem_enc        bytea not null,
    task_enc           bytea,
    unit               text,
    person             text,
    person_user        uuid,
    due_on             date,
    rectification_enc  bytea,
    submitted_by       uuid,
    submitted_on       date,
    effect_enc         bytea,
    examined_by        uuid,
    closed_by          uuid,
    closed_on          date,
    times_reopened     integer not null,
    stage_due_on       date,
    version            bigint not null,
    primary key (county, id)
);
create unique index issues_code on issues (county, code);
create index issues_household on issues (county, household_id, state);
create index issues_area on issues (county, area, state, stage_due_on);

create table issue_steps (
    county       text not null,
    id           uuid not null,
    issue_id     uuid not null,
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
    foreign key (county, issue_id) references issues (county, id)
);
create index issue_steps_issue on issue_steps (county, issue_id, recorded_at);
