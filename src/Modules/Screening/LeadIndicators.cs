using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>M12: the leads of the month, and those of the year; M14. INDICATORS §2.</summary>
/// <remarks>A lead belongs to the department of its first rule, in the order of rules; one that people reported to none.</remarks>
internal sealed class LeadIndicators(ShouwangDb db) : IIndicatorSource
{
    private static readonly string Verified = string.Join(", ", new[] { LeadEvent.ReportNoRisk, LeadEvent.SolveOnSpot, LeadEvent.Escalate, LeadEvent.OpenGreenChannel }.Select(e => $"'{e}'"));

    public IReadOnlyList<string> Codes => ["M12n", "M12r", "M12t", "M12d", "M12y", "M12v", "M12vd", "M14"];

    public Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var (year, month) = (new DateOnly(asOf.Year, 1, 1), new DateOnly(asOf.Year, asOf.Month, 1));
        // Thousands of leads name the same few rules.
        var known = new Dictionary<string, (string, string)[]>(StringComparer.Ordinal);
        (string, string)[] By(string rules) => known.TryGetValue(rules, out var by) ? by
            : known[rules] = [("department", JsonSerializer.Deserialize<string[]>(rules)!.Order(StringComparer.Ordinal).Select(r => policy.Rule(r)?.Department).FirstOrDefault(d => d is not null) ?? "")];
        // Leads of earlier years, too: their time may run out, or their finding come, in this month.
        return db.Read($"""
            select l.household_id, l.area, l.state, l.raised_on, l.verify_due_on, s.verified_on, l.rules
            from leads l left join (
                select lead_id, min(happened_on) as verified_on from lead_steps
                where county = @county and event in ({Verified}) and happened_on <= @to group by lead_id) s on s.lead_id = l.id
            where l.county = @county and l.raised_on <= @to and (l.raised_on >= @year or l.verify_due_on >= @month or s.verified_on >= @month)
            """, row =>
        {
            var (household, area, raised) = (row.GetGuid(0), row.GetString(1), row.GetFieldValue<DateOnly>(3));
            DateOnly? due = row.IsDBNull(4) ? null : row.GetFieldValue<DateOnly>(4), verified = row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5);
            var by = By(row.GetString(6));
            void Count(string code, decimal numerator, decimal denominator) => part(new(code, area, household, numerator, denominator) { By = by });
            if (raised >= year)
            {
                Count("M12y", 1, 0);
                Count("M12v", verified is null ? 0 : 1, 0);
            }
            if (raised >= month)
            {
                Count("M12n", 1, 0);
                Count("M12r", verified is null ? 0 : 1, 1);
            }
            // A lead counts once: in the month of its finding if that came in time, else in the month in which its time ran out.
            if (due is { } last && (verified <= last ? verified : last < asOf ? last.AddDays(1) : null) is { } counts && counts >= month)
                Count("M12t", verified <= last ? 1 : 0, 1);
            if (verified is not { } on)
                return;
            if (on >= month)
                Count("M12d", on.DayNumber - raised.DayNumber, 1);
            if (raised < year)
                return;
            Count("M12vd", on.DayNumber - raised.DayNumber, 1);
            Count("M14", row.GetString(2) is nameof(LeadState.Escalated) or nameof(LeadState.GreenChannel) ? 1 : 0, 1);
        }, cancel, ("@county", county.Digits), ("@year", year), ("@month", month), ("@to", asOf));
    }
}
