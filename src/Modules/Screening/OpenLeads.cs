using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Screening;

/// <summary>Turns hits into leads: one open lead and one clock for a household, whatever speaks for it (DESIGN §3.6).</summary>
/// <remarks>
/// A rule that keeps holding says nothing new and opens nothing. It speaks again when it stopped and came back, when it went from
/// shadow to live, or when its lead was dismissed and the rule's silence (<see cref="RuleDefinition.TtlDays"/>) is over or its
/// level rose meanwhile. Running twice changes nothing.
/// </remarks>
internal sealed class OpenLeads(ShouwangDb db, Secrets secrets, TimeProvider clock)
{
    private sealed record Before(RuleState State, RuleLevel Level, DateOnly FirstOn, Guid? LeadId);

    private sealed record Known(Guid Id, Guid Household, bool Open, bool Dismissed, DateOnly? ClosedOn);

    /// <summary>Removes the hits of all households of a county but some, in the open transaction.</summary>
    public async Task Forget(string county, IReadOnlyCollection<Guid> except, CancellationToken cancel)
    {
        var gone = new HashSet<Guid>();
        await db.Scan("select household_id from rule_hits where county = @county", row => gone.Add(row.GetGuid(0)), cancel, ("@county", county));
        gone.ExceptWith(except);
        await Remove(county, gone, cancel);
    }

    /// <summary>Replaces the hits of the population's households and opens or joins leads, in the open transaction.</summary>
    /// <returns>How many leads were opened, and how many open ones were joined.</returns>
    public async Task<(int Opened, int Joined)> Take(Population population, IReadOnlyList<Hit> hits, CancellationToken cancel)
    {
        var (county, households) = (population.Scope.County.Digits, population.Scope.Households);
        var before = await HitsBefore(county, households, cancel);
        var leads = await Leads(county, households, cancel);
        var open = leads.Values.Where(l => l.Open).ToDictionary(l => l.Household, l => l.Id);

        var speaking = hits.Where(h => h.Rule.Definition.State == RuleState.Live && Speaks(h, population, before, leads)).ToList();
        var opening = speaking.Where(h => !h.Rule.Definition.OnlyJoins).Select(h => h.Index).ToHashSet();
        speaking.RemoveAll(h => !opening.Contains(h.Index) && !open.ContainsKey(population.Households[h.Index].Id));
        var explained = hits.AsParallel().ToDictionary(h => (h.Index, h.Rule.Definition.Id), h => Encrypted(Explain.Of(population, h.Index, h.Rule, h.Level, h.Category)));
        var opened = await Open(population, [.. speaking.GroupBy(h => h.Index).Where(g => !open.ContainsKey(population.Households[g.Key].Id))], open, cancel);
        var joined = await Join(population, [.. speaking.GroupBy(h => h.Index).Where(g => !opened.Contains(population.Households[g.Key].Id))], open, cancel);

        await WriteReasons(population, speaking, explained, open, cancel);
        await ReplaceHits(population, hits, explained, before, speaking, open, cancel);
        return (opened.Count, joined);
    }

    private static bool Speaks(Hit hit, Population population, Dictionary<(Guid, string), Before> before, Dictionary<Guid, Known> leads)
    {
        if (!before.TryGetValue((population.Households[hit.Index].Id, hit.Rule.Definition.Id), out var was) || was.State == RuleState.Shadow)
            return true;
        if (was.LeadId is not { } id || !leads.TryGetValue(id, out var lead))
            return true;
        return lead is { Dismissed: true, ClosedOn: { } closed }
            && (hit.Level > was.Level || closed.AddDays(hit.Rule.Definition.TtlDays) < population.Scope.AsOf);
    }

