using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

/// <summary>Which of a rehearsal's households to list.</summary>
/// <param name="Set"><c>entering</c>, <c>leaving</c>, <c>before</c>, <c>after</c>, <c>rule-entering</c>, <c>rule-leaving</c>, <c>alone</c>, <c>cliff</c>, <c>unwarned</c> or <c>unwarned-found</c>.</param>
/// <param name="Rules">All of these rules hold.</param>
internal sealed record HouseholdSelection(string Set, IReadOnlyList<string> Rules, string? Category, string? Cause, string? Township)
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
    /// <returns>How many there are, and a page of them; no page for posts that see figures only.</returns>
    public async Task<(int Total, IReadOnlyList<RehearsedHousehold> Rows)> Of(Actor actor, Rehearsed rehearsed, HouseholdSelection selection, int skip, int take, CancellationToken cancel)
    {
        var set = SetOf(rehearsed, selection);
        var total = Bits.Count(set);
        if (actor.SeesMasked)
            return (total, []);
        var at = Bits.In(set).Skip(skip).Take(take).ToList();
        var refs = await households.Refs(actor.County, [.. at.Select(rehearsed.Sets.IdOf)], cancel);
        return (total, [.. at.Where(i => refs.TryGetValue(rehearsed.Sets.IdOf(i), out var household) && actor.May(Permissions.HouseholdsRead, household.Area, household.Id))
            .Select(i => new RehearsedHousehold(refs[rehearsed.Sets.IdOf(i)], rehearsed.Sets.Persons[i], Rules(rehearsed.Result.Before, i), Rules(rehearsed.Result.After, i)))]);
    }

    /// <summary>The set behind a figure; a name nobody knows gives nobody.</summary>
    public static ulong[] SetOf(Rehearsed rehearsed, HouseholdSelection selection)
    {
        var result = rehearsed.Result;
        var side = selection.IsBefore ? result.Before : result.After;
        var set = selection.Set switch
        {
            "entering" => result.EnteringSet,
            "leaving" => result.LeavingSet,
            "before" => result.Before.All,
            "after" => result.After.All,
            "alone" => Bits.Without(result.After.All, result.After.Several),
            "rule-entering" => Moved(result.After, result.Before, selection),
            "rule-leaving" => Moved(result.Before, result.After, selection),
            "cliff" => rehearsed.Cliff?.Set ?? new ulong[result.After.All.Length],
            "unwarned" => rehearsed.Unwarned,
            "unwarned-found" => Bits.Both(rehearsed.Unwarned, result.After.All),
            _ => new ulong[result.After.All.Length],
        };
        if (!selection.Set.StartsWith("rule-", StringComparison.Ordinal))
            foreach (var rule in selection.Rules)
                set = Bits.Both(set, True(side, rule));
        if (selection.Category is { } category)
            set = Bits.Both(set, side.Category(category));
        if (selection.Cause is { } cause)
            set = Bits.Both(set, side.Cause(cause));
        if (selection.Township is { } town && AreaCode.TryParse(town, out var area) && AreaSets.Of(rehearsed.Sets).Within(area) is { } within)
            set = Bits.Both(set, within);
        return set;
    }

    private static ulong[] Moved(Side from, Side against, HouseholdSelection selection) =>
        selection.Rules is [var rule] ? Bits.Without(True(from, rule), True(against, rule)) : new ulong[from.All.Length];

    private static ulong[] True(Side side, string rule) => side.ByRule.GetValueOrDefault(rule)?.True ?? new ulong[side.All.Length];

    private static List<string> Rules(Side side, int index) => [.. side.Rules.Where(r => Bits.Has(r.True, index)).Select(r => r.Rule.Definition.Id)];
}
