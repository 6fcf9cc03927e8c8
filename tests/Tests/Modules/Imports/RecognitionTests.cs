using System.Text;
using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Reading;
using Shouwang.Modules.Imports.Recognition;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Tables;
using Shouwang.Tests.Platform.Policy;

namespace Shouwang.Tests.Modules.Imports;

/// <summary>Files are recognised by what their headings mean.</summary>
public class RecognitionTests
{
    private static readonly Shouwang.Platform.Policy.Policy Policy = Packs.Book.For(new AreaCode("500231"), new(2020, 6, 30));

    public static TheoryData<string> Files => [.. Samples.Files];

    private static JsonElement Key(string file) =>
        Samples.Expected.RootElement.GetProperty("files").EnumerateArray().Single(f => f.GetProperty("file").GetString() == file);

    [Theory, MemberData(nameof(Files))]
    public void Every_sample_is_recognised_with_all_its_columns(string file)
    {
        using var table = TableFile.Open(Samples.Path(file), "unnamed").Value;
        var sheet = Assert.Single(new Recogniser(Policy, []).Recognise(table).Value, s => s.Certain);
        var key = Key(file);
        var mapping = sheet.Mapping();

        Assert.Equal(key.GetProperty("kind").GetString(), sheet.Best!.Feed.Kind);
        Assert.Equal([key.GetProperty("header_rows")[0].GetInt32(), key.GetProperty("header_rows")[1].GetInt32()], [mapping.Top, mapping.Bottom]);
        var expected = key.GetProperty("columns").EnumerateObject().Select(c => $"{c.Name} {c.Value.GetProperty("heading").GetString()} {c.Value.GetProperty("field").GetString()}");
        var found = mapping.Columns.Select(c => $"{ColumnName.Of(c.Column)} {c.Heading} {c.Field}");
        Assert.Equal(expected, found);
        Assert.DoesNotContain(mapping.Columns, c => c.Guessed);
    }

    [Theory, MemberData(nameof(Files))]
    public void Data_rows_are_told_from_titles_notes_and_totals(string file)
    {
        using var table = TableFile.Open(Samples.Path(file), "unnamed").Value;
        var sheet = new Recogniser(Policy, []).Recognise(table).Value.Single(s => s.Certain);
        var rows = Rows(table, sheet);
        var key = Key(file);

        Assert.Equal(key.GetProperty("data_rows").GetInt32(), rows.Count);
        Assert.Equal(key.GetProperty("first_data_row").GetInt32(), rows[0].Number);
        var ignored = key.GetProperty("ignored_rows").EnumerateArray().Select(r => r.GetProperty("row").GetInt32());
        Assert.Empty(ignored.Intersect(rows.Select(r => r.Number)));
        Assert.Superset(key.GetProperty("hidden_rows").EnumerateArray().Select(r => r.GetInt32()).ToHashSet(), rows.Select(r => r.Number).ToHashSet());
    }

    // What reading alone can find; repetitions and households that are not there take knowledge of the register.
    private static readonly string[] FoundByReading = ["bad_number", "bad_date", "bad_code", "bad_certificate", "missing_key", "no_person"];

    [Theory, MemberData(nameof(Files))]
    public void Bad_cells_are_refused_where_the_key_says_and_nowhere_else(string file)
    {
        using var table = TableFile.Open(Samples.Path(file), "unnamed").Value;
        var sheet = new Recogniser(Policy, []).Recognise(table).Value.Single(s => s.Certain);
        var columns = sheet.Mapping().Columns.Where(c => c.Field is not null).ToDictionary(c => c.Field!);
        var refused = Rows(table, sheet).Where(r => r.Verdict == Verdict.Refused)
            .Select(r => (Row: r.Number, Finding: Assert.Single(r.Findings, f => f.Verdict == Verdict.Refused)))
            .Select(r => $"{r.Row} {ColumnName.Of(columns[r.Finding.Field!].Column)} {columns[r.Finding.Field!].Heading} {r.Finding.Code}");
        var expected = Samples.Expected.RootElement.GetProperty("rejected_rows").EnumerateArray()
            .Where(r => r.GetProperty("file").GetString() == file && FoundByReading.Contains(r.GetProperty("reason").GetString()))
            .Select(r => $"{r.GetProperty("row").GetInt32()} {r.GetProperty("column").GetString()} {r.GetProperty("heading").GetString()} {r.GetProperty("reason").GetString()}");

        Assert.Equal(expected.Order(), refused.Order());
    }

    [Theory, MemberData(nameof(Files))]
    public void Ids_that_lost_their_digits_are_reported_and_left_out(string file)
    {
        using var table = TableFile.Open(Samples.Path(file), "unnamed").Value;
        var sheet = new Recogniser(Policy, []).Recognise(table).Value.Single(s => s.Certain);
        var lost = Rows(table, sheet).Where(r => r.Findings.Any(f => f.Code == "id_precision_lost")).ToList();
        var expected = Samples.Expected.RootElement.GetProperty("import_issues").GetProperty("id_precision_lost").EnumerateArray()
            .Where(r => r.GetProperty("file").GetString() == file).ToList();
        var field = new FeedShape(sheet.Best!.Feed).Number;

        Assert.Equal(expected.Select(r => r.GetProperty("row").GetInt32()), lost.Select(r => r.Number));
        Assert.Equal(expected.Select(r => r.GetProperty("value").GetString()), lost.Select(r => r.Texts[field]));
        Assert.All(lost, r => Assert.True(r.IdDamaged && r.Values[field] is null && r.Verdict == Verdict.Warned));
    }

