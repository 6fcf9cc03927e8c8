-- Duty rosters: what was planned for a township and week. Where people really were is kept nowhere; what was done stands with visits and meetings.
create table duty_rosters (
    county        text not null,
    id            uuid not null,
    area          text not null,
    week_on       date not null,
    made_by       text not null,
    made_on       date not null,
    confirmed_by  text,
    confirmed_on  date,
    version       bigint not null,
    primary key (county, id)
);
create unique index duty_rosters_week on duty_rosters (county, area, week_on);

create table duty_entries (
    county     text not null,
    roster_id  uuid not null,
    member_id  uuid not null,
    day_on     date not null,
    place      text not null,
    primary key (county, roster_id, member_id, day_on),
    foreign key (county, roster_id) references duty_rosters (county, id),
    foreign key (county, member_id) references org_members (county, id)
);

create table duty_exceptions (
    county     text not null,
    roster_id  uuid not null,
    day_on     date not null,
    rule       text not null,
    reason     text not null,
    set_by     text not null,
    primary key (county, roster_id, day_on, rule),
    foreign key (county, roster_id) references duty_rosters (county, id)
);
