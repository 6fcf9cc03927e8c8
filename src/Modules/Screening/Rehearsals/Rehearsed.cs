using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Statistics;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening;

/// <summary>A cause with what helping would cost, over all counties.</summary>
/// <param name="Yuan">A household and year; null where nobody knows, or where counties differ.</param>
/// <param name="Entering">Yuan a year for the households entering.</param>
/// <param name="After">Yuan a year for all.</param>
internal sealed record CauseMoney(Move Households, MeasureDefinition? Measure, decimal? Yuan, bool Assumed, bool Differs, decimal Entering, decimal After);

/// <summary>Households just above the line that lose more help than they have above it, over all counties, each with its own line and help.</summary>
/// <param name="Help">What is lost, yuan a household and year: as typed, else the mean over all counties.</param>
internal sealed record CliffFigures(decimal Help, int Before, int After);

/// <summary>A rehearsal with everything its page shows: one county, or several side by side and together.</summary>
/// <param name="Ask">What is changed; nothing that says the same as the policies in force.</param>
/// <param name="InForce">The policies in force now.</param>
/// <param name="Counties">In the order of their codes; each opens by itself.</param>
/// <param name="Visits">How often somebody goes to a household that enters.</param>
/// <param name="Problems">What could not be tried; named by county where only some have it.</param>
internal sealed record Rehearsed(RehearsalAsk Ask, InForce InForce, IReadOnlyList<CountyRehearsed> Counties, int Visits, IReadOnlyList<Problem> Problems)
{
    private Moves? _result;

    /// <summary>All figures together.</summary>
    public Moves Result => _result ??= Moves.Together([.. Counties.Select(c => (c.County, (Moves)c.Result))]);

    /// <summary>One county of it by itself.</summary>
    /// <param name="ask">What is asked of that county.</param>
    public Rehearsed Only(AreaCode county, RehearsalAsk ask)
    {
        var only = Counties.Single(c => c.County == county);
        return new(ask, new([only.Policy]), [only], Visits, []);
    }

    /// <summary>More than one county is rehearsed.</summary>
    public bool IsSeveral => Counties.Count > 1;

    /// <summary>Households that enter, each as often as somebody has to go there.</summary>
    public long VisitsNeeded => (long)Result.Entering.Households * Visits;

    public HelpMoney Money => Counties.Aggregate(default(HelpMoney), (sum, c) => sum + c.Money);

    public (int Households, int Found) Unwarned => (Counties.Sum(c => c.Unwarned.Count), Counties.Sum(c => c.Unwarned.Found));

    /// <summary>When the oldest facts were read; null where there is no county.</summary>
    public DateTimeOffset? ReadAt => Counties.Count == 0 ? null : Counties.Min(c => c.Sets.ReadAt);

    /// <summary>What is wrong with new rules, by their position: the same everywhere, since every county has the same features.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<RuleError>> Errors => Counties.Count == 0 ? new Dictionary<int, IReadOnlyList<RuleError>>() : Counties[0].Would.Errors;

    /// <summary>Null where no county has a line.</summary>
    public CliffFigures? Cliff => Counties.Select(c => c.Cliff).OfType<CliffFound>().ToList() is not { Count: > 0 } found ? null : new(
        found.Count == 1 || found.All(c => c.Help == found[0].Help) ? found[0].Help : CountyRehearsed.Mean(Money.After, Result.Then.Households),
        found.Sum(c => c.Before), found.Sum(c => c.After));

    /// <summary>The lines of counties that have none, if the rehearsal gives them none either.</summary>
    public IReadOnlyList<AreaCode> WithoutLine => [.. Counties.Where(c => c.Would.Policy.MonitoringLine is null).Select(c => c.County)];

    public IReadOnlyList<CauseMoney> Causes => [.. Result.Causes.Select(move =>
    {
        var parts = Counties.Select(c => (Move: c.Result.Causes.FirstOrDefault(m => m.Code == move.Code), Cost: c.Costs.FirstOrDefault(m => m.Cause == move.Code)))
            .Where(p => p is { Move: not null, Cost: not null }).ToList();
        var costs = parts.Select(p => (p.Cost!.Measure?.Code, p.Cost.Yuan)).Distinct().ToList();
        var first = parts.Select(p => p.Cost!).FirstOrDefault();
        return new CauseMoney(move, first?.Measure, costs is [var (_, yuan)] ? yuan : null, parts.Any(p => p.Cost!.Assumed), costs.Count > 1,
            parts.Sum(p => p.Move!.Entering * (p.Cost!.Yuan ?? 0)), parts.Sum(p => p.Move!.After * (p.Cost!.Yuan ?? 0)));
    })];

    /// <summary>What became of the past leads of a rule, by its code among <see cref="Result"/>.</summary>
    public Precision? Past(RuleMove move)
    {
        var past = Counties.Where(c => Moves.CodeOf(move.Rule, c.County, IsSeveral) == move.Households.Code)
            .Select(c => c.History.GetValueOrDefault(move.Rule.Definition.Id)).OfType<Precision>().ToList();
        if (past.Count <= 1)
            return past.FirstOrDefault();
        var (confirmed, dismissed) = (past.Sum(p => p.Confirmed), past.Sum(p => p.Dismissed));
        return new(past[0].Id, past[0].Title, confirmed, dismissed, past.Sum(p => p.Open), Proportion.Of(confirmed, confirmed + dismissed), null);
    }
}
