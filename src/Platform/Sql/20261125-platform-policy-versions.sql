-- What a county changes about its rules from a day on: a rehearsal that was published. Lines of it stand in policy_lines.
create table policy_versions (
    county        text not null,
    id            uuid not null,
    from_on       date not null,
    content       text not null,      -- JSON: settings of rules, and rules of the county's own
    source        text not null,
    made_by       text not null,
    published_by  text not null,
    published_at  bigint not null,
    primary key (county, id)
);
-- The day a setting was changed on the installation's calendar, to order it among versions.
alter table rule_settings add column set_on date;
create index policy_versions_from on policy_versions (county, from_on);
