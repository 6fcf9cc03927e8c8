-- Weekly reports of townships about kinds of problems, with the problems as the township had them.
create table weekly_reports (
    county         text not null,
    id             uuid not null,
    area           text not null,
    kind           text not null,
    week_on        date not null,
    found_count    integer not null,
    ended_count    integer not null,
    open_count     integer not null,
    overdue_count  integer not null,
    filed_on       date not null,
    filed_by       uuid not null,
    filed_by_name  text not null,
    note_enc       bytea,
    primary key (county, id)
);
create unique index weekly_reports_week on weekly_reports (county, kind, week_on, area);

create table weekly_report_items (
    county     text not null,
    report_id  uuid not null,
    issue_id   uuid not null,
    code       text not null,
    state      text not null,
    unit       text,
    due_on     date,
    primary key (county, report_id, issue_id),
    foreign key (county, report_id) references weekly_reports (county, id)
);
create index issues_zero on issues (county, zero_by, subject);
