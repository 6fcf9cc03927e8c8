-- The ledger of subsidised micro-loans; the latest ledger tells a contract's balance and arrears.
create table micro_loans (
    county        text not null,
    id            uuid not null,
    import_id     uuid not null,
    source_row    integer not null,
    as_of_on      date not null,
    in_force      boolean not null,
    household_id  uuid,
    member_id     uuid,
    village       text not null,
    contract_no   text not null,
    bank          text,
    amount_fen    bigint not null,
    rate          text,
    lent_on       date,
    due_on        date,
    extended_on   date,
    balance_fen   bigint not null,
    overdue_days  integer not null,
    purpose       text,
    borrower_age  integer,
    primary key (county, id)
);
create index micro_loans_contract_no on micro_loans (county, contract_no);
create index micro_loans_household on micro_loans (county, household_id);
create index micro_loans_import on micro_loans (county, import_id);
