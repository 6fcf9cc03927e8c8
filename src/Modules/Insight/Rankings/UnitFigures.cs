using Shouwang.Kernel;
using Shouwang.Kernel.Statistics;
using Shouwang.Modules.Insight.Bulletins;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Organisation.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Figure = Shouwang.Modules.Insight.Contracts.Figure;

namespace Shouwang.Modules.Insight.Rankings;

/// <summary>A unit that is ranked or appraised.</summary>
/// <param name="Code">An area's digits (of a team those of its village), or a department's code.</param>
internal sealed record RankedUnit(string Code, Text Name);

/// <summary>So many of so many cases of a unit over a period.</summary>
/// <param name="Link">The figure that opens, as of the last day that counts; null for departments.</param>
internal sealed record UnitShare(int Numerator, int Denominator, FigureLink? Link)
{
    /// <summary>Null where there are no cases.</summary>
    public decimal? Percent => Denominator == 0 ? null : 100m * Numerator / Denominator;
}

/// <summary>Reads what the units of a set of indicators have come to, from figures that were kept.</summary>
internal sealed class UnitFigures(IFigures figures, IAreas areas, IResidentTeams teams, ILedgerAsOf ledger)
{
    /// <param name="day">Teams are those that are posted on this day.</param>
    public async Task<IReadOnlyList<RankedUnit>> Of(AreaCode county, Policy policy, AppraisalSet set, DateOnly day, CancellationToken cancel) => set.Units switch
    {
        // A team answers for what the village came to while it was there; who is in it is not asked.
        UnitKind.Teams => [.. (await teams.On(county, day, cancel)).Select(t => new RankedUnit(t.Village.Digits, t.Unit is { } unit ? new($"{t.Name}（{unit}）", $"{t.Name} ({unit})") : new(t.Name, t.Name)))],
        UnitKind.Departments => [.. policy.IssueKinds.Select(k => k.Department).Distinct().Where(policy.Departments.ContainsKey).Select(d => new RankedUnit(d, policy.Departments[d].Title))],
        UnitKind.Townships or UnitKind.Villages => await Areas(county, set.Units == UnitKind.Townships ? AreaLevel.Township : AreaLevel.Village, cancel),
    };

    /// <summary>What each unit has for each indicator of the set, in its order; units without anything are there with no cases.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<UnitShare>>> Read(
        AreaCode county, Policy policy, AppraisalSet set, IReadOnlyList<RankedUnit> units, BulletinPeriod period, DateOnly asOf, CancellationToken cancel)
    {
        if (set.Units == UnitKind.Departments)
            return await OfDepartments(county, policy, set, units, asOf, cancel);
        var codes = set.Items.SelectMany(i => new[] { i.Indicator, i.Per }).OfType<string>().Distinct().ToList();
        var days = await MonthDays(county, period, asOf, cancel);
        var found = new Dictionary<(string Area, string Code, DateOnly Day), Figure>();
        foreach (var day in days)
            foreach (var figure in await figures.Below(Actor.System(county), county, codes, day, set.Units is UnitKind.Villages or UnitKind.Teams, cancel))
                found[(figure.Area.Digits, figure.Code, day)] = figure;
        return units.ToDictionary(u => u.Code, u => (IReadOnlyList<UnitShare>)[.. set.Items.Select(i => Share(u.Code, i))]);

        UnitShare Share(string unit, SetItem item)
        {
            var numerator = Sum(unit, item.Indicator, item.Monthly, f => f.Numerator);
            var denominator = item.Per is { } per ? Sum(unit, per, item.Monthly, f => f.Numerator) : Sum(unit, item.Indicator, item.Monthly, f => f.Denominator ?? 0);
            // Sums of people or households; one that is more than its base was adjusted by hand.
            return new((int)Math.Clamp(numerator, 0, Math.Max(0, denominator)), (int)Math.Max(0, denominator), new(item.Indicator, unit, asOf));
        }

        decimal Sum(string unit, string code, bool monthly, Func<Figure, decimal> of) =>
            (monthly ? days : [asOf]).Sum(day => found.GetValueOrDefault((unit, code, day)) is { } figure ? of(figure) : 0);
    }

    /// <summary>Ranks the units: apart only where chance does not explain it.</summary>
    public static IReadOnlyList<UnitRank> Rank(AppraisalSet set, IReadOnlyDictionary<string, IReadOnlyList<UnitShare>> shares, string seed) => CommonRanks.Of(
        [.. set.Items.Select(i => new RankedShare(i.Weight, (double)i.Nought / 100, (double)i.Target / 100))],
        [.. shares.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new UnitCases(s.Key, [.. s.Value.Select(v => (v.Numerator, v.Denominator))]))], set.Least, (double)set.Spread, seed);

    /// <summary>For each month of the period that has any, the last day of which figures were kept.</summary>
    private async Task<IReadOnlyList<DateOnly>> MonthDays(AreaCode county, BulletinPeriod period, DateOnly asOf, CancellationToken cancel)
    {
        var days = new List<DateOnly>();
        foreach (var end in period.MonthEnds.Where(e => e < BulletinPeriod.EndOf(asOf)))
            if (await figures.LastBefore(county, end.AddDays(1), cancel) is { } day && day > end.AddMonths(-1) && day.Month == end.Month)
                days.Add(day);
        return [.. days, asOf];
    }

    private async Task<IReadOnlyList<RankedUnit>> Areas(AreaCode county, AreaLevel level, CancellationToken cancel) =>
        [.. (await areas.Of(county.Digits, cancel)).All.Where(a => a.Code.Level == level && county.Contains(a.Code)).Select(a => new RankedUnit(a.Code.Digits, new(a.Name, a.Name)))];

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<UnitShare>>> OfDepartments(
        AreaCode county, Policy policy, AppraisalSet set, IReadOnlyList<RankedUnit> units, DateOnly asOf, CancellationToken cancel)
    {
        var issues = (await ledger.AsOf(county, asOf, cancel)).ToLookup(i => policy.IssueKind(i.Subject)?.Department);
        return units.ToDictionary(u => u.Code, u => (IReadOnlyList<UnitShare>)[.. set.Items.Select(item =>
            new UnitShare(issues[u.Code].Count(i => item.Indicator == "C01c" ? i.Ended : !i.Ended && i.DueOn < asOf), issues[u.Code].Count(), null))]);
    }
}
