using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>What became of the leads of the calendar year: M12c, M12k, M12p, M12m, M12e. INDICATORS §2 counts stages; these follow the same households through them.</summary>
/// <remarks>Counted apart from the stages of all households, some of which were on the list long before: of the leads of this year no more can have a plan than were registered.</remarks>
internal sealed class FunnelIndicators(ShouwangDb db) : IIndicatorSource
{
    private const string Cases = "M12c", Registered = "M12k", Planned = "M12p", Helped = "M12m", Eliminated = "M12e";

    public IReadOnlyList<string> Codes => [Cases, Registered, Planned, Helped, Eliminated];

    public Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel) => db.Read($"""
        select c.household_id, c.area, o.id is not null,
            exists (select 1 from plans p where p.county = c.county and p.household_id = c.household_id and p.approved_on between c.opened_on and @to),
            exists (select 1 from measures m where m.county = c.county and m.household_id = c.household_id and m.started_on between c.opened_on and @to),
            o.eliminated_on between c.opened_on and @to
        from cases c left join monitored_objects o on o.county = c.county and o.household_id = c.household_id and o.state <> 'Removed'
            and c.state = '{CaseState.Registered}' and c.closed_on <= @to
        where c.county = @county and c.lead_id is not null and c.raised_on between @year and @to and c.opened_on <= @to
        """, row =>
    {
        var (household, area, registered) = (row.GetGuid(0), row.GetString(1), row.GetBoolean(2));
        void Count(string code, bool counts) => part(new(code, area, household, counts ? 1 : 0, 0));
        Count(Cases, true);
        Count(Registered, registered);
        Count(Planned, registered && row.GetBoolean(3));
        Count(Helped, registered && row.GetBoolean(4));
        Count(Eliminated, registered && !row.IsDBNull(5) && row.GetBoolean(5));
    }, cancel, ("@county", county.Digits), ("@year", new DateOnly(asOf.Year, 1, 1)), ("@to", asOf));
}
