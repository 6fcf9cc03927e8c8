using System.Data.Common;
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
        var (unverified, complaints) = (columns["leads.days_unverified"], columns["leads.complaints_30d"]);
        for (var i = 0; i < scope.Households.Count; i++)
        {
            unverified.Set(i, 0L);
            complaints.Set(i, 0L);
        }

        await db.Scan(scope, $"""
            select household_id, dispatched_on, code from leads
            where county = @county and dispatched_on <= @to and state in ('{nameof(LeadState.Dispatched)}', '{nameof(LeadState.Verifying)}')
            """, "household_id", (i, row) =>
        {
            var on = row.GetFieldValue<DateOnly>(1);
            unverified.Set(i, (long)(scope.AsOf.DayNumber - on.DayNumber), new("desk", on, row.GetString(2)));
        }, cancel, [("@to", scope.AsOf)]);

        var counts = new Dictionary<int, int>();
        (string, object?)[] days = [("@from", scope.AsOf.AddDays(-ComplaintDays)), ("@to", scope.AsOf)];
        void Count(int i, DbDataReader _) => counts[i] = counts.GetValueOrDefault(i) + 1;
        await db.Scan(scope, """
            select household_id from public_reports
            where county = @county and subject = 'complaint' and household_id is not null and received_on between @from and @to
            """, "household_id", Count, cancel, days);
        await db.Scan(scope, $"""
            select l.household_id from lead_reasons r join leads l on l.county = r.county and l.id = r.lead_id
            where r.county = @county and r.source in ('{nameof(LeadSource.Hotline)}', '{nameof(LeadSource.PetitionOrMedia)}') and r.on_day between @from and @to
            """, "l.household_id", Count, cancel, days);
        foreach (var (i, count) in counts)
            complaints.Set(i, (long)count);
    }
}
