using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Facts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

/// <summary>Reads the typed tables value by value, with the source and the day that stand beside them.</summary>
internal sealed class CurrentRegister(ShouwangDb db, Secrets secrets) : ICurrentFacts
{
    public async Task<IReadOnlyList<Guid>> Visible(Actor actor, string permission, CancellationToken cancel) =>
        await db.Set<Household>().AsNoTracking().VisibleTo(actor, permission, h => h.Id).OrderBy(h => h.Area).ThenBy(h => h.Code).Select(h => h.Id).ToListAsync(cancel);

    public async Task<IReadOnlyList<CurrentFacts>> Of(string county, IReadOnlyCollection<Guid> households, CancellationToken cancel)
    {
        var found = new List<CurrentFacts>();
        if (households.Count == 0)
            return found;
        foreach (var subject in (Subject[])[Subject.Households, Subject.Members])
        {
            var key = subject.IsMember ? "household_id" : "id";
            await db.Read($"""
                select s.{key}, s.id, s.area, s.source, s.observed_on, s.other_sources, {subject.Select("s")}
                from {subject.Table} s where s.county = @county and {db.Among($"s.{key}", "@households")} order by s.code
                """, row => found.Add(Read(subject, new(row, secrets))), cancel, ("@county", county), ("@households", db.KeysOf(households)));
        }
        return found;
    }

    public bool Has(bool member, string attribute) => Subject.Of(member).IndexOf(attribute) >= 0;

    private static CurrentFacts Read(Subject subject, RowCursor row)
    {
        var (household, id, area, source, on, others) = (row.Id(), row.Id(), row.Text()!, row.Text()!, row.Day()!.Value, Others(row.Text()));
        var values = new Dictionary<string, CurrentFact>(subject.Columns.Length);
        foreach (var column in subject.Columns)
        {
            if (Text(column.Kind, row) is { } value)
                values[column.Field] = others?.TryGetValue(column.Field, out var other) == true ? new(value, other.Source, other.On) : new(value, source, on);
        }
        return new(household, subject.IsMember ? id : null, values[subject.Columns[subject.Key].Field].Value, new(area), values);
    }

    private static string? Text(ValueKind kind, RowCursor row) => kind switch
    {
        ValueKind.Text or ValueKind.Number => row.Text(),
        ValueKind.Whole => row.Whole()?.ToString(CultureInfo.InvariantCulture),
        ValueKind.Flag => Canonical.Of(row.Flag()),
        ValueKind.Day => Canonical.Of(row.Day()),
        ValueKind.Private or ValueKind.PrivateMatched => row.Private(),
    };

    /// <summary>As <see cref="Resolution.OtherSources"/> writes them.</summary>
    private static Dictionary<string, (string Source, DateOnly On)>? Others(string? json) => json is null ? null
        : JsonSerializer.Deserialize<Dictionary<string, string>>(json)!.ToDictionary(
            o => o.Key, o => (o.Value[..^11], DateOnly.ParseExact(o.Value[^10..], "yyyy-MM-dd", CultureInfo.InvariantCulture)));
}
