using Shouwang.Kernel;
using Shouwang.Modules.Imports.Reading;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Tables;

namespace Shouwang.Modules.Imports.Recognition;

/// <summary>What a sheet seems to be.</summary>
/// <param name="Best">The likeliest reading, or null where nothing fits at all.</param>
/// <param name="Second">The next best kind, which shows why a sheet is in doubt.</param>
/// <param name="Certain">The reading may be used without asking.</param>
/// <param name="Dates">What its title lines state.</param>
internal sealed record SheetRecognition(SheetTop Top, KindGuess? Best, KindGuess? Second, bool Certain, StatedDates Dates)
{
    public SheetMapping Mapping()
    {
        var (feed, columns) = (Best!.Feed, Best.Columns);
        return new(Top.Sheet, Top.Index, Best.Head.Top, Best.Head.Bottom, [.. Best.Head.Columns.Select(h => columns.TryGetValue(h.Column, out var m)
            ? new MappedColumn(h.Column, h.Key, h.Title, feed.Fields[m.Field].Name, m.Guessed)
            : new MappedColumn(h.Column, h.Key, h.Title, null))]);
    }
}

/// <summary>
/// Finds out by headings what kind of file a sheet is, where its heading stands, and which column holds what. Neither the
/// file's name nor the order of columns counts.
/// </summary>
internal sealed class Recogniser(Policy policy, IReadOnlyList<LearnedMapping> learned)
{
    private const int HeadSearch = 30, HeadHeight = 4, SampleRows = 25;

    private readonly FeedHeadings[] _kinds = [.. policy.Feeds.Select(f => new FeedHeadings(f))];
    private readonly FieldReader _values = new(policy);

    /// <summary>Every sheet of a file; problems when it cannot be read.</summary>
    public Outcome<List<SheetRecognition>> Recognise(TableFile file, MappingWish? wish = null)
    {
        var found = new List<SheetRecognition>();
        for (var i = 0; i < file.Sheets.Count; i++)
        {
            if (wish?.Sheet is { } wanted && wanted != file.Sheets[i].Name)
                continue;
            var top = SheetTop.Read(file.Sheets[i], i);
            if (!top.Succeeded)
                return top.Problems.ToList();
            found.Add(Recognise(top.Value, wish));
        }
        return found;
    }

    public SheetRecognition Recognise(SheetTop top, MappingWish? wish)
    {
        var kinds = wish?.Kind is { } kind ? [.. _kinds.Where(k => k.Feed.Kind == kind)] : _kinds;
        var heads = HeadRows(top, wish).Select(h => SheetHead.Of(top, h.From, h.To)).Where(h => h.Columns.Count >= 2).ToList();
        var guesses = kinds.Select(k => Best(top, heads, k, wish)).OfType<KindGuess>().OrderByDescending(g => g.Complete).ThenByDescending(g => g.Score).ToList();
        if (guesses.Count == 0)
            return new(top, null, null, false, StatedDates.None);
        var best = guesses[0];
        var second = guesses.Skip(1).MaxBy(g => g.Score);
        var known = Learned(best) is not null;
        var clear = second is not { Complete: true } || best.Score - second.Score >= Math.Max(2m, best.Score * 0.1m);
        // What somebody said outright needs nothing else that speaks for the kind.
        var complete = best.Complete || best.Missing.Count == 0 && (known || wish is { Kind: not null, Columns.Count: > 0 });
        var certain = complete && (known || wish?.Kind is not null || clear) && NoRequiredGuess(best);
        return new(top, best, second, certain, StatedDates.In([.. Titles(top, best.Head), top.Sheet]));
    }

    private static bool NoRequiredGuess(KindGuess guess) =>
        guess.Columns.Values.All(m => !m.Guessed || m.Sureness >= 0.65m || !guess.Feed.Fields[m.Field].Required);

    private KindGuess? Best(SheetTop top, List<SheetHead> heads, FeedHeadings kind, MappingWish? wish)
    {
        KindGuess? best = null;
        var told = wish is not null || learned.Any(l => l.Kind == kind.Feed.Kind);
        foreach (var head in heads)
        {
            if (!told && kind.Known(head) < 2)
                continue;
            var guess = Overlay(KindGuess.Of(kind, head, null, TitleOf(top, head)), wish, TitleOf(top, head));
            if (best is null || guess.Score > best.Score)
                best = guess;
        }
        if (best is null || best.Columns.Count == 0 && wish?.Kind is null)
            return null;
        var full = Extended(top, best.Head);
        var fitting = KindGuess.Of(kind, full, (column, field) => Fits(top, full, column, field), TitleOf(top, full));
        return Overlay(fitting, wish, TitleOf(top, full));
    }

