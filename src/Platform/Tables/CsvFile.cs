using System.Text;
using Shouwang.Kernel;

namespace Shouwang.Platform.Tables;

/// <summary>Text with separators (.csv, .tsv, and .xls that are really text).</summary>
internal sealed class CsvFile : TableFile
{
    private readonly Stream _content;

    public CsvFile(Stream content, Encoding encoding, string name, ReadLimits limits)
    {
        (_content, Encoding, Name, Limits) = (content, encoding, name, limits);
        var sample = new char[1 << 16];
        using var reader = OpenText(TextEncoding.Lenient(encoding));
        var read = reader.ReadBlock(sample);
        (Separator, Declared) = CsvSeparator.Detect(sample.AsSpan(0, read), whole: read < sample.Length);
        Sheets = [new Sheet(this)];
    }

    public override string Name { get; }
    public override TableFormat Format => TableFormat.Csv;
    public override IReadOnlyList<TableSheet> Sheets { get; }
    internal Encoding Encoding { get; }
    internal ReadLimits Limits { get; }
    internal char Separator { get; }

    /// <summary>Whether the first line is <c>sep=;</c> and names the separator instead of holding data.</summary>
    internal bool Declared { get; }

    internal StreamReader OpenText(Encoding? encoding = null) => new(new SharedView(_content), encoding ?? Encoding, false, 1 << 16);

    protected override void Dispose(bool disposing) => _content.Dispose();

    private sealed class Sheet(CsvFile file) : TableSheet
    {
        public override string Name => "";
        public override bool Hidden => false;
        public override Outcome<MergedRange[]> MergedRanges => Array.Empty<MergedRange>();
        public override RowReader Rows(MergeFill fill = MergeFill.None) => new CsvRows(file);
    }
}

/// <summary>Which character separates the cells.</summary>
internal static class CsvSeparator
{
    private static ReadOnlySpan<char> Candidates => [',', '\t', ';', '|'];

    /// <param name="whole">Whether the sample is the whole file; else its last line is cut and does not count.</param>
    /// <returns>
    /// The one that stands equally often, outside quotation marks, in the most lines; then the one that gives the most
    /// cells. A comma when there is none.
    /// </returns>
    public static (char Separator, bool Declared) Detect(ReadOnlySpan<char> sample, bool whole)
    {
        if (sample.Length > 5 && sample.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && sample[5] is '\r' or '\n')
            return (sample[4], true);
        var best = (Separator: ',', Lines: 0, Cells: 0);
        foreach (var candidate in Candidates)
        {
            var (lines, cells) = Steadiness(Counts(sample, candidate, whole));
            if (lines > best.Lines || (lines == best.Lines && cells > best.Cells))
                best = (candidate, lines, cells);
        }
        return (best.Separator, false);
    }

    /// <summary>How often the most frequent count above zero occurs, and that count.</summary>
    private static (int Lines, int Cells) Steadiness(List<int> counts) => counts.Where(c => c > 0)
        .GroupBy(c => c).Select(g => (Lines: g.Count(), Cells: g.Key)).OrderByDescending(g => g.Lines)
        .ThenByDescending(g => g.Cells).FirstOrDefault();

    private static List<int> Counts(ReadOnlySpan<char> sample, char separator, bool whole)
    {
        var counts = new List<int>();
        var (count, quoted, any) = (0, false, false);
        foreach (var c in sample)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is '\n' or '\r')
            {
                if (any)
                    counts.Add(count);
                (count, any) = (0, false);
                continue;
            }
            else if (!quoted && c == separator)
            {
                count++;
            }
            any = true;
        }
        if (any && (whole || counts.Count == 0))
            counts.Add(count);
        return counts;
    }
}
