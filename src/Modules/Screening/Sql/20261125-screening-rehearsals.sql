-- Rehearsals that somebody kept: what was asked, and the figures as they were then.
create table rehearsals (
    county        text not null,
    id            uuid not null,
    area          text not null,      -- of whoever made it: the figures are of this area
    title         text not null,
    asked         text not null,      -- names and texts, as in an address
    as_of         date not null,
    figures       text not null,      -- JSON, as when it was kept
    made_by       uuid not null,
    maker         text not null,
    made_at       bigint not null,
    from_on       date,               -- published: the first day it holds
    version_id    uuid,               -- published: the policy version
    published_by  text,
    published_on  date,
    version       bigint not null,
    primary key (county, id)
);
create index rehearsals_made on rehearsals (county, made_at);