    private async Task<HashSet<Guid>> Open(
        Population population, IReadOnlyList<IGrouping<int, Hit>> households, Dictionary<Guid, Guid> open, CancellationToken cancel)
    {
        if (households.Count == 0)
            return [];
        var (asOf, county, now) = (population.Scope.AsOf, population.Scope.County.Digits, clock.GetUtcNow());
        var due = population.Policy.Due(LeadStates.Clocks.Total, asOf);
        var stageDue = population.Policy.Due(LeadStates.Clocks.Dispatch, asOf);
        var numbers = await db.TakeNumbers(county, 'L', asOf, households.Count, cancel);
        await new BulkInsert(db, "leads", ("county", ColumnType.Text), ("id", ColumnType.Uuid), ("code", ColumnType.Text), ("household_id", ColumnType.Uuid),
                ("area", ColumnType.Text), ("state", ColumnType.Text), ("level", ColumnType.Text), ("source", ColumnType.Text), ("rules", ColumnType.Text),
                ("raised_on", ColumnType.Date), ("received_at", ColumnType.BigInt), ("due_on", ColumnType.Date), ("stage_due_on", ColumnType.Date),
                ("category", ColumnType.Text), ("version", ColumnType.BigInt))
            .Write(households.Select((reasons, i) =>
            {
                var household = population.Households[reasons.Key];
                var id = open[household.Id] = Guid.CreateVersion7(now);
                return new object?[]
                {
                    county, id, numbers[i], household.Id, household.Area.Digits, nameof(LeadState.New), reasons.Max(h => h.Level).ToString(),
                    nameof(LeadSource.DepartmentWarning), RulesOf(reasons), asOf, now.ToUnixTimeMilliseconds(), due, stageDue, CategoryOf(reasons), 1L,
                };
            }), cancel);
        return [.. households.Select(g => population.Households[g.Key].Id)];
    }

    private async Task<int> Join(Population population, IReadOnlyList<IGrouping<int, Hit>> households, Dictionary<Guid, Guid> open, CancellationToken cancel)
    {
        var county = population.Scope.County.Digits;
        foreach (var chunk in households.Chunk(500))
        {
            var ids = chunk.Select(g => open[population.Households[g.Key].Id]).ToList();
            var leads = await db.Set<Lead>().Where(l => l.County == county && ids.Contains(l.Id)).ToDictionaryAsync(l => l.HouseholdId, cancel);
            foreach (var reasons in chunk)
            {
                var lead = leads[population.Households[reasons.Key].Id];
                var rules = JsonSerializer.Deserialize<List<string>>(lead.Rules)!;
                lead.Rules = JsonSerializer.Serialize(rules.Concat(reasons.Select(h => h.Rule.Definition.Id)).Distinct().Order(StringComparer.Ordinal));
                if (reasons.Max(h => h.Level) is var level && level > Enum.Parse<RuleLevel>(lead.Level))
                    lead.Level = level.ToString();
                lead.Category ??= CategoryOf(reasons);
                lead.Version++;
            }
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }
        return households.Count;
    }

    private Task WriteReasons(
        Population population, List<Hit> speaking, Dictionary<(int, string), byte[]> explained, Dictionary<Guid, Guid> open, CancellationToken cancel)
    {
        var county = population.Scope.County.Digits;
        return new BulkInsert(db, "lead_reasons", ("county", ColumnType.Text), ("id", ColumnType.Uuid), ("lead_id", ColumnType.Uuid), ("rule_id", ColumnType.Text),
                ("source", ColumnType.Text), ("level", ColumnType.Text), ("on_day", ColumnType.Date), ("explanation_enc", ColumnType.Bytes))
            .Write(speaking.Select(h => new object?[]
            {
                county, Guid.CreateVersion7(), open[population.Households[h.Index].Id], h.Rule.Definition.Id, nameof(LeadSource.DepartmentWarning),
                h.Level.ToString(), population.Scope.AsOf, explained[(h.Index, h.Rule.Definition.Id)],
            }), cancel);
    }

