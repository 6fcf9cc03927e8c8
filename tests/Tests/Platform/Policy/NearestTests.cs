using Shouwang.Kernel;
using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Platform.Policy;

/// <summary>The nearest area and the date decide which value holds.</summary>
public sealed class NearestTests
{
    [Fact]
    public void Dianjiang_in_2020_has_the_lines_of_its_report_with_their_source()
    {
        var policy = Packs.Book.For(Packs.Jinqian, Packs.June2020);
        Assert.Equal((4000m, 6000m), (policy.PovertyLine!.YuanPerHead, policy.MonitoringLine!.YuanPerHead));
        Assert.Equal("2020 national exit line 4,000 and 1.5 times of it (6,000), as the Dianjiang report of May 2020 says",
            policy.MonitoringLine.Source.En);
        Assert.Equal(Packs.Chongqing, policy.MonitoringLine.Area);
        Assert.Empty(policy.RulesWithoutLine);
    }

    [Theory]
    [InlineData("500231", "2021-01-01")] // no text with a line for Chongqing from 2021 on
    [InlineData("500231", "2019-12-31")]
    [InlineData("430525", "2023-06-30")] // none for Hunan
    [InlineData("420625", "2024-01-01")] // Hubei's is of 2023
    public void An_area_without_a_source_for_the_day_has_no_line_and_names_the_rules_that_stand_still(string area, string date)
    {
        var policy = Packs.Book.For(new(area), DateOnly.Parse(date, null));
        Assert.Null(policy.PovertyLine);
        Assert.Null(policy.MonitoringLine);
        Assert.Equal(["W01", "W02", "W03", "W07", "W47", "W64"], policy.RulesWithoutLine.Select(r => r.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Hubei_2023_has_a_monitoring_line_only()
    {
        var policy = Packs.Book.For(Packs.Gucheng, new(2023, 3, 1));
        Assert.Equal(7600m, policy.MonitoringLine!.YuanPerHead);
        Assert.Null(policy.PovertyLine);
        Assert.Equal(["W02"], policy.RulesWithoutLine.Select(r => r.Id));
    }

    [Fact]
    public void Categories_carry_the_names_of_their_time()
    {
        Assert.Equal(["脱贫监测户", "边缘户", "一般重点农户"], Names(Packs.Dianjiang, Packs.June2020));
        Assert.Equal(["脱贫监测户", "边缘户"], Names(Packs.Dongkou, Packs.June2020));
        Assert.Equal(["脱贫不稳定户", "边缘易致贫户", "突发严重困难户"], Names(Packs.Gucheng, new(2023, 6, 30)));
        Assert.Empty(Names(Packs.Dianjiang, new(2018, 6, 30)));
    }

    [Fact]
    public void No_rule_suggests_a_category_that_does_not_exist_at_the_time()
    {
        foreach (var (area, date) in new[] { (Packs.Dianjiang, Packs.June2020), (Packs.Dongkou, Packs.June2020), (Packs.Gucheng, new(2023, 6, 30)) })
        {
            var policy = Packs.Book.For(area, date);
            var codes = policy.Categories.Select(c => c.Code).ToHashSet();
            Assert.All(policy.Rules.SelectMany(r => r.Categories), c => Assert.Contains(c.Category, codes));
        }
    }

    [Fact]
    public void A_line_that_the_county_entered_counts_for_it_and_for_nobody_else()
    {
        var book = Packs.Book.WithLines([new(Packs.Dongkou, new(2023, 1, 1), null, null, 7000, "湘农办〔2023〕1号")]);
        var policy = book.For(new("430525100001"), new(2023, 6, 30));
        Assert.Equal((7000m, true, "湘农办〔2023〕1号"), (policy.MonitoringLine!.YuanPerHead, policy.MonitoringLine.Entered, policy.MonitoringLine.Source.Zh));
        Assert.Null(policy.PovertyLine);
        Assert.Null(book.For(new("430524"), new(2023, 6, 30)).MonitoringLine);
        Assert.Null(book.For(Packs.Dongkou, new(2022, 12, 31)).MonitoringLine);
        Assert.Null(Packs.Book.For(Packs.Dongkou, new(2023, 6, 30)).MonitoringLine);
    }

    [Fact]
    public void Of_several_lines_the_nearest_counts_then_the_latest_and_an_entered_one_before_the_pack_of_the_same_area()
    {
        var policy = Packs.Book.For(Packs.Jinqian, Packs.June2020);
        Assert.Equal(6500m, With(new LineEntry(Packs.Chongqing, new(2020, 1, 1), null, 4000, 6500, "渝")));
        Assert.Equal(6000m, With(new LineEntry(new(""), new(2020, 1, 1), null, 4000, 6500, "国")));
        Assert.Equal(7000m, With(new(Packs.Chongqing, new(2020, 1, 1), null, 4000, 6500, "渝"), new(Packs.Dianjiang, new(2020, 1, 1), null, 4000, 7000, "垫")));
        Assert.Equal(7100m, With(new(Packs.Dianjiang, new(2020, 3, 1), null, 4000, 7100, "新"), new(Packs.Dianjiang, new(2020, 1, 1), null, 4000, 7000, "旧")));
        Assert.Equal(6000m, With(new LineEntry(Packs.Dianjiang, new(2020, 1, 1), new(2020, 6, 29), 4000, 7000, "过期")));

        decimal With(params LineEntry[] entries) => policy.WithLines(entries).MonitoringLine!.YuanPerHead;
    }

    [Fact]
    public void A_county_pack_changes_one_parameter_and_leaves_the_rest_of_the_rule()
    {
        using var folder = new PackFolder();
        folder.Write("dianjiang/pack.yaml", "pack: {id: dianjiang, title: {zh: 垫江, en: Dianjiang}, area: \"500231\", from: 2020-01-01, to: 2020-12-31}");
        folder.Write("dianjiang/rules.yaml", """
            rules:
              - id: W06
                parameters: {fall: {value: 0.4, source: {zh: 垫扶办〔2020〕9号, en: county document}}}
                state: live
              - {id: W03, off: true}
            """);
        var book = PolicyBook.Load(folder.Root, Packs.Features).Require();
        var (changed, base_) = (book.For(Packs.Dianjiang, Packs.June2020), book.For(Packs.Dongkou, Packs.June2020));
        Assert.Equal((0.4m, RuleState.Live, false), (changed.Rule("W06")!.Parameters["fall"].Value.AsDecimal, changed.Rule("W06")!.State,
            changed.Rule("W06")!.Parameters["fall"].Assumed));
        Assert.Equal((0.3m, RuleState.Shadow), (base_.Rule("W06")!.Parameters["fall"].Value.AsDecimal, base_.Rule("W06")!.State));
        Assert.Equal(base_.Rule("W06")!.When, changed.Rule("W06")!.When);
        Assert.Null(changed.Rule("W03"));
        Assert.NotNull(base_.Rule("W03"));
        Assert.NotNull(book.For(Packs.Dianjiang, new(2021, 1, 1)).Rule("W03"));
    }

    [Fact]
    public void A_county_pack_adds_headings_to_a_feed_and_keeps_its_columns()
    {
        using var folder = new PackFolder();
        folder.Write("xiushan/pack.yaml", "pack: {id: xiushan, title: {zh: 秀山, en: Xiushan}, area: \"500241\", from: 2020-01-01}");
        folder.Write("xiushan/feeds.yaml", "feeds: [{kind: medical, fields: [{name: self, headings: [群众负担]}, {name: ward, zh: 病区, en: ward, type: text}]}]");
        var feed = PolicyBook.Load(folder.Root, Packs.Features).Require().For(new("500241"), Packs.June2020).Feed("medical");
        Assert.Equal(HeadingFit.Plain, feed.Field("self")!.Fit("群众负担（元）"));
        Assert.Equal(HeadingFit.Plain, feed.Field("self")!.Fit("个人自付"));
        Assert.Equal(FieldType.Money, feed.Field("self")!.Type);
        Assert.NotNull(feed.Field("ward"));
    }

    private static IEnumerable<string> Names(AreaCode area, DateOnly date) => Packs.Book.For(area, date).Categories.Select(c => c.Name.Zh);
}
