-- Open leads in the order of their deadlines: the list of leads.
create index leads_open_due on leads (county, due_on, code) where closed_on is null;
