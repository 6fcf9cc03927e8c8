using System.Globalization;

namespace Shouwang.Modules.Registry.Contracts;

/// <summary>What people said about a household that departments' records tell as well: its water, what it pays, the grade of its house.</summary>
/// <remarks>
/// Departments' records lie with the programmes, not here; which of the two counts is decided there. Values by the fields of the household table.
/// </remarks>
public sealed class Seen
{
    /// <summary>The fields, in the order in which they are read.</summary>
    internal static readonly string[] Fields =
    [
        "grade", "water_litres", "water_short", "water_piped", "water_minutes", "water_horizontal", "water_vertical", "water_days_short", "water_seasonal",
        "paid_year", "paid_stay", "paid_month", "jobless_months", "school_cost",
    ];

    private readonly object?[] _values;
    private readonly (string Source, DateOnly On) _lead;
    private readonly string _others;

    /// <param name="values">Of <see cref="Fields"/>: texts, numbers as texts or whole, flags.</param>
    /// <param name="lead">Of the leading statement.</param>
    /// <param name="others">JSON: where values come from that do not come with it; empty where all do.</param>
    internal Seen(object?[] values, (string Source, DateOnly On) lead, string others) => (_values, _lead, _others) = (values, lead, others);

    public string? Text(string field) => Of(field) as string;

    public bool? Flag(string field) => Of(field) as bool?;

    public long? Whole(string field) => Of(field) as long?;

    public decimal? Number(string field) =>
        Of(field) is string text && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool Says(string field) => Of(field) is not null;

    /// <summary>Who said it, and for which day.</summary>
    public (string Source, DateOnly On) SourceOf(string field)
    {
        // Asked for each value of a county: looked for in the text, not read as JSON. Resolution.OtherSources writes it, codes and days alone.
        var key = $"\"{field}\":\"";
        var at = _others.IndexOf(key, StringComparison.Ordinal);
        if (at < 0)
            return _lead;
        var said = _others.AsSpan(at + key.Length);
        said = said[..said.IndexOf('"')];
        return (said[..^11].ToString(), DateOnly.ParseExact(said[^10..], "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    /// <summary>Said at a visit or entered at the desk, and not out of a file of the register.</summary>
    public bool ByPeople(string field) => People.Contains(SourceOf(field).Source);

    /// <summary>Sources that stand for somebody who went and looked, or asked.</summary>
    public static IReadOnlySet<string> People { get; } = new HashSet<string>(StringComparer.Ordinal) { "visit", "desk" };

    private object? Of(string field) => _values[Array.IndexOf(Fields, field)];
}
