using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

/// <summary>Which of a rehearsal's households to list.</summary>
/// <param name="Set"><c>entering</c>, <c>leaving</c>, <c>before</c>, <c>after</c>, <c>rule-entering</c>, <c>rule-leaving</c>, <c>alone</c>, <c>cliff</c>, <c>unwarned</c> or <c>unwarned-found</c>.</param>
/// <param name="Rules">All of these rules hold, by the codes of <see cref="Moves.CodeOf"/>.</param>
/// <param name="Place">A county or township; null for all that was rehearsed.</param>
internal sealed record HouseholdSelection(string Set, IReadOnlyList<string> Rules, string? Category, string? Cause, string? Place)
{
    /// <summary>The rules before count, as for households that leave.</summary>
    public bool IsBefore => Set is "before" or "leaving";

    /// <summary>Stands in an address for the empty code: no category, no cause.</summary>
    public const string Nothing = "-";
}

/// <param name="Before">The rules that speak for it now.</param>
/// <param name="After">The rules that would.</param>
internal sealed record RehearsedHousehold(HouseholdRef Household, int Persons, IReadOnlyList<string> Before, IReadOnlyList<string> After);

/// <summary>The households behind a figure of a rehearsal, of the actor's area only.</summary>
/// <remarks>
/// Names are for posts that see health details too: whoever sees them masked could find them out by rehearsing rules of their own and
/// looking who comes and goes.
/// </remarks>
internal sealed class RehearsedHouseholds(IHouseholds households)
{
    /// <returns>How many there are, and a page of them, county after county; no page for posts that see figures only.</returns>
    public async Task<(int Total, IReadOnlyList<RehearsedHousehold> Rows)> Of(Actor actor, Rehearsed rehearsed, HouseholdSelection selection, int skip, int take, CancellationToken cancel)
    {
        var (total, rows) = (0, new List<RehearsedHousehold>());
        foreach (var county in rehearsed.Counties)
        {
            var set = SetOf(county, selection, rehearsed.IsSeveral);
            var count = Bits.Count(set);
            total += count;
            if (!actor.SeesMasked && skip < count && take > 0)
            {
                var at = Bits.In(set).Skip(skip).Take(take).ToList();
                rows.AddRange(await Rows(actor, county, at, cancel));
                take -= at.Count;
            }
            skip = Math.Max(0, skip - count);
        }
        return (total, rows);
    }

    private async Task<IEnumerable<RehearsedHousehold>> Rows(Actor actor, CountyRehearsed county, List<int> at, CancellationToken cancel)
    {
        var refs = await households.Refs(county.County.Digits, [.. at.Select(county.Sets.IdOf)], cancel);
        return at.Where(i => refs.TryGetValue(county.Sets.IdOf(i), out var household) && actor.May(Permissions.HouseholdsRead, household.Area, household.Id))
            .Select(i => new RehearsedHousehold(refs[county.Sets.IdOf(i)], county.Sets.Persons[i], Rules(county.Result.Before, i), Rules(county.Result.After, i)));
    }

    /// <summary>The set behind a figure, in one county; a name nobody knows gives nobody.</summary>
    /// <param name="several">The figure is one of several counties.</param>
    public static ulong[] SetOf(CountyRehearsed county, HouseholdSelection selection, bool several)
    {
        var result = county.Result;
        var side = selection.IsBefore ? result.Before : result.After;
        var rules = selection.Rules.Select(code => IdOf(code, county, several)).ToList();
        var set = selection.Set switch
        {
            "entering" => result.EnteringSet,
            "leaving" => result.LeavingSet,
            "before" => result.Before.All,
            "after" => result.After.All,
            "alone" => Bits.Without(result.After.All, result.After.Several),
            "rule-entering" => Moved(result.After, result.Before, rules),
            "rule-leaving" => Moved(result.Before, result.After, rules),
            "cliff" => county.Cliff?.Set ?? new ulong[result.After.All.Length],
            "unwarned" => county.Unwarned.Set,
            "unwarned-found" => Bits.Both(county.Unwarned.Set, result.After.All),
            _ => new ulong[result.After.All.Length],
        };
        if (!selection.Set.StartsWith("rule-", StringComparison.Ordinal))
            foreach (var rule in rules)
                set = Bits.Both(set, True(side, rule));
        if (selection.Category is { } category)
            set = Bits.Both(set, side.Category(category));
        if (selection.Cause is { } cause)
            set = Bits.Both(set, side.Cause(cause));
        if (selection.Place is { } place && AreaCode.TryParse(place, out var area) && AreaSets.Of(county.Sets).Within(area) is { } within)
            set = Bits.Both(set, within);
        return set;
    }

    /// <summary>The rule's id in this county; none where the code is that of another county's own rule.</summary>
    private static string IdOf(string code, CountyRehearsed county, bool several) => !several ? code
        : county.Result.Rules.FirstOrDefault(r => Moves.CodeOf(r.Rule, county.County, several) == code)?.Rule.Definition.Id ?? "";

    private static ulong[] Moved(Side from, Side against, List<string> rules) =>
        rules is [var rule] ? Bits.Without(True(from, rule), True(against, rule)) : new ulong[from.All.Length];

    private static ulong[] True(Side side, string rule) => side.ByRule.GetValueOrDefault(rule)?.True ?? new ulong[side.All.Length];

    private static List<string> Rules(Side side, int index) => [.. side.Rules.Where(r => Bits.Has(r.True, index)).Select(r => r.Rule.Definition.Id)];
}
