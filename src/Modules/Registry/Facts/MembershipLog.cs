using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry.Facts;

/// <summary>Writes down who came, left and moved.</summary>
/// <remarks>The members a household is first listed with did not join it: history begins there.</remarks>
internal sealed class MembershipLog(ShouwangDb db)
{
    public async Task Record(
        StatementContext context, IReadOnlyList<(Change Change, Home Home, Home? Former)> placed, HashSet<Guid> founded, bool empty,
        TimeProvider clock, CancellationToken cancel)
    {
        var settled = await Settled(context.County, placed, founded, empty, cancel);
        var rows = placed.SelectMany(p => Changes(p.Change, p.Home, p.Former, settled).Select(c => new object?[]
        {
            context.County, Guid.CreateVersion7(), c.Member, c.Kind.ToString(), c.Household, c.From, c.FromState, c.ToState, c.On,
            clock.GetUtcNow().ToUnixTimeMilliseconds(), p.Change.By ?? context.Actor, context.Import,
        })).ToList();
        if (rows.Count > 0)
            await new BulkInsert(db, "membership_changes",
                ("county", ColumnType.Text), ("id", ColumnType.Uuid), ("member_id", ColumnType.Uuid), ("kind", ColumnType.Text),
                ("household_id", ColumnType.Uuid), ("from_household_id", ColumnType.Uuid), ("from_state", ColumnType.Text), ("to_state", ColumnType.Text),
                ("observed_on", ColumnType.Date), ("recorded_at", ColumnType.BigInt), ("recorded_by", ColumnType.Text), ("import_id", ColumnType.Uuid))
                .Write(rows, cancel);
    }

    /// <summary>The households of new members that had members before this caller came.</summary>
    private async Task<HashSet<Guid>> Settled(
        string county, IReadOnlyList<(Change Change, Home Home, Home? Former)> placed, HashSet<Guid> founded, bool empty, CancellationToken cancel)
    {
        var settled = new HashSet<Guid>();
        var homes = placed.Where(p => !p.Change.Listed).Select(p => p.Home.Id).ToHashSet();
        if (!empty && homes.Count > 0)
            await db.Read($"select distinct household_id from members where county = @county and {db.Among("household_id", "@homes")}",
                row => settled.Add(row.GetGuid(0)), cancel, ("@county", county), ("@homes", db.KeysOf(homes)));
        settled.ExceptWith(founded);
        founded.UnionWith(homes.Where(h => !settled.Contains(h)));
        return settled;
    }

    private static IEnumerable<(Guid Member, MembershipKind Kind, Guid Household, Guid? From, string? FromState, string ToState, DateOnly On)> Changes(
        Change change, Home home, Home? former, HashSet<Guid> settled)
    {
        var state = StateOf(change.Now);
        if (change.Before is not { } before)
        {
            if (!change.Listed && settled.Contains(home.Id))
                yield return (change.Id, MembershipKind.Joined, home.Id, null, null, state, change.Now.Lead.ObservedOn);
            yield break;
        }
        var earlier = StateOf(before);
        if (former is { } left && left.Id != home.Id)
            yield return (change.Id, MembershipKind.Moved, home.Id, left.Id, earlier, state, DayOf(change.Now, Subject.HouseholdOfMember));
        if (state != earlier)
            yield return (change.Id,
                earlier == nameof(LifeState.Normal) ? MembershipKind.Left : state == nameof(LifeState.Normal) ? MembershipKind.Returned : MembershipKind.Restated,
                home.Id, null, earlier, state, DayOf(change.Now, Subject.LifeOfMember));
    }

    /// <summary>When the statement that decided was observed.</summary>
    private static DateOnly DayOf(Resolution now, int position) => (now.WinnerOf(position) ?? now.Lead).ObservedOn;

    private static string StateOf(Resolution resolution) =>
        resolution.Values[Subject.LifeOfMember] is { } value && Enum.TryParse<LifeState>(value, out var state) ? state.ToString() : nameof(LifeState.Normal);
}
