using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Imports.Recognition;

/// <summary>That a column holds a field, and how surely its heading says so.</summary>
/// <param name="Column">From 0.</param>
/// <param name="Field">Position in the feed's fields.</param>
/// <param name="Sureness">1 and above: the heading is one the policy lists; below: it is only like one.</param>
internal readonly record struct ColumnMatch(int Column, int Field, decimal Sureness)
{
    public bool Guessed => Sureness < FeedHeadings.Listed;
}

/// <summary>The headings of one kind of file, ready to be looked up.</summary>
internal sealed class FeedHeadings
{
    /// <summary>From here on a heading is taken as one that the policy lists.</summary>
    public const decimal Listed = 0.8m;

    private readonly Dictionary<string, List<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly string[][] _groups;
    private readonly string[][] _bare;

    private readonly record struct Entry(int Field, decimal Quality, bool UnderGroup);

    public FeedHeadings(FeedDefinition feed)
    {
        Feed = feed;
        _groups = [.. feed.Fields.Select(f => f.Groups.Select(g => HeadingText.Bare(HeadingText.Normal(g))).ToArray())];
        var words = feed.Fields.Select(f => f.Headings.Prepend(f.Title.Zh).Select(HeadingText.Normal).Where(h => h.Length > 0).Distinct().ToArray()).ToArray();
        _bare = [.. words.Select(w => w.Select(HeadingText.Bare).Where(h => h.Length >= 2).ToArray())];
        for (var field = 0; field < feed.Fields.Count; field++)
            foreach (var word in words[field])
                Add(field, word);
    }

    public FeedDefinition Feed { get; }

    private void Add(int field, string word)
    {
        var (bare, grouped) = (HeadingText.Bare(word), _groups[field].Length > 0);
        Put(word, new(field, 1m, grouped));
        Put(bare, new(field, 0.97m, grouped));
        foreach (var group in _groups[field])
        {
            Put(group + bare, new(field, 0.95m, false));
            Put(HeadingText.Stem(group) + bare, new(field, 0.93m, false));
            if (HeadingText.IsTotal(bare))
                Put(group, new(field, 0.9m, false));
        }
    }

    private void Put(string word, Entry entry)
    {
        if (!_entries.TryGetValue(word, out var list))
            _entries[word] = list = [];
        if (!list.Exists(e => e.Field == entry.Field && e.UnderGroup == entry.UnderGroup))
            list.Add(entry);
    }

    /// <summary>Every field that the policy's headings allow for a column.</summary>
    public IEnumerable<ColumnMatch> Listings(ColumnHead head)
    {
        foreach (var (word, weight) in Spellings(head))
        {
            if (!_entries.TryGetValue(word, out var entries))
                continue;
            // Where only one field has the heading, a group of another name does not matter.
            var alone = entries.TrueForAll(e => e.Field == entries[0].Field) ? Listed : 0m;
            foreach (var entry in entries)
            {
                var sureness = entry.Quality * weight * (entry.UnderGroup ? Math.Max(Group(entry.Field, head), alone) : 1m);
                if (sureness > 0)
                    yield return new(head.Column, entry.Field, Math.Max(sureness, Listed));
            }
        }
    }

    private static IEnumerable<(string Word, decimal Weight)> Spellings(ColumnHead head)
    {
        yield return (head.Leaf, 1m);
        if (head.Bare != head.Leaf)
            yield return (head.Bare, 0.99m);
        if (head.Groups.Count == 0)
            yield break;
        // 户主 above 姓名 is a head's name, whatever 姓名 alone would be.
        var parent = head.Groups[0];
        yield return (parent + head.Bare, 1.1m);
        yield return (HeadingText.Stem(parent) + head.Bare, 1.1m);
        if (HeadingText.IsTotal(head.Bare))
            yield return (parent, 0.9m);
    }

    /// <summary>In how many columns a listed heading stands, whatever is above it: enough to pass over rows that are no heading.</summary>
    public int Known(SheetHead head) => head.Columns.Count(c => _entries.ContainsKey(c.Leaf) || _entries.ContainsKey(c.Bare));

    // The nearest group decides: 小计 under 生态补偿金 under 转移性收入 belongs to the former.
    private decimal Group(int field, ColumnHead head)
    {
        if (head.Groups.Count == 0)
            return 0.85m;
        for (var up = 0; up < head.Groups.Count; up++)
        {
            var group = head.Groups[up];
            if (Array.Exists(_groups[field], g => g == group || HeadingText.Stem(g) == HeadingText.Stem(group)))
                return 1.1m - 0.1m * up;
        }
        return 0m;
    }

    /// <summary>Fields whose headings are only like the column's; to be confirmed by what the column holds.</summary>
    public IEnumerable<ColumnMatch> Guesses(ColumnHead head, IReadOnlySet<int> free)
    {
        var bare = head.Bare;
        if (bare.Length < 2)
            yield break;
        foreach (var field in free)
        {
            if (_groups[field].Length > 0 && head.Groups.Count > 0 && Group(field, head) == 0m)
                continue;
            var best = _bare[field].Select(w => Closeness(bare, w)).DefaultIfEmpty().Max();
            if (best >= 0.5m)
                yield return new(head.Column, field, best * 0.75m);
        }
    }

    private static decimal Closeness(string heading, string word)
    {
        var likeness = HeadingText.Likeness(heading, word);
        // 患者身份证号 is an id number; the end of a Chinese heading carries its meaning.
        if (word.Length >= 3 && heading.EndsWith(word, StringComparison.Ordinal) || heading.Length >= 3 && word.EndsWith(heading, StringComparison.Ordinal))
            return Math.Max(likeness, 0.9m);
        if (word.Length >= 3 && heading.Contains(word, StringComparison.Ordinal))
            return Math.Max(likeness, 0.7m);
        return likeness;
    }
}
