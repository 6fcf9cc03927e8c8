using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Upkeep;

/// <summary>What a form cost in a month, all visits of the county together.</summary>
internal sealed record FormMonth(string Form, string Month, long Visits, long Asked, long Prefilled, long Confirmed, long Typed, long Taps)
{
    /// <summary>The share of questions that had an answer already, 0 to 1.</summary>
    public decimal PrefilledShare => Asked == 0 ? 0 : (decimal)Prefilled / Asked;

    public decimal AskedEach => Visits == 0 ? 0 : (decimal)Asked / Visits;
    public decimal TypedEach => Visits == 0 ? 0 : (decimal)Typed / Visits;
    public decimal TapsEach => Visits == 0 ? 0 : (decimal)Taps / Visits;
}

/// <summary>A question that is asked and asked, and whose answer never changes.</summary>
internal sealed record IdleField(string Form, string Field, long Asked);

/// <summary>Reads what forms cost people: by form and month, never by person.</summary>
internal sealed class BurdenMeter(ShouwangDb db)
{
    public async Task<IReadOnlyList<FormMonth>> Months(Actor actor, CancellationToken cancel)
    {
        var found = new List<FormMonth>();
        await db.Read("select form, month, visits, asked, prefilled, confirmed, typed, taps from field_burden where county = @county order by form, month desc", row =>
            found.Add(new(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7))),
            cancel, ("@county", actor.County));
        return found;
    }

    /// <summary>The questions asked most since a month though nobody changed an answer.</summary>
    public async Task<IReadOnlyList<IdleField>> Idle(Actor actor, string since, CancellationToken cancel)
    {
        var found = new List<IdleField>();
        await db.Read("""
            select form, field, cast(sum(asked) as bigint) from field_burden_fields where county = @county and month >= @since
            group by form, field having sum(changed) = 0 order by sum(asked) desc, form, field limit 20
            """, row => found.Add(new(row.GetString(0), row.GetString(1), row.GetInt64(2))), cancel, ("@county", actor.County), ("@since", since));
        return found;
    }
}
