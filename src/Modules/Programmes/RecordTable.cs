using System.Data.Common;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes;

/// <summary>A table that a department's files fill, and which of its rows are in force.</summary>
/// <param name="Name">The table.</param>
/// <param name="Key">
/// The column that tells what a row is about: a settlement, a contract, a house. Of several rows with one key, the one of the
/// latest as-of day is in force; of several files of that day, the last imported.
/// </param>
/// <param name="FullList">
/// True for files that are the full list of a state (who is at school, who has work) in a township, kept in <c>list_area</c>.
/// There, rows of an earlier as-of day are out of force altogether, so that who is left out of the new list is off it.
/// </param>
/// <param name="Columns">The table's own columns, without the key and those of every record.</param>
internal sealed record RecordTable(string Name, string Key, bool FullList, params (string Name, ColumnType Type)[] Columns)
{
    private const int TownshipDigits = 9;

    private static readonly (string, ColumnType)[] OfEveryRecord =
    [
        ("county", ColumnType.Text), ("id", ColumnType.Uuid), ("import_id", ColumnType.Uuid), ("source_row", ColumnType.Integer),
        ("as_of_on", ColumnType.Date), ("in_force", ColumnType.Boolean), ("household_id", ColumnType.Uuid),
        ("member_id", ColumnType.Uuid), ("village", ColumnType.Text),
    ];

    /// <summary>Adds rows inside the open transaction; <see cref="Settle(ShouwangDb, string, Guid, CancellationToken)"/> then says which are in force.</summary>
    /// <param name="rows">Each with the values of <see cref="Columns"/>, in their order.</param>
    /// <remarks>A row that the import wrote before, when nobody knew whom it was about, is written anew.</remarks>
    public async Task Write(
        ShouwangDb db, FeedIntake intake, IEnumerable<(FeedRow Row, string Village, string Key, object?[] Values)> rows, CancellationToken cancel)
    {
        (string, ColumnType)[] keys = FullList ? [(Key, ColumnType.Text), ("list_area", ColumnType.Text)] : [(Key, ColumnType.Text)];
        var written = rows.ToList();
        await db.Execute($"""
            delete from {Name} where county = @county and import_id = @import and household_id is null and {db.Among(Key, "@keys")}
            """, cancel, ("@county", intake.County), ("@import", intake.Import), ("@keys", db.KeysOf(written.Select(r => r.Key))));
        await new BulkInsert(db, Name, [.. OfEveryRecord, .. keys, .. Columns]).Write(written.Select(r => (object?[])
        [
            intake.County, Guid.CreateVersion7(), intake.Import, r.Row.Number, intake.AsOf, true, r.Row.Household, r.Row.Member, r.Village,
            r.Key, .. FullList ? [Township(r.Village)] : Array.Empty<object?>(), .. r.Values,
        ]), cancel);
    }

    /// <summary>Decides again which rows are in force, of all that an import says something about.</summary>
    public Task Settle(ShouwangDb db, string county, Guid import, CancellationToken cancel) =>
        Settle(db, county, import, without: Guid.Empty, cancel);

    /// <summary>Takes back the rows of an import; what they had put out of force is in force again.</summary>
    /// <returns>The households they were about.</returns>
    public async Task<IReadOnlyCollection<Guid>> Undo(ShouwangDb db, string county, Guid import, CancellationToken cancel)
    {
        var households = new List<Guid>();
        await db.Read($"select distinct household_id from {Name} where county = @county and import_id = @import and household_id is not null",
            row => households.Add(row.GetGuid(0)), cancel, ("@county", county), ("@import", import));
        await Settle(db, county, import, without: import, cancel);
        await db.Execute($"delete from {Name} where county = @county and import_id = @import", cancel, ("@county", county), ("@import", import));
        return households;
    }

    /// <summary>Reads rows in force that belong to a household of the scope.</summary>
    /// <param name="columns">What to select; column 0 of the reader is the household, so these begin at 1.</param>
    /// <param name="where">A further condition, or null.</param>
    /// <param name="read">Sees the household's place in the scope and the reader.</param>
    public Task Read(
        ShouwangDb db, FeatureScope scope, string columns, string? where, Action<int, DbDataReader> read, CancellationToken cancel,
        params (string Name, object? Value)[] parameters) =>
        db.Scan(scope, $"""
            select household_id, {columns} from {Name}
            where county = @county and in_force and household_id is not null{(where is null ? "" : $" and ({where})")}
            """, "household_id", read, cancel, parameters);

    /// <summary>The townships that rows in force speak about.</summary>
    /// <remarks>
    /// Asked whenever a household changes, of tables with millions of rows: from one township the index leads to the first village that lies
    /// in none of those before. Codes are digits, so the one after a township's last village is the township's number plus one.
    /// </remarks>
    public async Task<Coverage> Covered(ShouwangDb db, string county, CancellationToken cancel)
    {
        var townships = new HashSet<string>(StringComparer.Ordinal);
        await db.Read($"""
            with recursive first_of(village) as (
                select min(village) from {Name} where county = @county and in_force
                union all
                select (select min(village) from {Name} where county = @county and in_force and village > f.village
                    and village >= case when length(f.village) < {TownshipDigits} then f.village
                        else cast(cast(substr(f.village, 1, {TownshipDigits}) as bigint) + 1 as text) end)
                from first_of f where f.village is not null)
            select village from first_of where length(village) >= {TownshipDigits}
            """, row => townships.Add(Township(row.GetString(0))), cancel, ("@county", county));
        return new(townships);
    }

    private static string Township(string village) => village.Length > TownshipDigits ? village[..TownshipDigits] : village;

    // Two statements, so that only rows that change are written: of a county's first file, none.
    private async Task Settle(ShouwangDb db, string county, Guid import, Guid without, CancellationToken cancel)
    {
        var later = $"""
            exists (
                select 1 from {Name} n
                where n.county = {Name}.county and n.{Key} = {Name}.{Key} and n.import_id <> @without
                  and (n.as_of_on > {Name}.as_of_on or (n.as_of_on = {Name}.as_of_on and n.import_id > {Name}.import_id)))
            """;
        var about = $"{Key} in (select {Key} from {Name} where county = @county and import_id = @import)";
        if (FullList)
        {
            later = $"""
                ({later} or exists (
                    select 1 from {Name} n
                    where n.county = {Name}.county and n.list_area = {Name}.list_area and n.import_id <> @without and n.as_of_on > {Name}.as_of_on))
                """;
            about = $"({about} or list_area in (select list_area from {Name} where county = @county and import_id = @import))";
        }
        (string, object?)[] given = [("@county", county), ("@import", import), ("@without", without)];
        await db.Execute($"update {Name} set in_force = false where county = @county and in_force and {about} and {later}", cancel, given);
        await db.Execute($"update {Name} set in_force = true where county = @county and not in_force and {about} and not {later}", cancel, given);
    }
}

/// <summary>The townships that the files of a kind speak about.</summary>
/// <remarks>
/// Somebody who is missing from a file means something only where the file was meant to name everybody: a child of another
/// township is not out of school because this township's list leaves it out.
/// </remarks>
internal sealed class Coverage(IReadOnlySet<string> townships)
{
    private const int TownshipDigits = 9;

    /// <summary>True when a file speaks about the village's township.</summary>
    /// <param name="village">12 digits; fewer, where the village is not known, are covered only as a township.</param>
    public bool Covers(string village) => village.Length >= TownshipDigits && townships.Contains(village[..TownshipDigits]);
}
