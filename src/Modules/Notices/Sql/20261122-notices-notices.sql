create table notices (
    county             text not null,
    id                 uuid not null,
    code               text not null,
    area               text not null,
    kind               text not null,
    title              text not null,
    body               text not null,
    place              text not null,
    contact            text not null,
    lines              text not null,
    from_on            date not null,
    earliest_end_on    date not null,
    closed_on          date,
    photos             text not null,
    published_by       uuid not null,
    published_by_name  text not null,
    version            bigint not null,
    primary key (county, id)
);
create unique index notices_code on notices (county, code);
create index notices_area on notices (county, area, from_on);

create table objections (
    county        text not null,
    id            uuid not null,
    receipt       text not null,
    notice_id     uuid not null,
    subject_id    uuid not null,
    household_id  uuid not null,
    area          text not null,
    received_at   bigint not null,
    received_on   date not null,
    due_on        date not null,
    words_enc     bytea not null,
    state         text not null,
    finding_enc   bytea,
    handled_by    text,
    handled_on    date,
    version       bigint not null,
    primary key (county, id),
    foreign key (county, notice_id) references notices (county, id)
);
create unique index objections_receipt on objections (county, receipt);
create index objections_notice on objections (county, notice_id, subject_id);
create index objections_open on objections (county, area, due_on) where state = 'Open';
