using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>Asks the live rules about some households, and reads the reasons of their leads.</summary>
internal sealed class HouseholdRules(ShouwangDb db, IFeatures features, RuleCatalogue catalogue, Secrets secrets) : IHouseholdRules
{
    public async Task<ILookup<Guid, OpenLead>> OpenLeads(Actor actor, CancellationToken cancel)
    {
        var leads = await db.Set<Lead>().AsNoTracking().VisibleTo(actor, Permissions.LeadsRead, l => l.HouseholdId)
            .Where(l => l.ClosedOn == null && LeadStates.Open.Contains(l.State)).ToListAsync(cancel);
        var ids = leads.Select(l => l.Id).ToList();
        var reasons = (await db.Set<LeadReason>().AsNoTracking().Where(r => r.County == actor.County && ids.Contains(r.LeadId) && r.ExplanationEnc != null)
            .OrderByDescending(r => r.OnDay).Select(r => new { r.LeadId, r.RuleId, r.ExplanationEnc }).ToListAsync(cancel)).ToLookup(r => r.LeadId);
        return leads.ToLookup(l => l.HouseholdId, l => new OpenLead(l.Id, l.Code, l.HouseholdId, LeadStates.NameOf(l.State), l.StageDueOn ?? l.DueOn,
            [.. reasons[l.Id].DistinctBy(r => r.RuleId).Take(3).Select(r => JsonSerializer.Deserialize<RuleExplanation>(secrets.Decrypt(r.ExplanationEnc)!, JsonTexts.Options)!.Says)]));
    }

    public IReadOnlyList<PhoneRule> Live(Policy policy) =>
    [
        .. catalogue.For(policy).Where(r => r.Blocked is null && r.Definition is { State: RuleState.Live, OnlyJoins: false }).Select(r => new PhoneRule(
            r.Definition.Id, r.Definition.Title, RuleJson.WithWords(r.When), new(r.Constants.Select(c => KeyValuePair.Create(c.Key, RuleJson.Of(c.Value)))))),
    ];

    public async Task<IReadOnlyDictionary<Guid, KnownToRules>> Of(
        AreaCode county, IReadOnlyCollection<Guid> households, DateOnly asOf, IReadOnlyCollection<string> besides, CancellationToken cancel)
    {
        var population = await features.Load(county, asOf, households, cancel);
        var rules = catalogue.For(population.Policy).Where(r => r.Blocked is null && r.Definition.State == RuleState.Live).ToList();
        var read = rules.SelectMany(r => r.When.Symbols).Select(s => s.Name).Concat(besides).Where(population.Columns.ContainsKey).Distinct().Order(StringComparer.Ordinal).ToList();
        var missing = population.Households.Select(_ => new SortedSet<string>(StringComparer.Ordinal)).ToList();
        foreach (var rule in rules)
        {
            var inputs = population.Inputs(rule.Constants);
            for (inputs.Index = 0; inputs.Index < population.Households.Count; inputs.Index++)
            {
                if (rule.When.Holds(inputs) is null)
                    missing[inputs.Index].UnionWith(Evaluation.Missing(rule.When, inputs).Select(s => s.Name));
            }
        }
        return population.Households.Index().ToDictionary(h => h.Item.Id, h => new KnownToRules(
            read.Where(f => population.Columns[f][h.Index].IsKnown).ToDictionary(f => f, f => population.Columns[f][h.Index]), [.. missing[h.Index]],
            read.Where(f => population.Columns[f].SourceOf(h.Index) is not null).ToDictionary(f => f, f => population.Columns[f].SourceOf(h.Index)!)));
    }
}
