using System.Globalization;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Applying;

/// <summary>Adds up what forms ask of people, by form and month. Who filled them in is not in it, and cannot be found out from it.</summary>
internal sealed class Burdens(ShouwangDb db)
{
    // Of one statement.
    private const int MostFields = 200;

    public async Task Add(string county, IReadOnlyList<VisitContent> visits, CancellationToken cancel)
    {
        // What was added to a visit counts as a form of its own; its facts are among the visit's answers.
        var added = visits.SelectMany(v => v.Forms.Where(f => f.Code.Length is > 0 and <= 40 && f.Code != v.Burden?.Form).Select(f => v with { Burden = new(f.Code, f.Asked, 0, 0, f.Typed, 0), Answers = [] }));
        var counted = visits.Concat(added).Where(v => v.Burden is { Form.Length: > 0 and <= 40 })
            .GroupBy(v => (v.Burden!.Form, Month: v.VisitedOn.ToString("yyyy-MM", CultureInfo.InvariantCulture)))
            // In the order of their names, so that two servers that add at once do not wait for each other crosswise.
            .OrderBy(g => g.Key.Form, StringComparer.Ordinal).ThenBy(g => g.Key.Month, StringComparer.Ordinal);
        foreach (var group in counted)
        {
            long Sum(Func<BurdenContent, int> count) => group.Sum(v => Most(count(v.Burden!)));
            await db.Execute("""
                insert into field_burden (county, form, month, visits, asked, prefilled, confirmed, typed, taps)
                values (@county, @form, @month, @visits, @asked, @prefilled, @confirmed, @typed, @taps)
                on conflict (county, form, month) do update set visits = field_burden.visits + excluded.visits, asked = field_burden.asked + excluded.asked,
                    prefilled = field_burden.prefilled + excluded.prefilled, confirmed = field_burden.confirmed + excluded.confirmed,
                    typed = field_burden.typed + excluded.typed, taps = field_burden.taps + excluded.taps
                """, cancel, ("@county", county), ("@form", group.Key.Form), ("@month", group.Key.Month), ("@visits", group.LongCount()), ("@asked", Sum(b => b.Asked)),
                ("@prefilled", Sum(b => b.Prefilled)), ("@confirmed", Sum(b => b.Confirmed)), ("@typed", Sum(b => b.Typed)), ("@taps", Sum(b => b.Taps)));
            await Fields(county, group.Key.Form, group.Key.Month, [.. group.SelectMany(v => v.Answers).Where(a => a.Attribute.Length is > 0 and <= 40)
                .GroupBy(a => $"{(a.Member is null ? "household" : "member")}.{a.Attribute}").OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, g.LongCount(), g.LongCount(a => a.How != "confirmed")))], cancel);
        }
    }

    private async Task Fields(string county, string form, string month, IReadOnlyList<(string Name, long Asked, long Changed)> fields, CancellationToken cancel)
    {
        foreach (var some in fields.Chunk(MostFields))
            await db.Execute($"""
                insert into field_burden_fields (county, form, field, month, asked, changed)
                values {string.Join(", ", some.Select((_, i) => $"(@county, @form, @field{i}, @month, @asked{i}, @changed{i})"))}
                on conflict (county, form, field, month) do update set asked = field_burden_fields.asked + excluded.asked,
                    changed = field_burden_fields.changed + excluded.changed
                """, cancel, [("@county", county), ("@form", form), ("@month", month),
                .. some.SelectMany((f, i) => ((string, object?)[])[($"@field{i}", f.Name), ($"@asked{i}", f.Asked), ($"@changed{i}", f.Changed)])]);
    }

    // A phone that counts wrongly must not spoil the month.
    private static long Most(int count) => Math.Clamp(count, 0, 10_000);
}
