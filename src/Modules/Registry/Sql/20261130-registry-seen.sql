-- What a visit can see or hear where no department has told yet: the four indicators of water (FIELDS A21), what medical care and school cost,
-- months without work, aid for pupils. Amounts in yuan; distances in metres, there and back in minutes.
alter table households add column water_litres text;
alter table households add column water_short boolean;
alter table households add column water_piped boolean;
alter table households add column water_minutes bigint;
alter table households add column water_horizontal bigint;
alter table households add column water_vertical bigint;
alter table households add column water_days_short bigint;
alter table households add column water_seasonal boolean;
alter table households add column paid_year text;
alter table households add column paid_stay text;
alter table households add column paid_month text;
alter table households add column jobless_months bigint;
alter table households add column school_cost text;
alter table members add column school_aid boolean;
