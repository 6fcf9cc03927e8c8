using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Screening;

/// <summary>Leads as people and programs list them, inside the area of whoever asks.</summary>
internal sealed class ListLeads(ShouwangDb db, IHouseholds households, PersonReports reports, TakeLeadStep step, Policies policies, Today today) : ILeads
{
    public async Task<IReadOnlyList<LeadSummary>> Of(Actor actor, Guid household, CancellationToken cancel) =>
        await Summaries(await db.Set<Lead>().AsNoTracking().VisibleTo(actor, Permissions.LeadsRead, l => l.HouseholdId)
            .Where(l => l.HouseholdId == household).OrderByDescending(l => l.RaisedOn).ToListAsync(cancel), actor, cancel);

    public async Task<IReadOnlyList<LeadSummary>> Open(Actor actor, bool shadow, CancellationToken cancel) =>
        shadow ? await Shadow(actor, cancel)
            : await Summaries(await db.Set<Lead>().AsNoTracking().VisibleTo(actor, Permissions.LeadsRead, l => l.HouseholdId)
                .Where(l => LeadStates.Open.Contains(l.State)).OrderBy(l => l.DueOn).ThenBy(l => l.Code).ToListAsync(cancel), actor, cancel);

    public Task<Outcome<Guid>> Report(Actor actor, PersonReport report, CancellationToken cancel) => reports.Report(actor, report, cancel);

    public async Task<Outcome<LeadState>> Visited(Actor actor, Guid lead, Guid visit, bool risk, string words, CancellationToken cancel) => await db.Atomically<LeadState>(async () =>
    {
        if (await db.Set<Lead>().AnyAsync(l => l.County == actor.County && l.Id == lead && l.State == LeadState.Dispatched, cancel)
            && await step.Run(actor, lead, new(LeadEvent.Accept), cancel) is { Succeeded: false } refused)
            return refused.Problems.ToList();
        await db.SaveChangesAsync(cancel);
        var taken = await step.Run(actor, lead, new(risk ? LeadEvent.Escalate : LeadEvent.ReportNoRisk, words, Visit: visit), cancel);
        await db.SaveChangesAsync(cancel);
        return taken.Succeeded ? taken.Value.State : taken.Problems.ToList();
    }, cancel);

    /// <summary>What the reasons of a lead said, oldest first.</summary>
    private async Task<IReadOnlyList<LeadSummary>> Summaries(List<Lead> leads, Actor actor, CancellationToken cancel)
    {
        var refs = await households.Refs(actor.County, [.. leads.Select(l => l.HouseholdId).Distinct()], cancel);
        return [.. leads.Where(l => refs.ContainsKey(l.HouseholdId)).Select(l => new LeadSummary(
            l.Id, l.Code, l.HouseholdId, refs[l.HouseholdId].Code, l.Area, l.State.ToString(), Enum.Parse<RuleLevel>(l.Level), l.RaisedOn, l.DueOn,
            JsonSerializer.Deserialize<List<string>>(l.Rules)!, l.Category))];
    }

    // Shadow hits have no lead and no clock; they are shown as they would have come out.
    private async Task<IReadOnlyList<LeadSummary>> Shadow(Actor actor, CancellationToken cancel)
    {
        var hits = await db.Set<RuleHit>().AsNoTracking().VisibleTo(actor, Permissions.RulesRead)
            .Where(h => h.State == RuleState.Shadow).OrderBy(h => h.Area).ToListAsync(cancel);
        var refs = await households.Refs(actor.County, [.. hits.Select(h => h.HouseholdId).Distinct()], cancel);
        var policy = await policies.For(actor.Area.County, today.Day, cancel);
        return [.. hits.Where(h => refs.ContainsKey(h.HouseholdId)).GroupBy(h => h.HouseholdId).Select(g => new LeadSummary(
            Guid.Empty, "", g.Key, refs[g.Key].Code, g.First().Area, nameof(RuleState.Shadow), g.Max(h => h.Level), g.Min(h => h.FirstOn),
            policy.Due(LeadStates.Clocks.Total, g.Min(h => h.FirstOn)), [.. g.Select(h => h.RuleId).Order(StringComparer.Ordinal)],
            g.OrderByDescending(h => h.Level).Select(h => h.Category).FirstOrDefault(c => c is not null))).OrderBy(l => l.Household, StringComparer.Ordinal)];
    }
}
