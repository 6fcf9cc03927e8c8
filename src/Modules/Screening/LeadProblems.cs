using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>Leads as problems of the ledger: those that wait past their last day, and those whose check found a rule right that an office can mend.</summary>
internal sealed class LeadProblems(ShouwangDb db, Policies policies) : IProblemSource
{
    private static readonly IReadOnlyList<LeadState> FoundRight = [LeadState.Escalated, LeadState.GreenChannel];

    public IReadOnlyCollection<IssueTrigger> Triggers => [IssueTrigger.LeadWaiting, IssueTrigger.LeadConfirmed];

    public Task<IReadOnlyList<StandingProblem>> Standing(AreaCode county, IssueRule rule, DateOnly today, CancellationToken cancel) =>
        rule.When == IssueTrigger.LeadWaiting ? Waiting(county.Digits, rule, today, cancel) : Confirmed(county, rule, today, cancel);

    private async Task<IReadOnlyList<StandingProblem>> Waiting(string county, IssueRule rule, DateOnly today, CancellationToken cancel)
    {
        List<LeadState> states = rule.WaitsFor switch
        {
            LeadWait.Dispatch => [LeadState.New],
            LeadWait.Visit => [LeadState.Dispatched, LeadState.Verifying],
            LeadWait.Confirmation => [LeadState.DismissalProposed],
        };
        var late = await db.Set<Lead>().AsNoTracking().Where(l => l.County == county && states.Contains(l.State) && l.StageDueOn < today)
            .Select(l => new { l.Id, l.Code, l.Area, l.HouseholdId, l.StageDueOn, l.Rules }).ToListAsync(cancel);
        return [.. late.Where(l => rule.Checks.Count == 0 || RulesOf(l.Rules).Any(rule.Covers))
            .Select(l => new StandingProblem(l.Id, null, rule.Title, l.Area, l.HouseholdId, l.StageDueOn!.Value.AddDays(1), l.Code))];
    }

    /// <summary>As long as one of the rules holds for the household: then there is still something to mend.</summary>
    private async Task<IReadOnlyList<StandingProblem>> Confirmed(AreaCode county, IssueRule rule, DateOnly today, CancellationToken cancel)
    {
        var (key, checks) = (county.Digits, rule.Checks.ToList());
        var holding = (await db.Set<RuleHit>().AsNoTracking().Where(h => h.County == key && h.State == RuleState.Live && checks.Contains(h.RuleId))
            .Select(h => new { h.HouseholdId, h.RuleId }).ToListAsync(cancel)).ToLookup(h => h.HouseholdId, h => h.RuleId);
        if (holding.Count == 0)
            return [];
        var titles = (await policies.For(county, today, cancel)).Rules.ToDictionary(r => r.Id, r => r.Title);
        var found = new List<StandingProblem>();
        await foreach (var lead in db.Set<Lead>().AsNoTracking().Where(l => l.County == key && FoundRight.Contains(l.State))
            .Select(l => new { l.Id, l.Code, l.Area, l.HouseholdId, l.ClosedOn, l.RaisedOn, l.Rules }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            var right = RulesOf(lead.Rules).Intersect(holding[lead.HouseholdId]).Order(StringComparer.Ordinal).Select(r => titles.GetValueOrDefault(r, new(r, r))).ToList();
            if (right.Count > 0)
                found.Add(new(lead.Id, null, new(string.Join('、', right.Select(t => t.Zh)), string.Join(", ", right.Select(t => t.En))), lead.Area, lead.HouseholdId, lead.ClosedOn ?? lead.RaisedOn, lead.Code));
        }
        return found;
    }

    private static List<string> RulesOf(string json) => JsonSerializer.Deserialize<List<string>>(json)!;
}
