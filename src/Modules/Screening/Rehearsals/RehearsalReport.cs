using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

/// <summary>Rehearsal for programs: figures, or everything that is wrong with what was asked.</summary>
internal sealed class RehearsalReport(Rehearse rehearse, Today today) : IRehearsal
{
    public async Task<Outcome<RehearsalFigures>> Run(Actor actor, IEnumerable<(string Name, string Value)> asked, CancellationToken cancel)
    {
        if (!actor.May(Permissions.RulesRead))
            return Refusals.NotPermitted(Permissions.RulesRead);
        var rehearsed = await rehearse.Run(actor, RehearsalAsk.Read(asked), cancel);
        return ProblemsOf(rehearsed) is { Count: > 0 } problems ? problems : Figures(rehearsed, actor.Area, today.Day);
    }

    /// <summary>What keeps a rehearsal from being what was asked: faults of new rules among it.</summary>
    public static List<Problem> ProblemsOf(Rehearsed rehearsed) =>
        [.. rehearsed.Problems, .. rehearsed.Errors.SelectMany(e => e.Value.Select(error => ProblemOf(rehearsed.Ask.Rules[e.Key], error)))];

    private static Problem ProblemOf(NewRule rule, RuleError error) => new(error.Code, 422,
        new($"新规则“{rule.When}”第{error.Line}行第{error.Column}列：{error.What.Zh}", $"New rule \"{rule.When}\", line {error.Line}, column {error.Column}: {error.What.En}"), error.Remedy);

    /// <param name="area">Of whoever asked.</param>
    public static RehearsalFigures Figures(Rehearsed r, AreaCode area, DateOnly asOf)
    {
        var (result, money, unwarned) = (r.Result, r.Money, r.Unwarned);
        return new(asOf, area.Digits, result.Population, [.. r.Ask.Pairs().Select(p => new RehearsalAsked(p.Name, p.Value))],
            Of(result.Now), Of(result.Then), Of(result.Entering), Of(result.Leaving), r.VisitsNeeded, new(money.Before, money.After, money.Entering, money.Leaving),
            [.. result.Rules.Select(m => Of(m, r.Past(m)))], [.. r.Counties.Select(Of)], [.. result.Townships.Select(Group)], [.. result.Categories.Select(Group)],
            [.. r.Causes.Select(c => new RehearsalCause(c.Households.Code, c.Households.Before, c.Households.After, c.Households.Entering, c.Households.Leaving,
                c.Measure?.Code, c.Yuan, c.Assumed))],
            [.. result.Overlaps.Select(o => new RehearsalOverlap(o.First, o.Second, o.Both, o.OfFirst, o.OfSecond))],
            r.Cliff is { } cliff ? new(cliff.Help, cliff.Before, cliff.After) : null, new(unwarned.Households, unwarned.Found));
    }

    private static RehearsalRule Of(RuleMove m, Precision? past) => new(
        m.Households.Code, m.Rule.Definition.Title, m.WasLive, m.IsLive, m.Households.Before, m.Households.After, m.Households.Entering, m.Households.Leaving,
        m.Unknown, m.Alone, past?.Share is { } share ? decimal.Round(share.Share, 6) : null, past is null ? 0 : past.Confirmed + past.Dismissed);

    private static RehearsalCounty Of(CountyRehearsed c) => new(
        c.County.Digits, c.Result.Population, c.Would.Policy.PovertyLine?.YuanPerHead, c.Would.Policy.MonitoringLine?.YuanPerHead,
        Of(c.Result.Now), Of(c.Result.Then), Of(c.Result.Entering), Of(c.Result.Leaving));

    private static RehearsalHeads Of(Heads heads) => new(heads.Households, heads.Persons);

    private static RehearsalGroup Group(Move move) => new(move.Code, move.Before, move.After, move.Entering, move.Leaving);
}
