using System.Globalization;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Applying;

/// <summary>Adds up what forms ask of people, by form and month. Who filled them in is not in it, and cannot be found out from it.</summary>
internal sealed class Burdens(ShouwangDb db)
{
    public async Task Add(string county, VisitContent visit, CancellationToken cancel)
    {
        if (visit.Burden is not { Form: { Length: > 0 and <= 40 } form } burden)
            return;
        var month = visit.VisitedOn.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        await db.Execute("""
            insert into field_burden (county, form, month, visits, asked, prefilled, confirmed, typed, taps)
            values (@county, @form, @month, 1, @asked, @prefilled, @confirmed, @typed, @taps)
            on conflict (county, form, month) do update set visits = field_burden.visits + 1, asked = field_burden.asked + excluded.asked,
                prefilled = field_burden.prefilled + excluded.prefilled, confirmed = field_burden.confirmed + excluded.confirmed,
                typed = field_burden.typed + excluded.typed, taps = field_burden.taps + excluded.taps
            """, cancel, ("@county", county), ("@form", form), ("@month", month), ("@asked", Most(burden.Asked)), ("@prefilled", Most(burden.Prefilled)),
            ("@confirmed", Most(burden.Confirmed)), ("@typed", Most(burden.Typed)), ("@taps", Most(burden.Taps)));
        // In the order of their names, so that two servers that add at once do not wait for each other crosswise.
        foreach (var field in visit.Answers.Where(a => a.Attribute.Length is > 0 and <= 40)
            .GroupBy(a => $"{(a.Member is null ? "household" : "member")}.{a.Attribute}").OrderBy(g => g.Key, StringComparer.Ordinal))
            await db.Execute("""
                insert into field_burden_fields (county, form, field, month, asked, changed) values (@county, @form, @field, @month, @asked, @changed)
                on conflict (county, form, field, month) do update set asked = field_burden_fields.asked + excluded.asked,
                    changed = field_burden_fields.changed + excluded.changed
                """, cancel, ("@county", county), ("@form", form), ("@field", field.Key), ("@month", month), ("@asked", field.LongCount()),
                ("@changed", field.LongCount(a => a.How != "confirmed")));
    }

    // A phone that counts wrongly must not spoil the month.
    private static long Most(int count) => Math.Clamp(count, 0, 10_000);
}
