using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Reading;
using Shouwang.Modules.Imports.Recognition;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Tables;
using Shouwang.Tests.Platform.Policy;

namespace Shouwang.Tests.Modules.Imports;

/// <summary>The same content under other headings, in another order, with other lines around it and in other formats is the same data.</summary>
public class OtherCountiesTests
{
    private static readonly Shouwang.Platform.Policy.Policy Policy = Packs.Book.For(new AreaCode("500231"), new(2020, 6, 30));

    public static TheoryData<string> Kinds => [.. Policy.Feeds.Select(f => f.Kind)];

    /// <summary>A heading for every field, none twice, drawn from all that the policy lists.</summary>
    private static List<(string? Group, string Heading, FeedField Field)> Headings(FeedDefinition feed, System.Random random)
    {
        var taken = new HashSet<string>();
        var headings = new List<(string?, string, FeedField)>();
        foreach (var field in feed.Fields)
        {
            var group = field.Groups.Count == 0 ? null : field.Groups[random.Next(field.Groups.Count)];
            var free = field.Headings.Append(field.Title.Zh).Where(h => !taken.Contains(HeadingText.Bare(HeadingText.Normal(group + h)))).ToList();
            if (free.Count == 0)
                continue;
            var heading = free[random.Next(free.Count)];
            taken.Add(HeadingText.Bare(HeadingText.Normal(group + heading)));
            headings.Add((group, heading, field));
        }
        return headings;
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Every_listed_heading_is_known_in_any_order(string kind)
    {
        var feed = Policy.Feed(kind);
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new System.Random(seed);
            // A heading that two fields list means the one whose own heading is not there as well.
            var headings = Headings(feed, random).Where(h => !Shared(feed, h)).ToArray();
            random.Shuffle(headings);
            var csv = new StringBuilder("某某县台账").Append(',', headings.Length - 1).Append('\n');
            if (headings.Any(h => h.Group is not null))
                csv.AppendJoin(',', headings.Select(h => Quoted(h.Group ?? h.Heading))).Append('\n');
            csv.AppendJoin(',', headings.Select(h => Quoted(h.Heading))).Append('\n').AppendJoin(',', headings.Select(_ => "1")).Append('\n');

            var sheet = Recognise(Encoding.UTF8.GetBytes(csv.ToString()), "x.csv", out _).Single();
            var found = sheet.Best is null ? [] : sheet.Mapping().Columns.ToDictionary(c => c.Column, c => c.Field);
            var wrong = headings.Select((h, i) => (h, Found: found.GetValueOrDefault(i))).Where(x => x.Found != x.h.Field.Name)
                .Select(x => $"{x.h.Group}/{x.h.Heading}: {x.h.Field.Name} as {x.Found}").ToList();
            return (sheet.Certain && sheet.Best!.Feed.Kind == kind && wrong.Count == 0)
                .Label($"{sheet.Best?.Feed.Kind} {sheet.Certain} missing {string.Join(' ', sheet.Best?.Missing.Select(m => m.Name) ?? [])}; {string.Join("; ", wrong)}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    private static bool Shared(FeedDefinition feed, (string? Group, string Heading, FeedField Field) one) => feed.Fields.Any(f => f != one.Field
        && f.Headings.Append(f.Title.Zh).Any(h => HeadingText.Bare(HeadingText.Normal(h)) == HeadingText.Bare(HeadingText.Normal(one.Heading)))
        && (one.Group is null || f.Groups.Count == 0 || f.Groups.Contains(one.Group)));

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static List<SheetRecognition> Recognise(byte[] content, string name, out TableFile file)
    {
        file = TableFile.Open(new MemoryStream(content), name).Value;
        return new Recogniser(Policy, []).Recognise(file).Value;
    }

    public static TheoryData<string, string> Variants
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var file in (string[])["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"])
                foreach (var format in (string[])["utf-8", "gb18030", "utf-16", "xlsx"])
                    data.Add(file, format);
            return data;
        }
    }

    [Theory, MemberData(nameof(Variants))]
    public async Task The_samples_retyped_by_another_county_are_the_same_rows(string name, string format)
    {
        using var original = TableFile.Open(Samples.Path(name), "original").Value;
        var sheet = new Recogniser(Policy, []).Recognise(original).Value.Single(s => s.Certain);
        var feed = sheet.Best!.Feed;
        var rows = Rows(original, sheet).Where(r => !r.IdDamaged).ToList();
        var random = new System.Random(name.GetHashCode(StringComparison.Ordinal) ^ format.Length);
        var present = sheet.Mapping().Columns.Select(c => c.Field).OfType<string>().ToHashSet();
        var columns = Headings(feed, random).Where(h => present.Contains(h.Field.Name) && !Shared(feed, h)).ToArray();
        random.Shuffle(columns);

        var content = await Retyped(columns, rows, feed, format);
        var again = Recognise(content, "retyped", out var file).Single(s => s.Certain);
        using var _ = file;

        Assert.Equal(feed.Kind, again.Best!.Feed.Kind);
        var fields = columns.Select(c => feed.Fields.ToList().IndexOf(c.Field)).ToList();
        var read = Rows(file, again);
        Assert.Equal(rows.Count, read.Count);
        for (var i = 0; i < rows.Count; i++)
            Assert.Equal(fields.Select(f => Shown(rows[i].Values[f])), fields.Select(f => Shown(read[i].Values[f])));
    }

    private static string? Shown(object? value) => value is decimal amount ? amount.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture) : value?.ToString();

    private static List<FeedRow> Rows(TableFile file, SheetRecognition sheet) =>
        [.. new RowSource(Policy, sheet.Best!.Feed, new(sheet.Best.Feed.Kind, [sheet.Mapping()])).Chunks(file).SelectMany(c => c)];

    /// <summary>Title, unit line, a column nobody knows, groups where there are any, headings, column numbers, rows, total, note.</summary>
    private static async Task<byte[]> Retyped((string? Group, string Heading, FeedField Field)[] columns, List<FeedRow> rows, FeedDefinition feed, string format)
    {
        var grouped = columns.Any(c => c.Group is not null);
        var table = new List<string?[]>();
        if (format != "xlsx")
        {
            table.Add(["某某县某某台账", .. columns.Select(_ => (string?)null)]);
            table.Add(["填报单位：某某局", null, "单位：元", .. columns.Skip(2).Select(_ => (string?)null)]);
            if (grouped)
                table.Add([null, .. columns.Select(c => c.Group ?? c.Heading)]);
        }
        table.Add(["录入员", .. columns.Select(c => format == "xlsx" && c.Group is not null ? c.Group + c.Heading : c.Heading)]);
        table.Add(["1", .. columns.Select((_, i) => $"{i + 2}")]);
        var positions = columns.Select(c => feed.Fields.ToList().IndexOf(c.Field)).ToList();
        table.AddRange(rows.Select(r => (string?[])["张三", .. positions.Select(p => r.Texts[p])]));
        table.Add(["合计", .. columns.Select((_, i) => i == columns.Length - 1 ? "12345" : null)]);
        table.Add(["注：以上数据截止六月底。", .. columns.Select(_ => (string?)null)]);

        using var content = new MemoryStream();
        if (format == "xlsx")
        {
            await using (var workbook = new WorkbookWriter(content))
            {
                await workbook.StartSheet("说明", [new("填表说明")], TestContext.Current.CancellationToken);
                await workbook.Text("本表由各乡镇填报").EndRow(TestContext.Current.CancellationToken);
                await workbook.StartSheet("数据", [.. table[0].Select(h => new SheetColumn(h!))], TestContext.Current.CancellationToken);
                foreach (var row in table.Skip(1))
                {
                    foreach (var cell in row)
                        workbook.Text(cell);
                    await workbook.EndRow(TestContext.Current.CancellationToken);
                }
                await workbook.Finish(TestContext.Current.CancellationToken);
            }
            return content.ToArray();
        }
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(format);
        content.Write(encoding.GetPreamble());
        content.Write(encoding.GetBytes(string.Concat(table.Select(r => string.Join(',', r.Select(c => c is null ? "" : Quoted(c))) + "\r\n"))));
        return content.ToArray();
    }
}
