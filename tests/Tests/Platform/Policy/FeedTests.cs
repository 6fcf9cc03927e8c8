using System.Text.Json;
using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Platform.Policy;

public sealed class FeedTests
{
    private static readonly IReadOnlyList<FeedDefinition> Feeds = Packs.Book.For(Packs.Dianjiang, Packs.June2020).Feeds;

    [Fact]
    public void The_twelve_kinds_of_files_are_defined() => Assert.Equal(
        ["disability", "education", "employment", "households", "housing", "income", "loans", "medical", "members", "reports", "water", "welfare"],
        Feeds.Select(f => f.Kind).Order(StringComparer.Ordinal));

    public static TheoryData<string> SampleKinds => [.. Answers().EnumerateArray().Select(f => f.GetProperty("kind").GetString()!)];

    [Theory]
    [MemberData(nameof(SampleKinds))]
    public void Every_heading_of_the_samples_leads_to_its_field(string kind)
    {
        var feed = Feeds.Single(f => f.Kind == kind);
        foreach (var (heading, field) in Columns(kind))
        {
            var best = feed.Fields.Select(f => (f.Name, Fit: f.Fit(heading.Split('/')))).Where(f => f.Fit != HeadingFit.None).ToList();
            Assert.True(best.Count > 0, $"{heading} leads nowhere");
            var strongest = best.Max(b => b.Fit);
            Assert.Equal([field], best.Where(b => b.Fit == strongest).Select(b => b.Name));
        }
    }

    [Theory]
    [MemberData(nameof(SampleKinds))]
    public void The_headings_of_a_sample_fit_its_own_kind_best(string kind)
    {
        var headings = Columns(kind).Select(c => c.Heading.Split('/')).ToList();
        var fits = Feeds.Select(f => (f.Kind, Signs: f.Signs.Count(s => headings.Any(h => f.Field(s)!.Fit(h) > HeadingFit.Weak))))
            .OrderByDescending(f => f.Signs).ToList();
        Assert.Equal(kind, fits[0].Kind);
        Assert.True(fits[0].Signs >= fits[1].Signs + 2, $"{kind}: {fits[0].Signs} signs, {fits[1].Kind}: {fits[1].Signs}");
    }

    [Fact]
    public void Headings_are_compared_without_numbering_units_blanks_and_width()
    {
        var gross = Feeds.Single(f => f.Kind == "income").Field("gross")!;
        Assert.Equal(HeadingFit.Plain, gross.Fit("六、家庭总收入（元）"));
        Assert.Equal(HeadingFit.Plain, gross.Fit("（六）家庭 总收入\n(单位：元)"));
        Assert.Equal(HeadingFit.Plain, gross.Fit("6.总收入"));
        Assert.Equal(HeadingFit.None, gross.Fit("家庭纯收入"));
    }

    [Fact]
    public void A_heading_that_occurs_in_several_groups_is_told_apart_by_the_group()
    {
        var income = Feeds.Single(f => f.Kind == "income");
        Assert.Equal(HeadingFit.Full, income.Field("D6p")!.Fit("四、转移性收入", "其他转移性收入", "其他"));
        Assert.Equal(HeadingFit.Weak, income.Field("B4")!.Fit("四、转移性收入", "其他转移性收入", "其他"));
        Assert.Equal(HeadingFit.Full, income.Field("B4")!.Fit("生产经营性收入", "其他"));
    }

    [Theory]
    [InlineData("registry_status", "脱贫　", "Lifted")]
    [InlineData("registry_status", "1", "Lifted")]
    [InlineData("monitoring_category", "边缘户", "MarginalAtRisk")]
    [InlineData("work_state", "乡（镇）内", "1")]
    [InlineData("risk", "缺劳力", "04")]
    [InlineData("risk", "6", "06")]
    [InlineData("house_grade", "Ｂ", "B")]
    [InlineData("relation", "长子", "03")]
    [InlineData("relation", "干亲", null)]
    public void Cells_are_found_in_code_lists_however_they_are_written(string list, string cell, string? code) =>
        Assert.Equal(code, Packs.Book.For(Packs.Dianjiang, Packs.June2020).CodeLists[list].Find(cell)?.Code);

    [Fact]
    public void Codes_that_are_words_are_names_of_the_list_the_program_knows()
    {
        var lists = Packs.Book.For(Packs.Dianjiang, Packs.June2020).CodeLists;
        Assert.Equal(["NotLifted", "Lifted", "PreLifted", "ReturnedToPoverty", "Removed", "Ordinary"], lists["registry_status"].Items.Select(i => i.Code));
        Assert.Equal(["Normal", "RemovedWithHousehold", "Dead", "MovedOut", "MarriedOut", "OtherReduction"], lists["life_state"].Items.Select(i => i.Code));
        Assert.Equal(["NotEliminated", "ByAssistance", "Natural"], lists["elimination"].Items.Select(i => i.Code));
    }

    [Fact]
    public void No_word_of_a_code_list_means_two_codes()
    {
        foreach (var list in Packs.Book.For(Packs.Dianjiang, Packs.June2020).CodeLists.Values)
        {
            var words = list.Items.SelectMany(i => i.Synonyms.Append(i.Title.Zh).Append(i.Code).Select(Spelling.Normal).Distinct()).ToList();
            Assert.Empty(words.GroupBy(w => w).Where(g => g.Count() > 1).Select(g => $"{list.Name}: {g.Key}"));
        }
    }

    private static IEnumerable<(string Heading, string Field)> Columns(string kind) =>
        Answers().EnumerateArray().Single(f => f.GetProperty("kind").GetString() == kind).GetProperty("columns").EnumerateObject()
            .Select(c => (c.Value.GetProperty("heading").GetString()!, c.Value.GetProperty("field").GetString()!));

    private static JsonElement Answers()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Samples.Path("expected.json")));
        return document.RootElement.GetProperty("files").Clone();
    }
}
