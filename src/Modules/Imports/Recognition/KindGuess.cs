using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Imports.Recognition;

/// <summary>A sheet read as one kind of file.</summary>
/// <param name="Columns">Column (from 0) → field.</param>
/// <param name="Missing">Required fields no column was found for.</param>
/// <param name="Score">Larger is likelier; comparable between kinds and between head rows of one sheet.</param>
internal sealed record KindGuess(
    FeedDefinition Feed, SheetHead Head, IReadOnlyDictionary<int, ColumnMatch> Columns, IReadOnlyList<FeedField> Missing, int Signs, decimal Score)
{
    /// <summary>Nothing needed is missing and something speaks for this kind alone.</summary>
    public bool Complete => Missing.Count == 0 && Columns.Count >= 3 && (Signs > 0 || Feed.Signs.Count == 0);

    /// <summary>Reads a head as one kind.</summary>
    /// <param name="fits">Whether what a column holds could be the field's values; asked for guessed columns only.</param>
    /// <param name="title">The sheet's name and everything above the head, in normal form.</param>
    public static KindGuess Of(FeedHeadings headings, SheetHead head, Func<int, FeedField, bool>? fits, string title)
    {
        var feed = headings.Feed;
        var columns = Assign(head.Columns.SelectMany(headings.Listings));
        if (fits is not null)
        {
            var taken = columns.Values.Select(m => m.Field).ToHashSet();
            var free = Enumerable.Range(0, feed.Fields.Count).Where(f => !taken.Contains(f)).ToHashSet();
            var guesses = head.Columns.Where(h => !columns.ContainsKey(h.Column))
                .SelectMany(h => headings.Guesses(h, free)).Where(g => fits(g.Column, feed.Fields[g.Field]));
            foreach (var (column, match) in Assign(guesses))
                columns.TryAdd(column, match);
        }
        return Weigh(feed, head, columns, title);
    }

    public static KindGuess Weigh(FeedDefinition feed, SheetHead head, Dictionary<int, ColumnMatch> columns, string title)
    {
        var found = columns.Values.Select(m => feed.Fields[m.Field].Name).ToHashSet();
        var missing = feed.Fields.Where(f => f.Required && !found.Contains(f.Name)).ToList();
        var signs = feed.Signs.Count(found.Contains);
        var score = columns.Values.Sum(m => m.Sureness * Weight(feed, feed.Fields[m.Field])) - 3m * missing.Count
            + (feed.Titles.Any(t => title.Contains(HeadingText.Normal(t), StringComparison.Ordinal)) ? 2m : 0m);
        return new(feed, head, columns, missing, signs, score);
    }

    private static decimal Weight(FeedDefinition feed, FeedField field) =>
        feed.Signs.Contains(field.Name) ? 3m : field.Required || feed.KeyFields.Contains(field.Name) ? 2m : 1m;

    // The surest pairs first; each column and each field once.
    private static Dictionary<int, ColumnMatch> Assign(IEnumerable<ColumnMatch> matches)
    {
        var (columns, fields) = (new Dictionary<int, ColumnMatch>(), new HashSet<int>());
        foreach (var match in matches.OrderByDescending(m => m.Sureness).ThenBy(m => m.Column).ThenBy(m => m.Field))
        {
            if (!columns.ContainsKey(match.Column) && fields.Add(match.Field))
                columns[match.Column] = match;
        }
        return columns;
    }
}