    [Fact]
    public void Dates_in_title_lines_are_picked_up()
    {
        Assert.Equal(new(new(2020, 6, 30), null, null), Dates("01"));
        Assert.Equal(new(new(2020, 6, 30), null, null), Dates("02"));
        Assert.Equal(new(null, new(2019, 6, 1), new(2020, 5, 31)), Dates("03"));
        Assert.Equal(StatedDates.None, Dates("12"));

        static StatedDates Dates(string file)
        {
            using var table = TableFile.Open(Samples.Path(file), "unnamed").Value;
            return new Recogniser(Policy, []).Recognise(table).Value.Single(s => s.Certain).Dates;
        }
    }

    private static List<FeedRow> Rows(TableFile table, SheetRecognition sheet) =>
        [.. new RowSource(Policy, sheet.Best!.Feed, new(sheet.Best.Feed.Kind, [sheet.Mapping()])).Chunks(table).SelectMany(c => c)];

    private static Outcome<List<SheetRecognition>> Recognise(string csv, string? mapping = null, params LearnedMapping[] learned)
    {
        using var table = TableFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "x.csv").Value;
        var wish = mapping is null ? null : MappingFile.Parse(mapping, Policy).Value.For("x.csv");
        return new Recogniser(Policy, learned).Recognise(table, wish);
    }

    private static string Columns(string csv, string? mapping = null, params LearnedMapping[] learned)
    {
        var sheet = Recognise(csv, mapping, learned).Value.Single();
        return $"{sheet.Best?.Feed.Kind}{(sheet.Certain ? "" : "?")}: {string.Join(' ', sheet.Mapping().Columns.Select(c => c.Field ?? "-"))}";
    }

    [Fact]
    public void Another_order_other_words_and_further_columns_do_not_matter() => Assert.Equal(
        "medical: - self total date hospital idno name settle_no basic",
        Columns("登记人,个人负担,医疗总费用,出院日期,定点医疗机构名称,患者身份证号,患者姓名,结算单号,统筹基金支付\n张三,60,150,2019-05-17,村卫生室,990231195912172874,王柏,YB1,90\n"));

    [Fact]
    public void Groups_written_once_above_their_columns_reach_to_the_next() => Assert.Equal(
        "income: hid head_name A A1 B B1 E E1 net_pc",
        Columns("收支测算表,,,,,,,,\n户号,户主,工资性收入,,生产经营性收入,,生产经营性支出,,人均纯收入\n,,小计,务工收入,小计,种植业,小计,种植业,\n500231111001001,白琼敏,1,1,1,1,1,1,1\n"));

    [Fact]
    public void A_table_of_another_matter_is_not_taken_for_anything() =>
        Assert.False(Recognise("品名,数量,单价,供货商\n水泥,3,400,某建材店\n钢筋,5,4000,某建材店\n").Value.Single().Certain);

    [Fact]
    public void A_table_without_a_column_that_it_needs_is_not_certain() =>
        Assert.Contains(Recognise("姓名,医疗机构,医疗类别,结算日期,基本医保支付\n王柏,村卫生室,普通门诊,2019-05-17,90\n").Value.Single().Best!.Missing, f => f.Name == "settle_no");

    [Fact]
    public void A_mapping_file_says_what_headings_cannot() => Assert.Equal(
        "medical: settle_no name total self date -",
        Columns("a,b,c,d,e,f\nYB1,王柏,150,60,2019-05-17,x\n",
            "kind: medical\nheader: 1\ncolumns: {a: settle_no, B: name, c: total, d: self, e: date, f: '-'}"));

    [Fact]
    public void What_a_sender_said_about_a_heading_is_remembered() => Assert.Equal(
        "medical: settle_no name total self date",
        Columns("流水,病人姓名,金额,病人付,日期\nYB1,王柏,150,60,2019-05-17\n", null,
            new LearnedMapping("medical", new Dictionary<string, string?> { ["流水"] = "settle_no", ["金额"] = "total", ["病人付"] = "self", ["日期"] = "date" })));

    [Theory]
    [InlineData("kind: nonsense", 1)]
    [InlineData("kind: medical\ncolumns: {A: nonsense}", 2)]
    [InlineData("kind: medical\nheader: three", 2)]
    [InlineData("{", 2)]
    [InlineData("- a", 1)]
    public void A_wrong_mapping_file_is_refused_with_the_line(string text, int line) =>
        Assert.Contains($"line {line},", MappingFile.Parse(text, Policy).Problems[0].What.En);

    [Fact]
    public void A_mapping_file_may_speak_of_several_files()
    {
        var file = MappingFile.Parse("""{"files": [{"file": "医保*.csv", "kind": "medical"}, {"kind": "loans", "header": [2, 3]}]}""", Policy).Value;
        Assert.Equal("medical", file.For("医保7月.csv")!.Kind);
        Assert.Equal(("loans", 2, 3), (file.For("other.xlsx")!.Kind, file.For("other.xlsx")!.Top, file.For("other.xlsx")!.Bottom));
    }
}
