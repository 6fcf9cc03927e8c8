using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening;

/// <summary>Yuan a year if everybody found got the help their causes call for.</summary>
internal readonly record struct HelpMoney(decimal Before, decimal After, decimal Entering, decimal Leaving)
{
    public static HelpMoney operator +(HelpMoney a, HelpMoney b) => new(a.Before + b.Before, a.After + b.After, a.Entering + b.Entering, a.Leaving + b.Leaving);
}

/// <param name="HelpBefore">Yuan a household and year that is lost above the line in force.</param>
/// <param name="Help">The same above the rehearsed line.</param>
/// <param name="Set">The households on the wrong side afterwards.</param>
internal sealed record CliffFound(decimal HelpBefore, decimal Help, int Before, int After, ulong[] Set);

/// <summary>What the monitored households have to say: whom nobody had warned about.</summary>
/// <param name="Set">Those of them that are in the population.</param>
/// <param name="Count">All of them.</param>
/// <param name="Found">How many the rehearsed rules would find today.</param>
internal sealed record UnwarnedFound(ulong[] Set, int Count, int Found);

/// <summary>What is asked, tried in one county under its own policy.</summary>
/// <param name="Policy">In force now.</param>
/// <param name="Within">The households to count; null for all of the county.</param>
/// <param name="Costs">Of every cause that a rule of either side points at.</param>
/// <param name="Cliff">Null where no line is known.</param>
/// <param name="History">What became of past leads, by rule.</param>
internal sealed record CountyRehearsed(
    AreaCode County, Policy Policy, RehearsedPolicy Would, RuleSets Sets, ulong[]? Within, Comparison Result, IReadOnlyList<CauseCost> Costs, HelpMoney Money,
    CliffFound? Cliff, IReadOnlyDictionary<string, Precision> History, UnwarnedFound Unwarned, IReadOnlyList<Problem> Problems)
{
    private const decimal MostHelp = 10_000_000;

    /// <param name="ask">What concerns this county.</param>
    /// <param name="borrowed">Memory for sets that live as long as the request.</param>
    public static CountyRehearsed Try(RehearsalAsk ask, Policy policy, RuleCatalogue catalogue, RuleSets sets, IReadOnlyList<AreaCode> areas, RehearsalHistory.Past past,
        BorrowedSets borrowed)
    {
        var would = RehearsedPolicy.Make(ask, policy, catalogue);
        var problems = would.Problems.ToList();
        var within = AreaSets.Of(sets).Within(areas);
        var result = Rehearsal.Compare(sets, catalogue.For(policy), would.Rules, within, borrowed);
        var costs = CauseCost.Of(policy, result.Causes.Select(c => c.Code), ask, problems);
        var yuan = costs.ToDictionary(c => c.Cause, c => c.Yuan ?? 0);
        var money = new HelpMoney(Sum(m => m.Before), Sum(m => m.After), Sum(m => m.Entering), Sum(m => m.Leaving));
        return new(policy.Area, policy, would, sets, within, result, costs, money, CliffOf(ask, policy, would.Policy, catalogue, sets, result, money, within, borrowed, problems),
            past.Report.Rules.ToDictionary(r => r.Id), UnwarnedOf(past, areas, within, result), problems);

        decimal Sum(Func<Move, int> count) => result.Causes.Sum(c => count(c) * yuan.GetValueOrDefault(c.Code));
    }

    private static UnwarnedFound UnwarnedOf(RehearsalHistory.Past past, IReadOnlyList<AreaCode> areas, ulong[]? within, Comparison result)
    {
        var set = within is null ? past.Unwarned : Bits.Both(past.Unwarned, within);
        return new(set, past.Report.Unwarned.Households.Count(h => areas.Any(a => h.Village.StartsWith(a.Digits, StringComparison.Ordinal))), Bits.CountBoth(set, result.After.All));
    }

    private static CliffFound? CliffOf(
        RehearsalAsk ask, Policy now, Policy then, RuleCatalogue catalogue, RuleSets sets, Comparison result, HelpMoney money, ulong[]? within, BorrowedSets borrowed,
        List<Problem> problems)
    {
        var typed = ask.Help.Length == 0 ? null : RehearsalAsk.Number(ask.Help) is >= 0 and <= MostHelp and var yuan ? yuan : (decimal?)null;
        if (typed is null && ask.Help.Length > 0)
            problems.Add(Refusals.BadNumber("help", ask.Help));
        var (helpBefore, help) = (typed ?? Mean(money.Before, result.Before.Count), typed ?? Mean(money.After, result.After.Count));
        var before = Screening.Cliff.Of(sets, catalogue.Features, now, result.Before, helpBefore, within, borrowed);
        var after = Screening.Cliff.Of(sets, catalogue.Features, then, result.After, help, within, borrowed);
        return after is null ? null : new(helpBefore, help, before is null ? 0 : Bits.Count(before), Bits.Count(after), after);
    }

    /// <summary>Whole yuan a household.</summary>
    internal static decimal Mean(decimal yuan, int households) => households == 0 ? 0 : decimal.Round(yuan / households, 0, MidpointRounding.AwayFromZero);
}
