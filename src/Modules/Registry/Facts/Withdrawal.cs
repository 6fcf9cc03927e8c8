using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry.Facts;

/// <summary>Takes back what an import stated. Its statements stay on record, and no longer count.</summary>
internal sealed class Withdrawal(
    ShouwangDb db, StatementStore statements, ISourceRanks ranks, RegisterRows rows, Areas areas, Retired retired, Door door,
    DisagreementLog disagreements, TimeProvider clock)
{
    private const int Batch = 5_000;

    public async Task Run(StatementContext context, Guid import, CancellationToken cancel)
    {
        var county = context.County;
        var (members, households) = (new List<Guid>(), new List<Guid>());
        await db.Read("select distinct member, subject_id from statements where county = @county and import_id = @import",
            row => (row.GetBoolean(0) ? members : households).Add(row.GetGuid(1)), cancel, ("@county", county), ("@import", import));
        if (await db.Execute("""
            insert into withdrawn_imports (county, import_id, withdrawn_at, withdrawn_by) values (@county, @import, @at, @actor) on conflict do nothing
            """, cancel, ("@county", county), ("@import", import), ("@at", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("@actor", context.Actor)) == 0)
            return;
        await db.Execute("delete from membership_changes where county = @county and import_id = @import", cancel, ("@county", county), ("@import", import));
        await db.Execute("update households set repeated_by = null where county = @county and repeated_by = @import", cancel, ("@county", county), ("@import", import));

        foreach (var chunk in members.Chunk(Batch))
            await Members(context, chunk, cancel);
        var villages = new VillageFinder(await areas.Of(county, cancel));
        foreach (var chunk in households.Chunk(Batch))
            await Households(context, chunk, villages, cancel);
    }

    private async Task Members(StatementContext context, Guid[] ids, CancellationToken cancel)
    {
        var (standing, gone) = await Look(Subject.Members, context.County, "household_code", ids, cancel);
        var households = gone.Select(g => g.Place).Concat(standing.Select(s => s.Place)).ToHashSet();
        var homes = await door.Homes(context.County, households, cancel);
        await retired.Members(context.County, [.. gone.Select(g => (g.Id, g.Code, (string?)null))], cancel);
        await Forget(context.County, gone.Select(g => g.Id), "member_id", cancel);

        // What the import said is gone from the history as well, so nothing is added to it here: "before" is left out.
        var changes = standing.Select(s => new Change(s.Id, s.Code, true, s.Place, null, s.Now)).ToList();
        await door.Settle(context, changes, [], empty: true, cancel);
        await db.MarkDirty(context.County, [.. households.Where(homes.ContainsKey).Select(h => homes[h].Id)], clock, cancel);
    }

    private async Task Households(StatementContext context, Guid[] ids, VillageFinder villages, CancellationToken cancel)
    {
        var (standing, gone) = await Look(Subject.Households, context.County, "area", ids, cancel);
        var replaced = new List<object?[]>();
        foreach (var (id, _, area, now) in standing)
        {
            var place = Door.PlaceOf(villages, now, new(area));
            replaced.Add(rows.Household(context.County, id, place, now));
            if (place != area)
                await db.Execute("update members set area = @area where county = @county and household_id = @household", cancel,
                    ("@area", place), ("@county", context.County), ("@household", id));
        }
        await new BulkUpsert(db, "households", ["county", "id"], RegisterRows.HouseholdColumns).Write(replaced, cancel);
        await disagreements.Reconcile(context.County, standing.Select(s => (s.Id, (Guid?)null, true, s.Now)), cancel);

        var homeless = new List<(Guid, string, string?)>();
        await db.Read($"select id, code, household_code from members where county = @county and {db.Among("household_id", "@ids")}",
            row => homeless.Add((row.GetGuid(0), row.GetString(1), row.GetString(2))), cancel,
            ("@county", context.County), ("@ids", db.KeysOf(gone.Select(g => g.Id))));
        await retired.Members(context.County, homeless, cancel);
        await retired.Households(context.County, [.. gone.Select(g => (g.Id, g.Code))], cancel);
        await Forget(context.County, gone.Select(g => g.Id), "household_id", cancel);
        await db.MarkDirty(context.County, ids, clock, cancel);
    }

    /// <summary>The listed subjects about which something is still said, and those about which nothing is.</summary>
    private async Task<(List<(Guid Id, string Code, string Place, Resolution Now)> Standing, List<(Guid Id, string Code, string Place)> Gone)> Look(
        Subject subject, string county, string place, Guid[] ids, CancellationToken cancel)
    {
        var listed = new List<(Guid Id, string Code, string Place)>();
        await db.Read($"select id, code, {place} from {subject.Table} where county = @county and {db.Among("id", "@ids")}",
            row => listed.Add((row.GetGuid(0), row.GetString(1), row.GetString(2))), cancel, ("@county", county), ("@ids", db.KeysOf(ids)));
        var live = await statements.Live(subject, county, ids, cancel);
        var (standing, gone) = (new List<(Guid, string, string, Resolution)>(), new List<(Guid, string, string)>());
        foreach (var (id, code, where) in listed)
        {
            if (live.TryGetValue(id, out var said))
                standing.Add((id, code, where, Resolution.Of(subject, county, said, ranks)!));
            else
                gone.Add((id, code, where));
        }
        return (standing, gone);
    }

    private Task<int> Forget(string county, IEnumerable<Guid> ids, string column, CancellationToken cancel) =>
        db.Execute($"delete from disagreements where county = @county and {db.Among(column, "@ids")}", cancel,
            ("@county", county), ("@ids", db.KeysOf(ids)));
}
