-- Codes and names are searched by prefix as ranges, which needs the order of bytes whatever the database's language.
alter table areas alter column code type text collate "C";
alter table households alter column code type text collate "C", alter column area type text collate "C",
    alter column status type text collate "C", alter column mon_cat type text collate "C";
alter table members alter column code type text collate "C", alter column area type text collate "C",
    alter column household_code type text collate "C", alter column name type text collate "C", alter column initials type text collate "C";
