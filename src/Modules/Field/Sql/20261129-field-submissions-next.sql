-- What is applied next is read in the order in which it came. An index that began with "not before" had all that waits sorted for every batch.
create index field_submissions_next on field_submissions (county, received_at, id) where state = 'received';
drop index field_submissions_due;
