-- The county's last event before a board was counted, so that it can be told whether anything has happened since.
alter table campaign_boards add column seq bigint not null default 0;

-- Groups of the county in a drive, with the townships and departments they cover; who belongs to them is kept by the county's groups.
create table campaign_groups (
    county       text not null,
    id           uuid not null,
    campaign_id  uuid not null,
    kind         text not null,
    group_id     uuid not null,
    name         text not null,
    areas        text not null,
    departments  text not null,
    taken_on     date not null,
    taken_by     text not null,
    ended_on     date,
    version      bigint not null,
    primary key (county, id),
    foreign key (county, campaign_id) references campaigns (county, id)
);
create index campaign_groups_campaign on campaign_groups (county, campaign_id);

-- Visits of groups to their townships: where, when, what was found. Problems stand in the ledger under the id of the visit.
create table campaign_supervision (
    county            text not null,
    id                uuid not null,
    campaign_id       uuid not null,
    group_id          uuid not null,
    area              text not null,
    visited_on        date not null,
    words_enc         bytea not null,
    issues            text not null,
    recorded_by       uuid not null,
    recorded_by_name  text not null,
    recorded_at       bigint not null,
    primary key (county, id),
    foreign key (county, campaign_id) references campaigns (county, id),
    foreign key (county, group_id) references campaign_groups (county, id)
);
create index campaign_supervision_campaign on campaign_supervision (county, campaign_id, area, visited_on);
create index campaign_supervision_group on campaign_supervision (county, group_id);

-- Values that were handed in by a phone name what was handed in.
alter table campaign_table_values add column submission_id uuid;
