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
        [.. rehearsed.Problems, .. rehearsed.Would.Errors.SelectMany(e => e.Value.Select(error => ProblemOf(rehearsed.Ask.Rules[e.Key], error)))];

    private static Problem ProblemOf(NewRule rule, RuleError error) => new(error.Code, 422,
        new($"新规则“{rule.When}”第{error.Line}行第{error.Column}列：{error.What.Zh}", $"New rule \"{rule.When}\", line {error.Line}, column {error.Column}: {error.What.En}"), error.Remedy);

    public static RehearsalFigures Figures(Rehearsed r, AreaCode area, DateOnly asOf)
    {
        var (result, costs) = (r.Result, r.Costs.ToDictionary(c => c.Cause));
        return new(asOf, area.Digits, result.Population, [.. r.Ask.Pairs().Select(p => new RehearsalAsked(p.Name, p.Value))],
            Of(result.Now), Of(result.Then), Of(result.Entering), Of(result.Leaving), r.VisitsNeeded,
            new(r.Money.Before, r.Money.After, r.Money.Entering, r.Money.Leaving),
            [.. result.Rules.Select(m => new RehearsalRule(m.Households.Code, m.Rule.Definition.Title, m.WasLive, m.IsLive, m.Households.Before, m.Households.After,
                m.Households.Entering, m.Households.Leaving, m.Unknown, m.Alone, Share(r.History.GetValueOrDefault(m.Households.Code)),
                r.History.GetValueOrDefault(m.Households.Code) is { } past ? past.Confirmed + past.Dismissed : 0))],
            [.. result.Townships.Select(Group)], [.. result.Categories.Select(Group)],
            [.. result.Causes.Select(c => new RehearsalCause(c.Code, c.Before, c.After, c.Entering, c.Leaving, costs.GetValueOrDefault(c.Code)?.Measure?.Code,
                costs.GetValueOrDefault(c.Code)?.Yuan, costs.GetValueOrDefault(c.Code)?.Assumed ?? false))],
            [.. result.Overlaps.Select(o => new RehearsalOverlap(o.First, o.Second, o.Both, o.OfFirst, o.OfSecond))],
            r.Cliff is { } cliff ? new(cliff.Help, cliff.Before, cliff.After) : null, new(r.UnwarnedCount, r.UnwarnedFound));
    }

    private static decimal? Share(Precision? past) => past?.Share is { } share ? decimal.Round(share.Share, 6) : null;

    private static RehearsalHeads Of(Heads heads) => new(heads.Households, heads.Persons);

    private static RehearsalGroup Group(Move move) => new(move.Code, move.Before, move.After, move.Entering, move.Leaving);
}
