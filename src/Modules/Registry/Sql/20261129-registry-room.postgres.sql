-- A visit or a month's file writes the rows of people anew without moving anything an index holds. With a little room on its page such a row
-- stays there and no index is touched; a full page would make it eight entries in as many indexes. Pages written from now on keep room.
alter table households set (fillfactor = 85);
alter table members set (fillfactor = 85);
