using System.Globalization;
using System.Text.RegularExpressions;

namespace Shouwang.Platform.Policy;

/// <summary>What a place in a sentence is filled with.</summary>
public enum PlaceKind
{
    /// <summary>The value itself.</summary>
    Value,

    /// <summary>Numerator and denominator: <c>12/30</c>.</summary>
    Parts,

    /// <summary>How it moved since the end of the month before, or of the same month a year before, in words.</summary>
    Month, Year,

    /// <summary>The area below with the highest, or the lowest, value, and the value.</summary>
    Most, Least,

    /// <summary>Not about a figure: <c>{day}</c>, <c>{month}</c>, <c>{county}</c>.</summary>
    Word,
}

/// <summary>A place in a sentence of a bulletin: <c>{M01h}</c>, <c>{M01h:month}</c>, <c>{day}</c>.</summary>
/// <param name="Code">The indicator; null for words.</param>
public sealed partial record BulletinPlace(string Text, PlaceKind Kind, string? Code)
{
    public static readonly IReadOnlyList<string> Words = ["day", "month", "county"];

    /// <summary>All places of a text, in order. What is no place stands there as a word of that name, for the check to find.</summary>
    public static IEnumerable<BulletinPlace> In(string? text) => Pattern().Matches(text ?? "").Select(m =>
        m.Groups["word"].Success ? new BulletinPlace(m.Value, PlaceKind.Word, null)
        : new(m.Value, Enum.TryParse<PlaceKind>(m.Groups["kind"].Value, true, out var kind) ? kind : PlaceKind.Value, m.Groups["code"].Value));

    /// <summary>It is one of the words, or says of a figure what can be said.</summary>
    public bool IsKnown => Kind == PlaceKind.Word ? Words.Contains(Text.Trim('{', '}')) : Text == $"{{{Code}}}" || Text == $"{{{Code}:{Kind.ToString().ToLowerInvariant()}}}";

    [GeneratedRegex(@"\{(?:(?<word>[a-z]+)|(?<code>[A-Z][A-Za-z0-9]*(?:/[A-Za-z0-9]+)?)(?::(?<kind>[a-z]+))?)\}")]
    internal static partial Regex Pattern();
}

/// <summary>When a sentence is said: comparisons of figures with numbers, all of which hold.</summary>
public sealed partial record BulletinCondition(string Text, IReadOnlyList<BulletinCondition.Clause> Clauses)
{
    /// <param name="Since">Null for the value itself; else its change since the month or year before.</param>
    public sealed record Clause(string Code, PlaceKind? Since, string Compare, decimal Than)
    {
        public bool Holds(decimal value) => Compare switch { "<" => value < Than, "<=" => value <= Than, ">" => value > Than, ">=" => value >= Than, "==" => value == Than, _ => value != Than };
    }

    /// <summary>Null where the text is no such condition.</summary>
    public static BulletinCondition? Parse(string text)
    {
        var matches = text.Split("&&").Select(part => Pattern().Match(part)).ToList();
        return matches.TrueForAll(m => m.Success) ? new(text, [.. matches.Select(m => new Clause(m.Groups[1].Value,
            m.Groups[2].Success ? Enum.Parse<PlaceKind>(m.Groups[2].Value, true) : null, m.Groups[3].Value, decimal.Parse(m.Groups[4].Value, CultureInfo.InvariantCulture)))]) : null;
    }

    [GeneratedRegex(@"^\s*([A-Z][A-Za-z0-9]*)(?::(month|year))?\s*(<=|>=|==|!=|<|>)\s*(-?\d+(?:\.\d+)?)\s*$")]
    private static partial Regex Pattern();
}
