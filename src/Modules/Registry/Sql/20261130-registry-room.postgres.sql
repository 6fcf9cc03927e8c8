-- A visit writes every member of a household in one transaction, and a household's members lie together: the room has to hold all of them at once.
-- What is stored already moves to pages with room as it is written, or all at once by "vacuum full members".
alter table members set (fillfactor = 70);
