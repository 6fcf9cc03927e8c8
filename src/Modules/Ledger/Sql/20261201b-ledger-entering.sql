-- Problems that rules of the policy enter, with the findings and leads they stand for; problems that are sent up above the county.
alter table issues add column rule text;
alter table issues add column check_code text;
alter table issues add column sent_up_on date;
alter table issues add column sent_up_as text;
alter table issues add column answer_enc bytea;
alter table issues add column answered_on date;
alter table issues add column answered_as text;
create index issues_rule on issues (county, rule, area);
create index issues_sent_up on issues (county, state, sent_up_on);

create table issue_subjects (
    county        text not null,
    issue_id      uuid not null,
    subject_id    uuid not null,
    rule          text not null,
    code          text,
    household_id  uuid,
    since         date not null,
    entered_on    date not null,
    gone_on       date,
    primary key (county, issue_id, subject_id),
    foreign key (county, issue_id) references issues (county, id)
);
-- A finding or lead stands in one problem of a rule at a time.
create unique index issue_subjects_standing on issue_subjects (county, rule, subject_id) where gone_on is null;
