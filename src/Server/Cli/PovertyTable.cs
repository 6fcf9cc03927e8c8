using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Kernel.Tables;
using Shouwang.Platform.Tables;

namespace Shouwang.Server.Cli;

/// <summary>The columns of a table that <c>poverty</c> is asked about, by their headings; null for what is not asked.</summary>
/// <param name="Dimensions">In each the answer to whether somebody is deprived; empty: nothing is asked.</param>
internal sealed record PovertyColumns(string? Income, string? Weight, string? By, string? Strata, string? Units, IReadOnlyList<string> Dimensions);

/// <summary>A person, household or whatever a row stands for.</summary>
/// <param name="Income">0 where no income is asked for.</param>
internal sealed record PovertyRow(double Income, double Weight, string Group, string Stratum, string Unit, bool[] Deprived);

/// <summary>The rows that can be counted, and the numbers of those that cannot.</summary>
internal sealed record PovertyTable(List<PovertyRow> Rows, List<int> LeftOut)
{
    /// <summary>Reads the first sheet of a table file, whose first row holds the headings.</summary>
    public static Outcome<PovertyTable> Read(FileInfo file, PovertyColumns wanted, CancellationToken cancel)
    {
        if (!file.Exists)
            return new Problem("cli.no-file", 404, new($"文件不存在：{file}", $"There is no such file: {file}"), new("请核对路径。", "Check the path."));
        var opened = TableFile.Open(file.FullName, file.Name);
        if (!opened.Succeeded)
            return opened.Problems.ToList();
        using var table = opened.Value;
        using var reader = table.Sheets[0].Rows();
        if (!reader.Read())
            return reader.Problem ?? new Problem("poverty.empty", 422, new($"{file.Name} 是空表。", $"{file.Name} is empty."), new("第一行应为列名。", "Its first row should be headings."));

        var headings = new List<string>();
        for (var i = 0; i < reader.Row.Count; i++)
            headings.Add(reader.Row[i].Text.Trim());
        if (new[] { wanted.Income, wanted.Weight, wanted.By, wanted.Strata, wanted.Units }.Concat(wanted.Dimensions).FirstOrDefault(n => n is not null && !headings.Contains(n)) is { } absent)
        {
            return new Problem("poverty.no-column", 422, new($"{file.Name} 没有“{absent}”列。", $"{file.Name} has no column '{absent}'."),
                new($"列名有：{string.Join('、', headings)}", $"Its columns: {string.Join(", ", headings)}"));
        }

        var (rows, leftOut) = (new List<PovertyRow>(), new List<int>());
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            var row = reader.Row;
            if (row.Cells.IndexOfAnyExcept(default(Cell)) < 0)
                continue;
            var (income, weight) = (Number(wanted.Income, 0), Number(wanted.Weight, 1));
            var answers = wanted.Dimensions.Select(d => CellText.TryYesNo(Word(d), out var yes) ? yes : (bool?)null).ToList();
            if (income is { } i && weight is { } w and >= 0 && !answers.Contains(null))
                rows.Add(new(i, w, Word(wanted.By), Word(wanted.Strata), Word(wanted.Units), [.. answers.Select(a => a is true)]));
            else
                leftOut.Add(row.Number);
        }
        return reader.Problem is { } broken ? broken : new PovertyTable(rows, leftOut);

        string Word(string? column) => column is null ? "" : reader.Row[headings.IndexOf(column)].Text.Trim();

        double? Number(string? column, double otherwise) => column is null ? otherwise
            : double.TryParse(Word(column), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }
}
