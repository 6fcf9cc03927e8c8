-- Areas and codes are searched by range and listed in the order of their bytes.
alter table quality_findings alter column area type text collate "C";
alter table quality_findings alter column subject type text collate "C";
alter table quality_findings alter column rule type text collate "C";
