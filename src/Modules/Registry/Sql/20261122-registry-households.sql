-- The area tree as this county knows it: from the policy's area table, or learnt from the files where that has none.
create table areas (
    county  text not null,
    code    text not null,
    name    text not null,
    level   integer not null,
    learnt  boolean not null,
    primary key (county, code)
);

-- What somebody said about one household or one member on one day. Only ever added to.
create table statements (
    county        text not null,
    subject_id    uuid not null,
    id            uuid not null,
    member        boolean not null,
    source        text not null,
    source_ref    text,
    observed_on   date not null,
    recorded_at   bigint not null,
    recorded_by   text not null,
    import_id     uuid,
    content_hash  bytea not null,
    values_enc    bytea not null,
    primary key (county, subject_id, id)
);
create index statements_import on statements (county, import_id);

-- Imports that were taken back: their statements stay, and no longer count.
create table withdrawn_imports (
    county        text not null,
    import_id     uuid not null,
    withdrawn_at  bigint not null,
    withdrawn_by  text not null,
    primary key (county, import_id)
);

-- Codes that no statement stands behind any more (or whose household is gone) keep their id, should they come back.
create table retired_codes (
    county          text not null,
    id              uuid not null,
    member          boolean not null,
    code            text not null,
    household_code  text,
    primary key (county, id)
);
create index retired_codes_code on retired_codes (county, code);
create index retired_codes_household on retired_codes (county, household_code);

-- The current values, chosen by the policy's source order. `source` and `observed_on` belong to the latest statement of the
-- leading source; `other_sources` (JSON, attribute to source and date) names the values that come from elsewhere.
create table households (
    county             text not null,
    id                 uuid not null,
    code               text not null,
    area               text not null,
    source             text not null,
    observed_on        date not null,
    other_sources      text,
    village_name       text,
    area_code          text,
    group_name         text,
    head_name          text,
    head_id_enc        bytea,
    head_id_hash       bytea,
    family_size        bigint,
    phone_enc          bytea,
    phone_hash         bytea,
    address            text,
    bank               text,
    account_enc        bytea,
    std                text,
    poverty_type       text,
    status             text,
    lifted_year        bigint,
    house_type         text,
    main_cause         text,
    other_causes       text,
    mon_cat            text not null,
    identified         text,
    risk1              text,
    risk2              text,
    risk3              text,
    risk4              text,
    risk5              text,
    disaster_sub       text,
    risk_remark        text,
    dev_state          text,
    elim_state         text,
    elim_on            date,
    contact            text,
    contact_phone_enc  bytea,
    helper             text,
    helper_phone_enc   bytea,
    unsafe             boolean,
    grade              text,
    water_solved       boolean,
    relocated          boolean,
    land               text,
    forest             text,
    filled_on          date,
    -- The import whose file held this number more than once.
    repeated_by        uuid,
    primary key (county, id)
);
create unique index households_code on households (county, code);
create index households_area on households (county, area, code);
create index households_status on households (county, status, area, code);
create index households_mon_cat on households (county, mon_cat, area, code) where mon_cat <> 'None';
create index households_phone on households (county, phone_hash) where phone_hash is not null;
create index households_head_id on households (county, head_id_hash) where head_id_hash is not null;

create table members (
    county          text not null,
    id              uuid not null,
    code            text not null,
    area            text not null,
    household_id    uuid not null,
    household_code  text not null,
    source          text not null,
    observed_on     date not null,
    other_sources   text,
    name            text,
    initials        text,
    gender          text,
    cert_type       text,
    cert_no_enc     bytea,
    id_hash         bytea,
    birth           text,
    birth_on        date,
    relation        text,
    ethnicity       text,
    political       text,
    phone_enc       bytea,
    phone_hash      bytea,
    education       text,
    student         text,
    drop_reason     text,
    health_enc      bytea,
    dis_cat_enc     bytea,
    dis_level_enc   bytea,
    labour          text,
    work_state      text,
    work_place      text,
    work_months     bigint,
    post_type       text,
    post_months     bigint,
    ins_res         boolean,
    ins_emp         boolean,
    ins_major       boolean,
    ins_supp        boolean,
    pen_res         boolean,
    pen_emp         boolean,
    dibao           boolean,
    tekun           boolean,
    relocated       boolean,
    soldier         boolean,
    mandarin        boolean,
    life            text not null,
    primary key (county, id)
);
create unique index members_code on members (county, code);
create index members_household on members (county, household_id);
create index members_name on members (county, name, code);
create index members_initials on members (county, initials, code);
create index members_area on members (county, area, code);
create index members_id on members (county, id_hash) where id_hash is not null;
create index members_phone on members (county, phone_hash) where phone_hash is not null;

-- What other sources say where they differ from the current value. Settled rows stay as history.
create table disagreements (
    county        text not null,
    id            uuid not null,
    household_id  uuid not null,
    member_id     uuid,
    attribute     text not null,
    source        text not null,
    observed_on   date not null,
    value_enc     bytea not null,
    since_at      bigint not null,
    settled_at    bigint,
    primary key (county, id)
);
create index disagreements_household on disagreements (county, household_id);
create index disagreements_member on disagreements (county, member_id);

-- Who came, left, came back or moved, after the day on which the household was first listed. A member who leaves keeps the number.
create table membership_changes (
    county             text not null,
    id                 uuid not null,
    member_id          uuid not null,
    kind               text not null,
    household_id       uuid not null,
    from_household_id  uuid,
    from_state         text,
    to_state           text,
    observed_on        date not null,
    recorded_at        bigint not null,
    recorded_by        text not null,
    import_id          uuid,
    primary key (county, id)
);
create index membership_changes_household on membership_changes (county, household_id);
create index membership_changes_from on membership_changes (county, from_household_id);
create index membership_changes_member on membership_changes (county, member_id);
create index membership_changes_import on membership_changes (county, import_id);

-- Income accounts over twelve months. The latest sheet of a period counts; an earlier one that it replaced stays.
create table income_sheets (
    county                  text not null,
    id                      uuid not null,
    household_id            uuid not null,
    from_on                 date not null,
    to_on                   date not null,
    kind                    text not null,
    source                  text not null,
    observed_on             date not null,
    recorded_at             bigint not null,
    recorded_by             text not null,
    import_id               uuid,
    content_hash            bytea not null,
    -- Items by their code, in fen; totals as the sheet states them, in yuan.
    items                   text not null,
    stated                  text not null,
    wage_fen                bigint not null,
    business_fen            bigint not null,
    property_fen            bigint not null,
    transfer_fen            bigint not null,
    cost_fen                bigint not null,
    claim_fen               bigint not null,
    self_paid_fen           bigint not null,
    previous_net_per_head   text,
    primary key (county, id)
);
create index income_sheets_household on income_sheets (county, household_id, to_on);
create index income_sheets_import on income_sheets (county, import_id);
