-- Lines a county office entered: the source is never empty, and is shown wherever the line is used.
create table policy_lines (
    county          text not null,
    id              uuid not null,
    area            text not null,
    from_on         date not null,
    to_on           date,
    poverty_fen     bigint,
    monitoring_fen  bigint,
    source          text not null,
    entered_by      text not null,
    entered_at      bigint not null,
    primary key (county, id)
);

-- What a county changed about a rule of its packs: shadow or live, and its parameters.
create table rule_settings (
    county      text not null,
    rule_id     text not null,
    state       text,
    parameters  text not null,
    reason      text not null,
    set_by      text not null,
    set_at      bigint not null,
    primary key (county, rule_id)
);
