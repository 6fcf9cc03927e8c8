using System.Text.Json;
using Shouwang.Platform.Tables;

namespace Shouwang.Tests.Platform.Tables;

/// <summary>The sample files, read by every format's reader, hold what the answer key says stands in them.</summary>
public class SampleFilesRead
{
    public static TheoryData<string> Files => [.. Samples.Files];

    [Theory, MemberData(nameof(Files))]
    public void Every_file_has_the_rows_of_the_key(string name)
    {
        var expected = Key(name);
        using var file = Open(name);
        var sheet = Sheet(file, expected);
        using var rows = sheet.Rows();
        var (first, count) = (expected.GetProperty("first_data_row").GetInt32(), expected.GetProperty("data_rows").GetInt32());
        var ignored = Numbers(expected, "ignored_rows");
        var hidden = expected.GetProperty("hidden_rows").EnumerateArray().Select(r => r.GetInt32()).ToHashSet();
        var data = 0;
        while (rows.Read())
        {
            if (rows.Row.Number < first || ignored.Contains(rows.Row.Number))
                continue;
            data++;
            Assert.Equal(hidden.Contains(rows.Row.Number), rows.Row.Hidden);
        }
        Assert.Null(rows.Problem);
        Assert.Equal(count, data);
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_heading_stands_where_the_key_says(string name)
    {
        var expected = Key(name);
        using var file = Open(name);
        using var rows = Sheet(file, expected).Rows(MergeFill.Everywhere);
        var (from, to) = (expected.GetProperty("header_rows")[0].GetInt32(), expected.GetProperty("header_rows")[1].GetInt32());
        var headings = new Dictionary<int, List<string>>();
        while (rows.Read() && rows.Row.Number <= to)
        {
            for (var column = 0; rows.Row.Number >= from && column < rows.Row.Count; column++)
            {
                var parts = headings.TryGetValue(column, out var known) ? known : headings[column] = [];
                var text = rows.Row[column].Text.Replace(" ", "").Replace("\n", "").Replace("　", "");
                if (text != "" && !parts.Contains(text))
                    parts.Add(text);
            }
        }
        foreach (var column in expected.GetProperty("columns").EnumerateObject())
        {
            var heading = column.Value.GetProperty("heading").GetString()!.Replace(" ", "").Replace("\n", "").Replace("　", "");
            Assert.Equal(heading, string.Join('/', headings[ColumnName.Parse(column.Name)!.Value]));
        }
    }

    [Fact]
    public void Every_value_the_key_quotes_is_the_text_of_its_cell()
    {
        var quoted = Samples.Expected.RootElement.GetProperty("rejected_rows").EnumerateArray()
            .Concat(Samples.Expected.RootElement.GetProperty("import_issues").EnumerateObject().SelectMany(i => i.Value.EnumerateArray()))
            .Where(r => r.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String)
            .GroupBy(r => r.GetProperty("file").GetString()!).ToList();
        Assert.True(quoted.Count > 5);
        foreach (var group in quoted)
        {
            using var file = Open(group.Key);
            using var rows = Sheet(file, Key(group.Key)).Rows(MergeFill.Down);
            var wanted = group.ToLookup(r => r.GetProperty("row").GetInt32());
            while (rows.Read())
            {
                foreach (var cell in wanted[rows.Row.Number])
                {
                    var column = ColumnName.Parse(cell.GetProperty("column").GetString())!.Value;
                    Assert.Equal(cell.GetProperty("value").GetString(), rows.Row[column].Text);
                }
            }
        }
    }

    [Fact]
    public void A_village_merged_downwards_is_repeated_beside_every_household()
    {
        using var file = Open(Samples.Files.Single(f => f.StartsWith("03", StringComparison.Ordinal)));
        using var plain = file.Sheets[0].Rows();
        using var filled = file.Sheets[0].Rows(MergeFill.Down);
        var (empty, villages) = (0, new HashSet<string>());
        while (plain.Read() && filled.Read())
        {
            if (plain.Row.Number is < 6 or > 605)
                continue;
            empty += plain.Row[1].IsEmpty ? 1 : 0;
            Assert.False(filled.Row[1].IsEmpty);
            villages.Add(filled.Row[1].Text);
        }
        Assert.True(empty > 500);
        Assert.Equal(8, villages.Count);
    }

    [Fact]
    public void The_empty_second_sheet_is_listed_and_empty()
    {
        using var file = Open(Samples.Files.First());
        Assert.Equal(["户表", "Sheet2"], file.Sheets.Select(s => s.Name));
        using var rows = file.Sheets[1].Rows();
        Assert.False(rows.Read());
        Assert.Null(rows.Problem);
    }

    private static TableFile Open(string name) => TableFile.Open(Samples.Path(name), name).Value;

    private static JsonElement Key(string name) => Samples.Expected.RootElement.GetProperty("files").EnumerateArray()
        .Single(f => f.GetProperty("file").GetString() == name);

    private static TableSheet Sheet(TableFile file, JsonElement key) =>
        file.Sheets.Single(s => s.Name == (key.GetProperty("sheet").GetString() ?? ""));

    private static HashSet<int> Numbers(JsonElement key, string property) =>
        [.. key.GetProperty(property).EnumerateArray().Select(r => r.GetProperty("row").GetInt32())];
}
