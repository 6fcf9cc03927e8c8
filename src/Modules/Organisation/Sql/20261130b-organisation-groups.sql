-- Groups with their members, and leaders linked to areas. People who have no account stand by name, post and unit.
create table org_groups (
    county     text not null,
    id         uuid not null,
    area       text not null,
    kind       text not null,
    parent_id  uuid,
    name       text not null,
    unit       text,
    basis      text,
    from_on    date not null,
    to_on      date,
    set_by     text not null,
    version    bigint not null,
    primary key (county, id),
    foreign key (county, parent_id) references org_groups (county, id)
);
create index org_groups_area on org_groups (county, area, kind);

create table org_members (
    county    text not null,
    id        uuid not null,
    group_id  uuid not null,
    user_id   uuid,
    person    text not null,
    post      text not null,
    unit      text not null,
    role      text not null,
    from_on   date not null,
    to_on     date,
    set_by    text not null,
    version   bigint not null,
    primary key (county, id),
    foreign key (county, group_id) references org_groups (county, id)
);
create index org_members_group on org_members (county, group_id, from_on);
create index org_members_user on org_members (county, user_id) where to_on is null;

create table area_links (
    county   text not null,
    id       uuid not null,
    area     text not null,
    kind     text not null,
    user_id  uuid,
    person   text not null,
    post     text not null,
    unit     text not null,
    from_on  date not null,
    to_on    date,
    set_by   text not null,
    version  bigint not null,
    primary key (county, id)
);
create index area_links_area on area_links (county, area, kind);