    private static IEnumerable<(int From, int To)> HeadRows(SheetTop top, MappingWish? wish)
    {
        if (wish?.Top is { } first && wish.Bottom is { } last)
        {
            var (from, to) = (top.Rows.ToList().FindIndex(r => r.Number >= first), top.Rows.ToList().FindLastIndex(r => r.Number <= last));
            if (from >= 0 && to >= from)
                yield return (from, to);
            yield break;
        }
        for (var height = 1; height <= HeadHeight; height++)
        {
            for (var from = 0; from + height <= Math.Min(top.Rows.Count, HeadSearch); from++)
            {
                if (Enumerable.Range(from, height).All(i => top.Rows[i].MayBeHeading || i < from + height - 1 && top.Rows[i].Distinct >= 2))
                    yield return (from, from + height - 1);
            }
        }
    }

    // Group rows above the head that changed no score still belong to it.
    private static SheetHead Extended(SheetTop top, SheetHead head)
    {
        var (from, to) = (top.Rows.ToList().FindIndex(r => r.Number == head.Top), top.Rows.ToList().FindIndex(r => r.Number == head.Bottom));
        while (from > 0 && to - from + 1 < HeadHeight && top.Rows[from - 1] is { MayBeHeading: true } above
            && above.Cells.All(c => c.Text.Length <= 24 && !c.Text.AsSpan().ContainsAny(":：") && !c.Text.Any(char.IsDigit)))
            from--;
        return from < 0 || to < 0 || top.Rows[from].Number == head.Top ? head : SheetHead.Of(top, from, to);
    }

    private bool Fits(SheetTop top, SheetHead head, int column, FeedField field)
    {
        var (filled, fitting) = (0, 0);
        foreach (var row in top.Rows.SkipWhile(r => r.Number <= head.Bottom).Take(SampleRows))
        {
            if (column >= row.Cells.Count || row.Cells[column].IsEmpty)
                continue;
            filled++;
            if (_values.Fits(field, row.Cells[column]))
                fitting++;
        }
        return filled > 0 && fitting * 10 >= filled * 7;
    }

    // What somebody said about a heading goes before what we think of it; a mapping for this file before a remembered one.
    private KindGuess Overlay(KindGuess guess, MappingWish? wish, string title)
    {
        var said = new Dictionary<int, string?>();
        if (Learned(guess) is { } remembered)
        {
            foreach (var head in guess.Head.Columns)
            {
                if (remembered.Columns.TryGetValue(head.Key, out var field))
                    said[head.Column] = field;
            }
        }
        foreach (var (name, field) in wish?.Columns ?? new Dictionary<string, string?>())
        {
            foreach (var head in Named(guess.Head, name))
                said[head.Column] = field;
        }
        if (said.Count == 0)
            return guess;
        var columns = guess.Columns.Where(c => !said.ContainsKey(c.Key)).ToDictionary();
        foreach (var (column, name) in said)
        {
            if (name is null || guess.Feed.Fields.ToList().FindIndex(f => f.Name == name) is not (>= 0 and var field))
                continue;
            foreach (var (other, _) in columns.Where(c => c.Value.Field == field).ToList())
                columns.Remove(other);
            columns[column] = new(column, field, 2m);
        }
        return KindGuess.Weigh(guess.Feed, guess.Head, columns, title);
    }

    private LearnedMapping? Learned(KindGuess guess)
    {
        var keys = guess.Head.Columns.Select(h => h.Key).ToHashSet();
        return learned.FirstOrDefault(l => l.Kind == guess.Feed.Kind && l.Columns.Count > 0 && l.Columns.Keys.All(keys.Contains));
    }

    /// <summary>The columns a mapping means by a letter or by a heading.</summary>
    public static IEnumerable<ColumnHead> Named(SheetHead head, string name)
    {
        var normal = HeadingText.Normal(name);
        var byHeading = head.Columns.Where(h => h.Key == normal || h.Leaf == normal || HeadingText.Normal(h.Title) == normal).ToList();
        return byHeading.Count > 0 ? byHeading : head.Columns.Where(h => ColumnName.Parse(name.Trim()) == h.Column);
    }

    private static IEnumerable<string> Titles(SheetTop top, SheetHead head) =>
        top.Rows.TakeWhile(r => r.Number < head.Top).SelectMany(r => r.Cells.Select(c => c.Text).Where(t => t.Length > 0).Distinct());

    private static string TitleOf(SheetTop top, SheetHead head) =>
        HeadingText.Normal(string.Join(' ', Titles(top, head).Append(top.Sheet)));
}
