using System.Text.Json;
using Shouwang.Modules.Registry.Contracts;

namespace Shouwang.Modules.Registry.Facts;

/// <summary>The policy's order of sources: smaller numbers count first.</summary>
internal interface ISourceRanks
{
    /// <param name="attribute"><c>member.life</c>.</param>
    int Rank(string county, string attribute, string source);
}

/// <summary>A source that says something else than the current value of an attribute.</summary>
internal readonly record struct Difference(string Attribute, string Source, string Value, DateOnly ObservedOn);

/// <summary>The current values of a subject, chosen from all that was said about it.</summary>
/// <remarks>
/// Pure, and blind to the order in which statements of different sources or days arrive: for each attribute the latest word of
/// each source counts, "nothing" included; among the sources that name a value the best ranked wins, then the later day.
/// </remarks>
internal sealed class Resolution
{
    private readonly Subject _subject;
    private readonly KeptStatement?[] _winners;

    private Resolution(Subject subject, KeptStatement lead)
    {
        (_subject, Lead, Values, _winners) = (subject, lead, new string?[subject.Columns.Length], new KeptStatement?[subject.Columns.Length]);
    }

    /// <summary>By position.</summary>
    public string?[] Values { get; private init; }

    /// <summary>The statement most of the current values come from.</summary>
    public KeptStatement Lead { get; private set; }

    public IReadOnlyList<Difference> Differences { get; private set; } = [];

    /// <summary>The statement a current value comes from, or null where there is no value.</summary>
    public KeptStatement? WinnerOf(int position) => Values[position] is null ? null : _winners[position];

    /// <summary>Null when nobody says anything.</summary>
    public static Resolution? Of(Subject subject, string county, IReadOnlyList<KeptStatement> statements, ISourceRanks ranks)
    {
        if (statements.Count == 0)
            return null;
        if (statements.Count == 1)
            return OfOne(subject, statements[0]);

        var resolution = new Resolution(subject, statements[0]);
        if (statements.All(s => s.Source == statements[0].Source))
            return resolution.OfOneSource(statements);

        var differences = new List<Difference>();
        var words = new Dictionary<string, KeptStatement>();
        for (var i = 0; i < subject.Columns.Length; i++)
        {
            words.Clear();
            foreach (var statement in statements)
            {
                if (statement.Said.Speaks(i) && (!words.TryGetValue(statement.Source, out var earlier) || statement.IsLaterThan(earlier)))
                    words[statement.Source] = statement;
            }
            if (words.Count == 0)
                continue;
            var attribute = subject.Attributes[i];
            var winner = words.Values.Where(w => w.Said.Values[i] is not null)
                .OrderBy(w => ranks.Rank(county, attribute, w.Source)).ThenByDescending(w => w.ObservedOn)
                .ThenBy(w => w.Source, StringComparer.Ordinal).ThenByDescending(w => w.RecordedAt).FirstOrDefault();
            resolution.Values[i] = winner?.Said.Values[i];
            resolution._winners[i] = winner;
            differences.AddRange(words.Values
                .Where(w => w.Said.Values[i] is { } value && value != resolution.Values[i])
                .Select(w => new Difference(attribute, w.Source, w.Said.Values[i]!, w.ObservedOn)));
        }
        resolution.Differences = differences;
        return resolution.Led(statements);
    }

    // What most files bring: the same source again, on another day or corrected.
    private Resolution OfOneSource(IReadOnlyList<KeptStatement> statements)
    {
        for (var i = 0; i < Values.Length; i++)
        {
            KeptStatement? last = null;
            foreach (var statement in statements)
            {
                if (statement.Said.Speaks(i) && (last is null || statement.IsLaterThan(last)))
                    last = statement;
            }
            Values[i] = last?.Said.Values[i];
            _winners[i] = Values[i] is null ? null : last;
        }
        return Led(statements);
    }

    private Resolution Led(IReadOnlyList<KeptStatement> statements)
    {
        var counts = new Dictionary<KeptStatement, int>(statements.Count);
        foreach (var winner in _winners)
        {
            if (winner is not null)
                counts[winner] = counts.GetValueOrDefault(winner) + 1;
        }
        // Sources that are equal in all else go by their name, never by who came first; nor do those that name no value at all.
        IEnumerable<KeptStatement> named = counts.Count > 0 ? counts.Keys : statements;
        Lead = named.OrderByDescending(s => counts.GetValueOrDefault(s)).ThenByDescending(s => s.ObservedOn)
            .ThenBy(s => s.Source, StringComparer.Ordinal).ThenByDescending(s => s.RecordedAt).First();
        return this;
    }

    private static Resolution OfOne(Subject subject, KeptStatement only)
    {
        var resolution = new Resolution(subject, only) { Values = only.Said.Values };
        Array.Fill(resolution._winners, only);
        return resolution;
    }

    /// <summary>The values that do not come from the leading statement, as JSON; null when all do.</summary>
    public string? OtherSources()
    {
        Dictionary<string, string>? others = null;
        for (var i = 0; i < Values.Length; i++)
        {
            if (WinnerOf(i) is { } winner && (winner.Source, winner.ObservedOn) != (Lead.Source, Lead.ObservedOn))
                (others ??= [])[_subject.Columns[i].Field] = $"{winner.Source} {winner.ObservedOn:yyyy-MM-dd}";
        }
        return others is null ? null : JsonSerializer.Serialize(others);
    }

    /// <summary>The same values from the same sources and days.</summary>
    public bool SameRowAs(Resolution other) =>
        SameValuesAs(other) && Lead.Source == other.Lead.Source && Lead.ObservedOn == other.Lead.ObservedOn && OtherSources() == other.OtherSources();

    /// <summary>The same in all that is kept encrypted.</summary>
    public bool SamePrivateValuesAs(Resolution other) => Array.TrueForAll(_subject.Hidden, i => Values[i] == other.Values[i]);

    /// <summary>The values that features take from people's words alone come from people in both or in neither.</summary>
    public bool SeenAlike(Resolution other) => Array.TrueForAll(_subject.OfPeople, i => ByPeople(i) == other.ByPeople(i));

    private bool ByPeople(int position) => WinnerOf(position) is { } winner && Seen.People.Contains(winner.Source);

    public bool SameValuesAs(Resolution other) => Values.AsSpan().SequenceEqual(other.Values);
}
