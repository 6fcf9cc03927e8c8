using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>A condition of elimination and whether it holds.</summary>
/// <param name="Holds">False also where it cannot be told.</param>
/// <param name="Says">What to tell the user of it: that it is met, or what is missing.</param>
public sealed record GuardResult(string Code, bool Holds, Text Says, Text Source);

/// <summary>Looks at the conditions of the policy for eliminating a risk (DOMAIN §13).</summary>
/// <remarks>What cannot be told does not hold: a household is not let go because a value is missing.</remarks>
internal sealed class EliminationGuards(ShouwangDb db, IFeatures features, ILeadQueue leads, ILedger ledger, Today today)
{
    private static readonly Symbol[] Common =
    [
        new("line.poverty", RuleType.Decimal, Unit.YuanPerHead, new("扶贫标准", "the poverty line")),
        new("line.monitoring", RuleType.Decimal, Unit.YuanPerHead, new("监测线", "the monitoring line")),
        new("today", RuleType.Date, Unit.None, new("统计日", "the as-of day")),
    ];

    /// <summary>Every condition, in the order of the policy.</summary>
    public async Task<IReadOnlyList<GuardResult>> Look(MonitoredObject monitored, Contracts.EliminationWay way, CancellationToken cancel)
    {
        var population = await features.Load(new(monitored.County), today.Day, [monitored.HouseholdId], cancel);
        var policy = population.Policy;
        var symbols = new SymbolTable([.. features.All.Values.Select(f => f.Symbol), .. Common]);
        var inputs = population.Inputs(new Dictionary<string, RuleValue>(StringComparer.Ordinal)
        {
            ["line.poverty"] = RuleValue.Decimal(policy.PovertyLine?.YuanPerHead),
            ["line.monitoring"] = RuleValue.Decimal(policy.MonitoringLine?.YuanPerHead),
        });

        var results = new List<GuardResult>();
        foreach (var guard in policy.EliminationGuards)
        {
            var holds = guard.When is { } condition
                ? population.Households.Count == 1 && RuleExpression.Compile(condition, symbols, RuleType.Bool).Expression?.Holds(inputs) == true
                : await Builtin(guard.Builtin!, monitored, way, policy, cancel);
            results.Add(new(guard.Code, holds, holds ? guard.Met ?? guard.Missing : guard.Missing, guard.Source));
        }
        return results;
    }

    /// <summary>The conditions that do not hold, as one refusal, or null.</summary>
    public static Problem? Refusal(IReadOnlyList<GuardResult> guards)
    {
        var missing = guards.Where(g => !g.Holds).ToList();
        return missing.Count == 0 ? null : Refusals.GuardsMissing(missing.Count,
            new(string.Join('；', missing.Select(m => m.Says.Zh)), string.Join("; ", missing.Select(m => m.Says.En))));
    }

    /// <summary>The names a policy may use for conditions that are looked up here.</summary>
    public static readonly IReadOnlyList<string> Builtins = ["measure_for_each_cause", "no_open_lead", "no_open_issue", "no_new_risk"];

    private async Task<bool> Builtin(string name, MonitoredObject monitored, Contracts.EliminationWay way, Policy policy, CancellationToken cancel) => name switch
    {
        // A risk that went of itself needs no measure; its reason is stated instead.
        "measure_for_each_cause" => way == Contracts.EliminationWay.Natural || await EveryCauseAnswered(monitored, policy, cancel),
        "no_open_lead" => await leads.OpenOf(monitored.County, monitored.HouseholdId, cancel) is null,
        "no_open_issue" => await ledger.OpenCount(monitored.County, monitored.HouseholdId, cancel) == 0,
        "no_new_risk" => !await NewRisk(monitored, cancel),
        _ => false,
    };

    private async Task<bool> EveryCauseAnswered(MonitoredObject monitored, Policy policy, CancellationToken cancel)
    {
        var reached = await db.Set<Measure>().AsNoTracking()
            .Where(m => m.County == monitored.County && m.HouseholdId == monitored.HouseholdId && MeasureStates.Reached.Contains(m.State))
            .Select(m => m.Family).ToListAsync(cancel);
        return reached.Count > 0 && CauseList.Read(monitored.Causes).All(c =>
            !policy.CauseMeasures.TryGetValue(c.Code, out var accepted) || reached.Any(accepted.Families.Contains));
    }

    // A new risk: the household was taken into identification again after it was put on the list.
    private Task<bool> NewRisk(MonitoredObject monitored, CancellationToken cancel) => db.Set<IdentificationCase>().AnyAsync(
        c => c.County == monitored.County && c.HouseholdId == monitored.HouseholdId && CaseStates.Open.Contains(c.State), cancel);
}
