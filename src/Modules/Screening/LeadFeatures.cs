using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>What is known of a household's leads: how long the dispatched one waits, and who complained lately.</summary>
internal sealed class LeadFeatures(ShouwangDb db) : IFeatureSource
{
    private const int ComplaintDays = 30;

    public IReadOnlyList<Feature> Features =>
    [
        new(new("leads.days_unverified", RuleType.Int, Unit.Days, new("线索交办后未核查天数", "days since the lead was dispatched and not verified")),
            new("在办线索自交办之日起至统计日的天数；没有已交办未核查的线索时为0",
                "Days from the dispatch of the open lead to the as-of day; 0 when none waits to be verified")),
        new(new("leads.complaints_30d", RuleType.Int, Unit.Times, new("近30天信访舆情件数", "complaints in 30 days")),
            new("统计日及之前30天内涉及该户的信访、热线和舆情件数",
                "Petitions, calls to the hot line and media reports about the household on the as-of day and the 30 days before it")),
    ];

    public async Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var (county, from, to) = (scope.County.Digits, scope.AsOf.AddDays(-ComplaintDays), scope.AsOf);
        var (unverified, complaints) = (columns["leads.days_unverified"], columns["leads.complaints_30d"]);
        for (var i = 0; i < scope.Households.Count; i++)
        {
            unverified.Set(i, 0L);
            complaints.Set(i, 0L);
        }

        var ids = scope.Households;
        var waiting = db.Set<Lead>().AsNoTracking().Where(l => l.County == county && l.DispatchedOn != null && l.DispatchedOn <= to
            && (l.State == LeadState.Dispatched || l.State == LeadState.Verifying));
        if (!scope.WholeCounty)
            waiting = waiting.Where(l => ids.Contains(l.HouseholdId));
        foreach (var lead in await waiting.Select(l => new { l.HouseholdId, l.DispatchedOn, l.Code }).ToListAsync(cancel))
            if (scope.IndexOf(lead.HouseholdId) is >= 0 and var i)
                unverified.Set(i, (long)(to.DayNumber - lead.DispatchedOn!.Value.DayNumber), new("desk", lead.DispatchedOn, lead.Code));

        foreach (var (household, count) in await Complaints(county, from, to, scope.WholeCounty ? null : ids, cancel))
            if (scope.IndexOf(household) is >= 0 and var i)
                complaints.Set(i, (long)count);
    }

    /// <param name="households">Null for all.</param>
    private async Task<Dictionary<Guid, int>> Complaints(string county, DateOnly from, DateOnly to, IReadOnlyList<Guid>? households, CancellationToken cancel)
    {
        var (received, leads) = (db.Set<PublicReport>().AsNoTracking(), db.Set<Lead>().AsNoTracking());
        if (households is not null)
        {
            received = received.Where(r => r.HouseholdId != null && households.Contains(r.HouseholdId.Value));
            leads = leads.Where(l => households.Contains(l.HouseholdId));
        }
        var reports = await received
            .Where(r => r.County == county && r.Subject == "complaint" && r.HouseholdId != null && r.ReceivedOn >= from && r.ReceivedOn <= to)
            .Select(r => r.HouseholdId!.Value).ToListAsync(cancel);
        string[] sources = [nameof(LeadSource.Hotline), nameof(LeadSource.PetitionOrMedia)];
        var reasons = await db.Set<LeadReason>().AsNoTracking()
            .Where(r => r.County == county && sources.Contains(r.Source) && r.OnDay >= from && r.OnDay <= to)
            .Join(leads, r => new { r.County, Id = r.LeadId }, l => new { l.County, l.Id }, (r, l) => l.HouseholdId).ToListAsync(cancel);
        return reports.Concat(reasons).GroupBy(h => h).ToDictionary(g => g.Key, g => g.Count());
    }
}
