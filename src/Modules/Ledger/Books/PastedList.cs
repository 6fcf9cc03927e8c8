using System.Text.RegularExpressions;

namespace Shouwang.Modules.Ledger.Books;

/// <summary>The list of another level, copied out of a spreadsheet: a code in each line, and beside it what the list says of the state and the day.</summary>
/// <param name="Unread">Lines without a code of a problem, as they stand; the line of headings is not among them.</param>
/// <param name="Twice">Codes that came more than once; the last line counts.</param>
public sealed partial record PastedList(IReadOnlyList<BookEntry> Entries, IReadOnlyList<string> Unread, IReadOnlyList<string> Twice)
{
    /// <summary>The most lines that are read.</summary>
    public const int MostLines = 5_000;

    public static PastedList Read(string? text)
    {
        var entries = new Dictionary<string, BookEntry>(StringComparer.Ordinal);
        var (unread, twice) = (new List<string>(), new List<string>());
        foreach (var (index, line) in (text ?? "").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).Take(MostLines).Index())
        {
            if (Code().Match(line) is not { Success: true } code)
            {
                if (index > 0)
                    unread.Add(line.Length > 60 ? line[..60] + "…" : line);
                continue;
            }
            var key = code.Value.ToUpperInvariant();
            if (entries.ContainsKey(key) && !twice.Contains(key))
                twice.Add(key);
            var cells = line.Split(['\t', ',', '，', ';', '；'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var state = cells.Select(ListWords.StateOf).FirstOrDefault(s => s is not null);
            entries[key] = new(key, State: state, Ended: state is { } known ? IssueStates.Ended.Contains(known) : cells.Select(ListWords.EndedOf).FirstOrDefault(e => e is not null),
                DueOn: cells.Select(ListWords.DayOf).FirstOrDefault(d => d is not null));
        }
        return new([.. entries.Values], unread, twice);
    }

    [GeneratedRegex("P[0-9]{4}-[0-9]{5}", RegexOptions.IgnoreCase)]
    private static partial Regex Code();
}
