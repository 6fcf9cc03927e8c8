create table users (
    county           text not null,
    id               uuid not null,
    name             text not null,      -- sign-in name, unique in the whole installation
    display_name     text not null,
    role             text not null,
    area             text not null,      -- county, township or village of the post
    department       text,
    password_hash    text not null,
    must_change      boolean not null,   -- the password was set by somebody else
    totp_enc         bytea,              -- the secret of the second step, once it was confirmed
    totp_step        bigint not null,    -- the last time step used; no code works twice
    failures         integer not null,
    locked_until_at  bigint,
    disabled         boolean not null,
    created_at       bigint not null,
    primary key (county, id)
);
-- Signing in knows a name and no county yet.
create unique index users_name on users (name);
create index users_area on users (county, area);

create table sessions (
    county      text not null,
    id          uuid not null,
    user_id     uuid not null,
    token_hash  bytea not null,          -- SHA-256 of the cookie; the cookie itself is nowhere stored
    stage       text not null,           -- Open, or AwaitingCode between password and second step
    opened_at   bigint not null,
    seen_at     bigint not null,
    expires_at  bigint not null,
    address     text not null,
    device      text not null,
    primary key (county, id),
    foreign key (county, user_id) references users (county, id)
);
create unique index sessions_token on sessions (token_hash);
create index sessions_user on sessions (county, user_id);

-- Every attempt, also for names that do not exist; those stand under county 000000.
create table sign_ins (
    county   text not null,
    id       uuid not null,
    name     text not null,
    address  text not null,
    result   text not null,
    at       bigint not null,
    primary key (county, id)
);
create index sign_ins_at on sign_ins (county, at);