    private async Task ReplaceHits(
        Population population, IReadOnlyList<Hit> hits, Dictionary<(int, string), byte[]> explained, Dictionary<(Guid, string), Before> before,
        List<Hit> speaking, Dictionary<Guid, Guid> open, CancellationToken cancel)
    {
        var (county, asOf) = (population.Scope.County.Digits, population.Scope.AsOf);
        await Remove(county, population.Scope.Households, cancel);

        var spoke = speaking.ToHashSet(ReferenceEqualityComparer.Instance);
        await new BulkInsert(db, "rule_hits", ("county", ColumnType.Text), ("household_id", ColumnType.Uuid), ("rule_id", ColumnType.Text), ("area", ColumnType.Text),
                ("state", ColumnType.Text), ("level", ColumnType.Text), ("category", ColumnType.Text), ("first_on", ColumnType.Date), ("last_on", ColumnType.Date),
                ("lead_id", ColumnType.Uuid), ("explanation_enc", ColumnType.Bytes))
            .Write(hits.Select(h =>
            {
                var household = population.Households[h.Index];
                var was = before.GetValueOrDefault((household.Id, h.Rule.Definition.Id));
                return new object?[]
                {
                    county, household.Id, h.Rule.Definition.Id, household.Area.Digits, h.Rule.Definition.State.ToString(), h.Level.ToString(), h.Category,
                    was?.FirstOn ?? asOf, asOf, spoke.Contains(h) ? open[household.Id] : was?.LeadId, explained[(h.Index, h.Rule.Definition.Id)],
                };
            }), cancel);
    }

    private async Task Remove(string county, IReadOnlyCollection<Guid> households, CancellationToken cancel)
    {
        if (households.Count > 0)
            await db.Execute($"delete from rule_hits where county = @county and {db.Among("household_id", "@households")}", cancel,
                ("@county", county), ("@households", db.KeysOf(households)));
    }

    private async Task<Dictionary<(Guid, string), Before>> HitsBefore(string county, IReadOnlyList<Guid> households, CancellationToken cancel)
    {
        var hits = new Dictionary<(Guid, string), Before>();
        await db.Read($"""
            select household_id, rule_id, state, level, first_on, lead_id from rule_hits where county = @county and {db.Among("household_id", "@households")}
            """, row => hits.Add((row.GetGuid(0), row.GetString(1)), new(Enum.Parse<RuleState>(row.GetString(2)), Enum.Parse<RuleLevel>(row.GetString(3)),
                row.GetFieldValue<DateOnly>(4), row.IsDBNull(5) ? null : row.GetGuid(5))), cancel, ("@county", county), ("@households", db.KeysOf(households)));
        return hits;
    }

    private async Task<Dictionary<Guid, Known>> Leads(string county, IReadOnlyList<Guid> households, CancellationToken cancel)
    {
        var leads = new Dictionary<Guid, Known>();
        await db.Read($"""
            select id, household_id, state, closed_on from leads where county = @county and {db.Among("household_id", "@households")}
            """, row =>
        {
            var (id, state) = (row.GetGuid(0), Enum.Parse<LeadState>(row.GetString(2)));
            leads.Add(id, new(id, row.GetGuid(1), LeadStates.Open.Contains(state), state == LeadState.Dismissed, row.IsDBNull(3) ? null : row.GetFieldValue<DateOnly>(3)));
        }, cancel, ("@county", county), ("@households", db.KeysOf(households)));
        return leads;
    }

    private byte[] Encrypted(RuleExplanation explanation) => secrets.Encrypt(JsonSerializer.Serialize(explanation, JsonTexts.Options))!;

    private static string RulesOf(IEnumerable<Hit> reasons) =>
        JsonSerializer.Serialize(reasons.Select(h => h.Rule.Definition.Id).Order(StringComparer.Ordinal));

    /// <summary>The suggestion of the most urgent rule that makes one.</summary>
    private static string? CategoryOf(IEnumerable<Hit> reasons) =>
        reasons.Where(h => h.Category is not null).OrderByDescending(h => h.Level).ThenBy(h => h.Rule.Definition.Id, StringComparer.Ordinal).FirstOrDefault()?.Category;
}
