using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>M12, M14: the leads of the calendar year, how many were verified, how fast, and what came of them. INDICATORS §2.</summary>
internal sealed class LeadIndicators(ShouwangDb db) : IIndicatorSource
{
    private static readonly string Verified = string.Join(", ", new[] { LeadEvent.ReportNoRisk, LeadEvent.SolveOnSpot, LeadEvent.Escalate, LeadEvent.OpenGreenChannel }.Select(e => $"'{e}'"));

    public IReadOnlyList<string> Codes => ["M12n", "M12r", "M12t", "M12d", "M14"];

    public Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel) => db.Read($"""
        select l.household_id, l.area, l.state, l.raised_on, l.verify_due_on, s.verified_on
        from leads l left join (
            select lead_id, min(happened_on) as verified_on from lead_steps
            where county = @county and event in ({Verified}) and happened_on <= @to group by lead_id) s on s.lead_id = l.id
        where l.county = @county and l.raised_on between @from and @to
        """, row =>
    {
        var (household, area, raised) = (row.GetGuid(0), row.GetString(1), row.GetFieldValue<DateOnly>(3));
        DateOnly? due = row.IsDBNull(4) ? null : row.GetFieldValue<DateOnly>(4), verified = row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5);
        part(new("M12n", area, household, 1, 0));
        part(new("M12r", area, household, verified is null ? 0 : 1, 1));
        // Whose time is not over yet is neither in time nor late.
        if (due is { } last && (verified is not null || last < asOf))
            part(new("M12t", area, household, verified <= last ? 1 : 0, 1));
        if (verified is not { } on)
            return;
        part(new("M12d", area, household, on.DayNumber - raised.DayNumber, 1));
        part(new("M14", area, household, row.GetString(2) is nameof(LeadState.Escalated) or nameof(LeadState.GreenChannel) ? 1 : 0, 1));
    }, cancel, ("@county", county.Digits), ("@from", new DateOnly(asOf.Year, 1, 1)), ("@to", asOf));
}
