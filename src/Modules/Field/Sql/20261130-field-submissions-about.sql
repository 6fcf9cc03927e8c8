-- Only signatures are looked for by what they are about. For visits the index was a page somewhere in it, twice a visit.
drop index field_submissions_about;
create index field_submissions_about on field_submissions (county, about_id) where kind = 'signature';
