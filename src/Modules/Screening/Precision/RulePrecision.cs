using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Kernel.Statistics;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>Counts what became of leads. Figures reach as far as the permission to read rules; the leads themselves keep their own.</summary>
internal sealed class RulePrecision(ShouwangDb db, Policies policies, IIdentifiedHouseholds identified, Secrets secrets, Today today) : IRulePrecision
{
    private sealed record Counted(Guid Id, LeadState State, LeadSource Source, IReadOnlyList<string> Rules, int? Days);

    /// <summary>A lead that was dismissed, with the reason in words.</summary>
    /// <param name="Days">From the lead to its end.</param>
    /// <param name="Words">Null for people who see such words masked.</param>
    public sealed record Dismissal(string Code, AreaCode Village, DateOnly? On, int? Days, string? Words);

    public async Task<PrecisionReport> Of(Actor actor, PrecisionFilter filter, CancellationToken cancel)
    {
        var rows = await Narrow(db.Set<Lead>().AsNoTracking().VisibleTo(actor, Permissions.RulesRead), filter)
            .Select(l => new { l.Id, l.State, l.Source, l.Rules, l.RaisedOn, l.ClosedOn }).ToListAsync(cancel);
        var leads = rows.Select(l => new Counted(l.Id, l.State, l.Source, JsonSerializer.Deserialize<List<string>>(l.Rules)!,
            l.ClosedOn is { } closed ? closed.DayNumber - l.RaisedOn.DayNumber : null)).ToList();
        var policy = await policies.For(actor.Area.County, today.Day, cancel);
        var byRule = leads.SelectMany(l => l.Rules.Select(rule => (Rule: rule, Lead: l))).ToLookup(x => x.Rule, x => x.Lead);
        var live = policy.Rules.Where(r => r.State == RuleState.Live).Select(r => r.Id);
        return new(
            Ordered(byRule.Select(g => g.Key).Union(live).Select(id => Count(id, policy.Rule(id)?.Title ?? new(id, id), byRule[id]))),
            Ordered((await BySource(actor.County, leads, filter, cancel)).Select(g => Count(g.Key.ToString(), LeadWords.Of(g.Key), g))),
            await Unwarned(actor, filter, cancel));
    }

    /// <summary>Leads of a rule that were dismissed, the latest first, for those who may read leads.</summary>
    public async Task<IReadOnlyList<Dismissal>> Dismissed(Actor actor, PrecisionFilter filter, string rule, int take, CancellationToken cancel)
    {
        var quoted = $"\"{rule}\"";
        var leads = await Narrow(db.Set<Lead>().AsNoTracking().VisibleTo(actor, Permissions.LeadsRead, l => l.HouseholdId), filter)
            .Where(l => l.State == LeadState.Dismissed && l.Rules.Contains(quoted)).OrderByDescending(l => l.ClosedOn).ThenBy(l => l.Code).Take(take).ToListAsync(cancel);
        return [.. leads.Select(l => new Dismissal(l.Code, new(l.Area), l.ClosedOn, l.ClosedOn?.DayNumber - l.RaisedOn.DayNumber,
            actor.SeesMasked ? null : secrets.Decrypt(l.ResultEnc)))];
    }

    // Surely bad first: the upper bound of the interval says what the rule can be at best. Undecided ones can still be perfect.
    private static List<Precision> Ordered(IEnumerable<Precision> found) =>
        [.. found.OrderBy(p => p.Share?.High ?? 1).ThenByDescending(p => p.Warned).ThenBy(p => p.Id, StringComparer.Ordinal)];

    private static Precision Count(string id, Text title, IEnumerable<Counted> leads)
    {
        var list = leads.ToList();
        var dismissed = list.Count(l => l.State == LeadState.Dismissed);
        var open = list.Count(l => LeadStates.Open.Contains(l.State));
        var confirmed = list.Count - dismissed - open;
        return new(id, title, confirmed, dismissed, open, Proportion.Of(confirmed, confirmed + dismissed), Median([.. list.Select(l => l.Days).OfType<int>().Order()]));
    }

    private static decimal? Median(int[] sorted) =>
        sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2m;

    private async Task<IEnumerable<IGrouping<LeadSource, Counted>>> BySource(string county, List<Counted> leads, PrecisionFilter filter, CancellationToken cancel)
    {
        var known = leads.ToDictionary(l => l.Id);
        var from = filter.From ?? DateOnly.MinValue;
        var voices = await db.Set<LeadReason>().AsNoTracking().Where(r => r.County == county && r.RuleId == null && r.OnDay >= from)
            .Select(r => new { r.LeadId, r.Source }).Distinct().ToListAsync(cancel);
        return voices.Where(v => known.ContainsKey(v.LeadId) && Enum.TryParse<LeadSource>(v.Source, out _)).Select(v => (Source: Enum.Parse<LeadSource>(v.Source), Lead: known[v.LeadId]))
            .Concat(leads.Select(l => (l.Source, Lead: l)))
            .Concat(leads.Where(l => l.Rules.Count > 0).Select(l => (Source: LeadSource.DepartmentWarning, Lead: l)))
            .Distinct().GroupBy(x => x.Source, x => x.Lead);
    }

    private async Task<UnwarnedReport> Unwarned(Actor actor, PrecisionFilter filter, CancellationToken cancel)
    {
        var county = actor.County;
        var since = await db.Set<ScreeningRun>().AsNoTracking().Where(r => r.County == county).MinAsync(r => (DateOnly?)r.AsOf, cancel);
        if (since is not { } first)
            return new(null, 0, [], []);
        var from = filter.From > first ? filter.From.Value : first;
        var households = (await identified.In(filter.Area ?? actor.Area, cancel)).Where(h => h.On >= from && (filter.To is null || h.On <= filter.To)).ToList();
        var warned = new Dictionary<Guid, DateOnly>();
        foreach (var ids in households.Select(h => h.Household).Distinct().Chunk(500))
        {
            var reasons = await (
                from l in db.Set<Lead>().AsNoTracking()
                join r in db.Set<LeadReason>().AsNoTracking() on new { l.County, LeadId = l.Id } equals new { r.County, r.LeadId }
                where l.County == county && ids.Contains(l.HouseholdId) && r.RuleId != null
                group r.OnDay by l.HouseholdId into g
                select new { g.Key, First = g.Min() }).ToListAsync(cancel);
            foreach (var reason in reasons)
                warned[reason.Key] = reason.First;
        }
        var missed = households.Where(h => !warned.TryGetValue(h.Household, out var day) || day > h.On).OrderByDescending(h => h.On).ThenBy(h => h.Household).ToList();
        return new(first, households.Count,
            [.. households.GroupBy(h => h.Category).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new UnwarnedCategory(g.Key, g.Count(), missed.Count(m => m.Category == g.Key)))],
            missed);
    }

    private static IQueryable<Lead> Narrow(IQueryable<Lead> leads, PrecisionFilter filter)
    {
        if (filter.From is { } first)
            leads = leads.Where(l => l.RaisedOn >= first);
        if (filter.To is { } last)
            leads = leads.Where(l => l.RaisedOn <= last);
        if (filter.Area is { } area)
        {
            var (from, to) = (area.Digits, area.RangeEnd);
            leads = leads.Where(l => string.Compare(l.Area, from) >= 0 && string.Compare(l.Area, to) < 0);
        }
        return leads;
    }
}
