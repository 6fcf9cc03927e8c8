-- Asked only for what an import brought; what visits say need not be in it.
drop index statements_import;
create index statements_import on statements (county, import_id) where import_id is not null;
