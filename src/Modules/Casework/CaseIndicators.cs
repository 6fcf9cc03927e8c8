using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>M13: identifications of the month; M11 and how long help and elimination take, of the calendar year; C10 and C20: who is paired with whom on the day. INDICATORS §2 and §3.</summary>
internal sealed class CaseIndicators(ShouwangDb db) : IIndicatorSource
{
    public IReadOnlyList<string> Codes => ["C10l", "C10p", "C20", "M09d", "M11", "M13n", "M13k", "M13d", "M13r", "M16d"];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        (string, object?)[] year = [("@county", county.Digits), ("@from", new DateOnly(asOf.Year, 1, 1)), ("@to", asOf)];
        var month = new DateOnly(asOf.Year, asOf.Month, 1);
        await db.Read("""
            select household_id, area, state, raised_on, opened_on, closed_on, total_due_on from cases
            where county = @county and opened_on <= @to and (opened_on >= @month or closed_on >= @month)
            """, row =>
        {
            var (household, area, raised, opened) = (row.GetGuid(0), row.GetString(1), row.GetFieldValue<DateOnly>(3), row.GetFieldValue<DateOnly>(4));
            DateOnly? closed = row.IsDBNull(5) || row.GetFieldValue<DateOnly>(5) > asOf ? null : row.GetFieldValue<DateOnly>(5);
            if (opened >= month)
                part(new("M13n", area, household, 1, 0));
            // What is still open and late is M13o; here a case counts once, in the month in which it ended.
            if (closed is not { } on || on < month)
                return;
            part(new("M13r", area, household, on > row.GetFieldValue<DateOnly>(6) ? 1 : 0, 1));
            if (row.GetString(2) != nameof(CaseState.Registered))
                return;
            part(new("M13k", area, household, 1, 0));
            part(new("M13d", area, household, on.DayNumber - raised.DayNumber, 1));
        }, cancel, ("@county", county.Digits), ("@month", month), ("@to", asOf));
        await db.Read("""
            select o.household_id, o.area, o.identified_on, min(m.started_on) from monitored_objects o
            join measures m on m.county = o.county and m.household_id = o.household_id and m.started_on >= o.identified_on and m.started_on <= @to
            where o.county = @county and o.identified_on between @from and @to and o.state <> 'Removed' group by o.household_id, o.area, o.identified_on
            """, row => part(new("M16d", row.GetString(1), row.GetGuid(0), row.GetFieldValue<DateOnly>(3).DayNumber - row.GetFieldValue<DateOnly>(2).DayNumber, 1)), cancel, year);
        await db.Read("select household_id, area, identified_on, eliminated_on from monitored_objects where county = @county and eliminated_on between @from and @to", row =>
            part(new("M09d", row.GetString(1), row.GetGuid(0), row.GetFieldValue<DateOnly>(3).DayNumber - row.GetFieldValue<DateOnly>(2).DayNumber, 1)), cancel, year);
        await db.Read($"select household_id, area, state from eliminations where county = @county and state in ('{EliminationState.Flagged}', '{EliminationState.RolledBack}') and closed_on between @from and @to", row =>
            part(new("M11", row.GetString(1), row.GetGuid(0), row.GetString(2) == nameof(EliminationState.RolledBack) ? 1 : 0, 1)), cancel, year);
        await Pairs(county, asOf, part, cancel);
    }

    // A person is counted once, in the village with most of the person's households, so that the county's figure is the number of people.
    private async Task Pairs(AreaCode county, DateOnly asOf, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var pairs = new List<(string Post, string Who, string Area, Guid Household)>();
        await db.Read($"""
            select post, person, unit, user_id, area, household_id from assignments where county = @county and from_on <= @to and (to_on is null or to_on > @to)
                and post in ('{Post.PairingHelper}', '{Post.MainHelper}')
            """, row => pairs.Add((row.GetString(0), row.IsDBNull(3) ? $"{row.GetString(1)} {row.GetString(2)}" : row.GetGuid(3).ToString(), row.GetString(4), row.GetGuid(5))),
            cancel, ("@county", county.Digits), ("@to", asOf));
        foreach (var person in pairs.GroupBy(p => (p.Post, p.Who)))
        {
            var home = person.GroupBy(p => p.Area).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).First().Key;
            var ratio = person.Key.Post == nameof(Post.PairingHelper) ? "C10l" : "C20";
            if (ratio == "C10l")
                part(new("C10p", home, null, 1, 0));
            part(new(ratio, home, null, 0, 1));
        }
        foreach (var (post, area, household) in pairs.Select(p => (p.Post, p.Area, p.Household)).Distinct())
            part(new(post == nameof(Post.PairingHelper) ? "C10l" : "C20", area, household, 1, 0));
    }
}
