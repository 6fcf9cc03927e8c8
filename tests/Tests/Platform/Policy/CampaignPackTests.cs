using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Platform.Policy;

/// <summary>A drive is planned in the pack: Dianjiang's hundred days as the report tells it, and what a county makes of it.</summary>
public sealed class CampaignPackTests
{
    [Fact]
    public void The_hundred_days_are_those_of_Dianjiang()
    {
        var plan = Packs.Book.For(Packs.Dianjiang, new(2020, 4, 21)).Campaigns.Single(c => c.Code == "hundred_days");
        Assert.Contains("26个乡镇", plan.Note.Zh, StringComparison.Ordinal);
        Assert.Equal([StageKind.Deploy, StageKind.Field, StageKind.Check], plan.Stages.Select(s => s.Kind));
        // From 21 April: deployed by the end of April, reported by 25 June, assessed by 3 July.
        Assert.Equal([10, 66, 74], plan.Stages.Select((_, i) => plan.Stages.Take(i + 1).Sum(s => s.Days)));
        Assert.Equal(["自查评估组", "会审组", "审查组"], plan.Teams.Select(t => t.Title.Zh));
        // Six groups of leaders, seven of supervision: kinds of groups of the county, and how often each township is supervised.
        Assert.Equal([("leader", "县领导督战组", 0), ("supervision", "工作督导组", 1)], plan.Groups.Select(g => (g.Code, g.Title.Zh, g.EachStage)));
        Assert.All(plan.Groups, g => Assert.NotNull(Packs.Book.For(Packs.Dianjiang, new(2020, 4, 21)).GroupKind(g.Of)));
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Friday], plan.CampaignDays);
        Assert.Equal(5, plan.Sheets.Count);
        Assert.All(plan.Sheets, s => Assert.True(s.Signers.Count >= 2 && s.Lines.Count > 0, s.Code));
        Assert.True(plan.Assumed);
    }

    [Fact]
    public void A_county_writes_its_own_and_leaves_out_another()
    {
        using var folder = new PackFolder();
        folder.Write("gucheng/pack.yaml", """
            pack: {id: gucheng, title: {zh: 谷城, en: Gucheng}, area: "420625", from: 2019-01-01}
            campaigns:
              - {code: screening, off: true}
              - code: two_counts
                title: {zh: 两摸底一核查, en: two counts and a check}
                note: {zh: 边缘户、监测户摸底, en: marginal and monitored households}
                scope: monitoring.active
                stages:
                  - {code: a, zh: 部署, en: deploy, kind: deploy, days: 2}
                  - {code: b, zh: 摸底, en: count, kind: field, days: 20}
                  - {code: c, zh: 核查, en: check, kind: check, days: 5}
                teams: [{code: t, zh: 摸底组, en: team, duty: self_assessment}]
                sampling: {percent: 10, least: 1}
                source: {zh: 县文件, en: county document}
            """);
        var book = PolicyBook.Load(folder.Root).Require();
        Assert.Equal(["hundred_days", "two_counts"], book.For(Packs.Gucheng, new(2020, 6, 1)).Campaigns.Select(c => c.Code));
        Assert.Equal(["hundred_days", "screening"], book.For(Packs.Dianjiang, new(2020, 6, 1)).Campaigns.Select(c => c.Code));
        Assert.False(book.For(Packs.Gucheng, new(2020, 6, 1)).Campaigns[^1].Assumed);
    }
}
