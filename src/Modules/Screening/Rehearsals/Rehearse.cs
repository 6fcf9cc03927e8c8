using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

/// <summary>Yuan a year if everybody found got the help their causes call for.</summary>
internal readonly record struct HelpMoney(decimal Before, decimal After, decimal Entering, decimal Leaving);

/// <param name="HelpBefore">Yuan a household and year that is lost above the line in force.</param>
/// <param name="Help">The same above the rehearsed line.</param>
/// <param name="Set">The households on the wrong side afterwards.</param>
internal sealed record CliffFound(decimal HelpBefore, decimal Help, int Before, int After, ulong[] Set);

/// <summary>A rehearsal with everything its page shows.</summary>
/// <param name="Ask">What is changed; nothing that says the same as the policy in force.</param>
/// <param name="Policy">In force now.</param>
/// <param name="Costs">Of every cause that a rule of either side points at.</param>
/// <param name="Cliff">Null where no line is known.</param>
/// <param name="History">What became of past leads, by rule.</param>
/// <param name="Unwarned">Monitored households that nobody had warned about.</param>
/// <param name="UnwarnedFound">How many of those the rehearsed rules would find today.</param>
internal sealed record Rehearsed(
    RehearsalAsk Ask, Policy Policy, RehearsedPolicy Would, RuleSets Sets, ulong[]? Within, Comparison Result, IReadOnlyList<CauseCost> Costs, HelpMoney Money,
    int Visits, CliffFound? Cliff, IReadOnlyDictionary<string, Precision> History, ulong[] Unwarned, int UnwarnedCount, int UnwarnedFound, IReadOnlyList<Problem> Problems)
{
    /// <summary>Households that enter, each as often as somebody has to go there.</summary>
    public long VisitsNeeded => (long)Result.Entering.Households * Visits;
}

/// <summary>Tries other lines, parameters and rules on the households of the actor's area. Changes nothing.</summary>
internal sealed class Rehearse(IRuleSets engine, Policies policies, RuleCatalogue catalogue, RehearsalHistory history, Today today)
{
    private const int MostVisits = 365;

    // A page and its parts ask for the same within one request.
    private (Actor Actor, string Asked, Rehearsed Found)? _last;

    public async Task<Rehearsed> Run(Actor actor, RehearsalAsk ask, CancellationToken cancel)
    {
        if (_last is { } last && last.Actor == actor && last.Asked == ask.Query)
            return last.Found;
        var found = await Work(actor, ask, cancel);
        _last = (actor, ask.Query, found);
        return found;
    }

    private async Task<Rehearsed> Work(Actor actor, RehearsalAsk ask, CancellationToken cancel)
    {
        var policy = await policies.For(actor.Area.County, today.Day, cancel);
        var sets = await engine.For(actor.Area.County, today.Day, cancel);
        var past = await history.Of(actor, sets, cancel);
        ask = ask.Without(policy);
        var would = RehearsedPolicy.Make(ask, policy, catalogue);
        var problems = would.Problems.ToList();
        var within = AreaSets.Of(sets).Within(actor.Area);
        var result = Rehearsal.Compare(sets, catalogue.For(policy), would.Rules, within);

        var costs = CauseCost.Of(policy, result.Causes.Select(c => c.Code), ask, problems);
        var yuan = costs.ToDictionary(c => c.Cause, c => c.Yuan ?? 0);
        var money = new HelpMoney(Sum(m => m.Before), Sum(m => m.After), Sum(m => m.Entering), Sum(m => m.Leaving));
        return new(ask, policy, would, sets, within, result, costs, money, Visits(ask, problems), CliffOf(ask, policy, would.Policy, sets, result, money, within, problems),
            past.Report.Rules.ToDictionary(r => r.Id), past.Unwarned, past.Report.Unwarned.Households.Count, Bits.CountBoth(past.Unwarned, result.After.All), problems);

        decimal Sum(Func<Move, int> count) => result.Causes.Sum(c => count(c) * yuan.GetValueOrDefault(c.Code));
    }

    private CliffFound? CliffOf(
        RehearsalAsk ask, Policy now, Policy then, RuleSets sets, Comparison result, HelpMoney money, ulong[]? within, List<Problem> problems)
    {
        var typed = ask.Help.Length == 0 ? null : RehearsalAsk.Number(ask.Help) is >= 0 and <= 10_000_000 and var yuan ? yuan : (decimal?)null;
        if (typed is null && ask.Help.Length > 0)
            problems.Add(Refusals.BadNumber("help", ask.Help));
        var (helpBefore, help) = (typed ?? Mean(money.Before, result.Before.Count), typed ?? Mean(money.After, result.After.Count));
        var before = Cliff.Of(sets, catalogue.Features, now, result.Before, helpBefore, within);
        var after = Cliff.Of(sets, catalogue.Features, then, result.After, help, within);
        return after is null ? null : new(helpBefore, help, before is null ? 0 : Bits.Count(before), Bits.Count(after), after);
    }

    private static decimal Mean(decimal yuan, int households) => households == 0 ? 0 : decimal.Round(yuan / households, 0, MidpointRounding.AwayFromZero);

    private static int Visits(RehearsalAsk ask, List<Problem> problems)
    {
        if (ask.Visits.Length == 0)
            return 1;
        if (int.TryParse(ask.Visits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var visits) && visits <= MostVisits)
            return visits;
        problems.Add(Refusals.BadNumber("visits", ask.Visits));
        return 1;
    }
}
