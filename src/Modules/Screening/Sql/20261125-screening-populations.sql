-- Counts the times at which what a county's population file was made from changed; a file of another count is not used.
create table population_versions (
    county   text not null primary key,
    version  bigint not null
);
