-- Where a house stands, in degrees (WGS 84), as the office's file or a visit says.
alter table households add column lat text;
alter table households add column lng text;
