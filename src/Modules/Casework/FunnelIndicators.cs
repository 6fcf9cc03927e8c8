using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>What became of the leads of the calendar year, and how long it took: M12c, M12k, M12p, M12m, M12e and the mean days of three of them. INDICATORS §2 counts stages; these follow the same households through them.</summary>
/// <remarks>Counted apart from the stages of all households, some of which were on the list long before: of the leads of this year no more can have a plan than were registered.</remarks>
internal sealed class FunnelIndicators(ShouwangDb db) : IIndicatorSource
{
    private const string Cases = "M12c", Registered = "M12k", Planned = "M12p", Helped = "M12m", Eliminated = "M12e";
    private const string DaysToRegister = "M12kd", DaysToHelp = "M12md", DaysToEliminate = "M12ed";

    public IReadOnlyList<string> Codes => [Cases, Registered, Planned, Helped, Eliminated, DaysToRegister, DaysToHelp, DaysToEliminate];

    public Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel) => db.Read($"""
        select c.household_id, c.area, c.raised_on, case when o.id is not null then c.closed_on end,
            exists (select 1 from plans p where p.county = c.county and p.household_id = c.household_id and p.approved_on between c.opened_on and @to),
            (select min(m.started_on) from measures m where m.county = c.county and m.household_id = c.household_id and m.started_on between c.opened_on and @to),
            case when o.eliminated_on between c.opened_on and @to then o.eliminated_on end
        from cases c left join monitored_objects o on o.county = c.county and o.household_id = c.household_id and o.state <> 'Removed'
            and c.state = '{CaseState.Registered}' and c.closed_on <= @to
        where c.county = @county and c.lead_id is not null and c.raised_on between @year and @to and c.opened_on <= @to
        """, row =>
    {
        var (household, area, raised) = (row.GetGuid(0), row.GetString(1), row.GetFieldValue<DateOnly>(2));
        DateOnly? DayIn(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);
        var (registered, helped, eliminated) = (DayIn(3), DayIn(5), DayIn(6));
        void Count(string code, bool counts) => part(new(code, area, household, counts ? 1 : 0, 0));
        // Urgent help comes before the list; it waited for no day of it.
        void Took(string code, DateOnly from, DateOnly? to)
        {
            if (to is { } day)
                part(new(code, area, household, Math.Max(0, day.DayNumber - from.DayNumber), 1));
        }
        Count(Cases, true);
        Count(Registered, registered is not null);
        Count(Planned, registered is not null && row.GetBoolean(4));
        Count(Helped, registered is not null && helped is not null);
        Count(Eliminated, registered is not null && eliminated is not null);
        Took(DaysToRegister, raised, registered);
        if (registered is not { } on)
            return;
        Took(DaysToHelp, on, helped);
        Took(DaysToEliminate, on, eliminated);
    }, cancel, ("@county", county.Digits), ("@year", new DateOnly(asOf.Year, 1, 1)), ("@to", asOf));
}
