using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry.Facts;

/// <summary>Takes statements about many subjects at once and brings everything that follows from them up to date.</summary>
/// <remarks>One look-up a batch, bulk writes, no change tracking. Runs in an open transaction.</remarks>
internal sealed class Door(
    ShouwangDb db, StatementStore statements, ISourceRanks ranks, RegisterRows rows, Areas areas, Retired retired, DisagreementLog disagreements, TimeProvider clock)
{
    /// <param name="villages">Finds the village of a household; learns villages where the county has no area table.</param>
    /// <param name="empty">The county has no household yet, apart from those this caller just stated under other codes.</param>
    /// <returns>How many statements said something new.</returns>
    public async Task<int> Households(
        StatementContext context, IReadOnlyList<Incoming> incoming, VillageFinder villages, bool empty, CancellationToken cancel)
    {
        var county = context.County;
        var (changes, count) = await Weigh(Subject.Households, context, incoming, empty, cancel);
        var (written, moved) = (new List<(RowWrite, object?[])>(), new List<(Guid, string)>());
        foreach (var change in changes)
        {
            var fallback = change.Area is { } old ? new AreaCode(old) : context.Area;
            var area = PlaceOf(villages, change.Now, fallback);
            var write = change.Write(area != change.Area);
            if (write == RowWrite.Stamp)
                written.Add((write, RegisterRows.Stamp(change.Id, change.Now)));
            else if (write != RowWrite.None)
                written.Add((write, rows.Household(county, change.Id, area, change.Now, write == RowWrite.Alter)));
            if (change.Listed && area != change.Area)
                moved.Add((change.Id, area));
        }
        if (villages.Learnt.Count > 0)
            await areas.Learn(county, villages.Learnt, cancel);
        villages.Learnt.Clear();
        await Write(Subject.Households, RegisterRows.HouseholdColumns, county, written, cancel);
        foreach (var (household, area) in moved)
            await db.Execute("update members set area = @area where county = @county and household_id = @household", cancel,
                ("@area", area), ("@county", county), ("@household", household));
        await disagreements.Reconcile(county, changes.Select(c => (c.Id, (Guid?)null, c.MayDisagree, c.Now)), cancel);
        await db.MarkDirty(county, [.. changes.Where(c => c.NewValues || c.NewlySeen).Select(c => c.Id)], clock, cancel);
        if (!empty && changes.Exists(c => !c.Listed))
            await Revive(context, changes.Where(c => !c.Listed), cancel);
        return count;
    }

    /// <param name="founded">Households whose first members this caller stated; more members of theirs did not join later.</param>
    /// <inheritdoc cref="Households"/>
    public async Task<int> Members(
        StatementContext context, IReadOnlyList<Incoming> incoming, HashSet<Guid> founded, bool empty, CancellationToken cancel)
    {
        var (changes, count) = await Weigh(Subject.Members, context, incoming, empty, cancel);
        await Settle(context, changes, founded, empty, cancel);
        return count;
    }

    /// <summary>Writes what follows from changes of members.</summary>
    public async Task Settle(StatementContext context, IReadOnlyList<Change> changes, HashSet<Guid> founded, bool empty, CancellationToken cancel)
    {
        var county = context.County;
        var homes = await Homes(county, changes.SelectMany(c => new[] { HouseholdOf(c.Now), HouseholdOf(c.Before) }), cancel);
        var (homeless, dirty) = (new List<Change>(), new HashSet<Guid>());
        var placed = new List<(Change Change, Home Home, Home? Former)>(changes.Count);
        foreach (var change in changes)
        {
            Home? former = change.Before is { } before && homes.TryGetValue(HouseholdOf(before)!, out var left) ? left : null;
            if (former is { } f && (change.NewValues || change.NewlySeen))
                dirty.Add(f.Id);
            if (HouseholdOf(change.Now) is not { } code || !homes.TryGetValue(code, out var home))
            {
                homeless.Add(change);
                continue;
            }
            if (change.NewValues || change.NewlySeen)
                dirty.Add(home.Id);
            placed.Add((change, home, former));
        }
        // Encrypting is most of it; both cores do.
        var written = placed.AsParallel().AsOrdered().WithCancellation(cancel).Select(p => (Write: p.Change.Write(), p.Change, p.Home)).Where(p => p.Write != RowWrite.None)
            .Select(p => (p.Write, p.Write == RowWrite.Stamp ? RegisterRows.Stamp(p.Change.Id, p.Change.Now) : rows.Member(county, p.Change.Id, p.Home, p.Change.Now, p.Write == RowWrite.Alter)))
            .ToList();
        await new MembershipLog(db).Record(context, placed, founded, empty, clock, cancel);
        await Write(Subject.Members, RegisterRows.MemberColumns, county, written, cancel);
        if (homeless.Count > 0)
            await retired.Members(county, [.. homeless.Select(c => (c.Id, c.Code, HouseholdOf(c.Now)))], cancel);
        if (!empty)
            await retired.Remove(county, [.. placed.Where(p => !p.Change.Listed).Select(p => p.Change.Id)], cancel);
        await disagreements.Reconcile(county, placed.Select(p => (p.Home.Id, (Guid?)p.Change.Id, p.Change.MayDisagree, p.Change.Now)), cancel);
        await db.MarkDirty(county, dirty, clock, cancel);
    }

    /// <summary>Households by code.</summary>
    public async Task<Dictionary<string, Home>> Homes(string county, IEnumerable<string?> codes, CancellationToken cancel)
    {
        var found = new Dictionary<string, Home>();
        var keys = codes.OfType<string>().ToHashSet();
        if (keys.Count > 0)
            await db.Read($"select code, id, area from households where county = @county and {db.Among("code", "@codes")}",
                row => found.Add(row.GetString(0), new(row.GetGuid(1), row.GetString(2))), cancel, ("@county", county), ("@codes", db.KeysOf(keys)));
        return found;
    }

    private async Task<(List<Change>, int)> Weigh(
        Subject subject, StatementContext context, IReadOnlyList<Incoming> incoming, bool empty, CancellationToken cancel)
    {
        var known = empty ? [] : await retired.Known(subject, context.County, incoming.Select(i => i.Code), cancel);
        var live = await statements.Live(subject, context.County, [.. known.Values.Select(k => k.Id)], cancel);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (changes, fresh) = (new List<Change>(incoming.Count), new List<object?[]>(incoming.Count));
        // Writing JSON, hashing and encrypting are most of the work and depend on nothing: both cores do them.
        foreach (var (change, rows) in ByCode(incoming).AsParallel().AsOrdered().WithCancellation(cancel).Select(g => One(g.Code, g.Group)))
        {
            fresh.AddRange(rows);
            if (change is not null)
                changes.Add(change);
        }
        await statements.Add(fresh, cancel);
        return (changes, fresh.Count);

        (Change?, List<object?[]>) One(string code, List<Incoming> group)
        {
            var listed = known.TryGetValue(code, out var found);
            var id = listed ? found.Id : group[0].Id ?? Guid.CreateVersion7();
            List<KeptStatement> before = live.GetValueOrDefault(id) ?? [], all = [.. before];
            var added = new List<object?[]>(group.Count);
            foreach (var one in group)
            {
                if (statements.Next(subject, context, id, one, all, now) is not { } next)
                    continue;
                all.Add(next.Kept);
                added.Add(next.Row);
            }
            if (added.Count == 0 && (!listed || found.Area is not null))
                return (null, added);
            return (new(id, code, found.Area is not null, found.Area,
                found.Area is null ? null : Resolution.Of(subject, context.County, before, ranks),
                Resolution.Of(subject, context.County, all, ranks)!, group[^1].By), added);
        }
    }

    private static IEnumerable<(string Code, List<Incoming> Group)> ByCode(IReadOnlyList<Incoming> incoming)
    {
        var groups = new Dictionary<string, List<Incoming>>(incoming.Count);
        foreach (var one in incoming)
        {
            if (groups.TryGetValue(one.Code, out var group))
                group.Add(one);
            else
                groups.Add(one.Code, [one]);
        }
        return groups.Select(g => (g.Key, g.Value));
    }

    /// <summary>Members who waited for a household that is (again) there.</summary>
    private async Task Revive(StatementContext context, IEnumerable<Change> households, CancellationToken cancel)
    {
        var arrived = households.ToList();
        await retired.Remove(context.County, [.. arrived.Select(h => h.Id)], cancel);
        var waiting = await retired.WaitingFor(context.County, arrived.Select(h => h.Code), cancel);
        var live = await statements.Live(Subject.Members, context.County, [.. waiting.Select(w => w.Id)], cancel);
        var changes = waiting.Where(w => live.ContainsKey(w.Id))
            .Select(w => new Change(w.Id, w.Code, false, null, null, Resolution.Of(Subject.Members, context.County, live[w.Id], ranks)!)).ToList();
        if (changes.Count > 0)
            await Settle(context, changes, [.. arrived.Select(h => h.Id)], false, cancel);
    }

    private async Task Write(
        Subject subject, (string, ColumnType)[] columns, string county, IReadOnlyList<(RowWrite Write, object?[] Row)> written, CancellationToken cancel)
    {
        List<object?[]> Of(RowWrite write) => [.. written.Where(w => w.Write == write).Select(w => w.Row)];
        (string, ColumnType) key = ("id", ColumnType.Uuid);
        if (Of(RowWrite.Add) is { Count: > 0 } added)
            await new BulkInsert(db, subject.Table, columns).Write(added, cancel);
        if (Of(RowWrite.Replace) is { Count: > 0 } replaced)
            await new BulkUpsert(db, subject.Table, ["county", "id"], columns).Write(replaced, cancel);
        await new BulkUpdate(db, subject.Table, key, RegisterRows.AlteredColumns(subject))
            .Write(county, [.. Of(RowWrite.Alter).Select(row => RegisterRows.Altered(subject, row))], cancel);
        await new BulkUpdate(db, subject.Table, key, RegisterRows.StampColumns).Write(county, Of(RowWrite.Stamp), cancel);
    }

    /// <summary>The area of a household, from what it is said to be.</summary>
    public static string PlaceOf(VillageFinder villages, Resolution now, AreaCode fallback) =>
        villages.Find(now.Values[VillageName], now.Values[AreaCodeStated], now.Lead.Said.Further.GetValueOrDefault("town"), fallback).Digits;

    private static string? HouseholdOf(Resolution? resolution) => resolution?.Values[Subject.HouseholdOfMember];

    private static readonly int VillageName = Subject.Households.IndexOf("village"), AreaCodeStated = Subject.Households.IndexOf("area_code");
}
