using Shouwang.Kernel.Calendar;
using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Platform.Policy;

/// <summary>What the ledger of problems runs by is data: a county adds, changes and takes away kinds and channels without code.</summary>
public sealed class LedgerPackTests
{
    [Fact]
    public void The_nation_has_six_channels_nine_departments_and_the_seven_sources_and_meetings()
    {
        var policy = Packs.Book.For(new("500241"), new(2020, 3, 1));
        Assert.Equal(6, policy.GreenChannels.Count);
        Assert.Equal(9, policy.JointOffice.Count());
        Assert.Equal(["visit", "data_quality", "screening", "inspection", "self_check", "meeting", "hotline", "petition"], policy.IssueSources.Select(s => s.Code));
        Assert.Equal(["housing"], policy.IssueKinds.Where(k => k.Weekly && k.MonthlyZero).Select(k => k.Code));
        Assert.All(policy.IssueKinds, k => Assert.True(policy.Departments.ContainsKey(k.Department), k.Code));
    }

    [Fact]
    public void A_county_changes_kinds_channels_and_times_in_its_own_pack()
    {
        using var folder = new PackFolder();
        folder.Write("xiushan/pack.yaml", """
            pack: {id: xiushan, title: {zh: 秀山, en: Xiushan}, area: "500241", from: 2020-01-01}
            issue_kinds:
              - {code: water, zh: 饮水安全, en: drinking water, department: water, weekly: true, monthly_zero: true, grace_days: 3, source: {zh: 县文件, en: county document}}
              - {code: living, off: true}
            green_channels:
              - {code: water, off: true}
              - {code: disaster, zh: 灾后救助, en: after a disaster, department: emergency, others: [civil_affairs], calendar_days: 1, source: {zh: 县文件, en: county document}}
            clocks:
              - {key: issue.hold, zh: 成效观察, en: hold, months: 3, minimum: true, source: {zh: 县文件, en: county document}}
            """);
        var book = PolicyBook.Load(folder.Root).Require();
        var (own, other) = (book.For(new("500241"), new(2020, 6, 1)), book.For(new("500231"), new(2020, 6, 1)));
        Assert.Equal((true, 3), (own.IssueKind("water")!.MonthlyZero, own.IssueKind("water")!.GraceDays));
        Assert.Null(own.IssueKind("living"));
        Assert.NotNull(other.IssueKind("living"));
        Assert.False(other.IssueKind("water")!.Weekly);
        Assert.Null(own.GreenChannel("water"));
        Assert.Equal((new TimeLimit(1, TimeUnit.CalendarDays), "emergency"), (own.GreenChannel("disaster")!.Target, own.GreenChannel("disaster")!.Department));
        Assert.Contains(own.JointOffice, d => d.Code == "emergency");
        Assert.Equal(new(2020, 9, 1), own.Due("issue.hold", new(2020, 6, 1)));
    }

    [Fact]
    public void A_county_says_itself_what_becomes_a_problem_after_how_many_days_and_whose()
    {
        using var folder = new PackFolder();
        folder.Write("xiushan/pack.yaml", """
            pack: {id: xiushan, title: {zh: 秀山, en: Xiushan}, area: "500241", from: 2020-01-01}
            issue_rules:
              - {code: late_finding, zh: 数据错误逾期未改, en: late, when: finding, severe: true, after_days: 5, kind: data, unit: township, due_days: 3, source: {zh: 县文件, en: county document}}
              - {code: not_insured, off: true}
              - {code: no_helper, zh: 无帮扶人, en: no helper, when: lead_confirmed, checks: W63, kind: help, unit: county, due_days: 7, source: {zh: 县文件, en: county document}}
            """);
        var book = PolicyBook.Load(folder.Root).Require();
        var (own, other) = (book.For(new("500241"), new(2020, 6, 1)), book.For(new("500231"), new(2020, 6, 1)));
        Assert.Equal((5, IssueUnit.Township, 3), (own.IssueRule("late_finding")!.AfterDays, own.IssueRule("late_finding")!.Unit, own.IssueRule("late_finding")!.DueDays));
        Assert.Equal((15, IssueUnit.Village), (other.IssueRule("late_finding")!.AfterDays, other.IssueRule("late_finding")!.Unit));
        Assert.Null(own.IssueRule("not_insured"));
        Assert.NotNull(other.IssueRule("not_insured"));
        Assert.Equal(["W63"], own.IssueRule("no_helper")!.Checks);
        // What is grave is tried before what is only late, also where a county changed one of them.
        Assert.Equal(["grave_finding", "late_finding"], own.IssueRules.Where(r => r.When == IssueTrigger.Finding).Select(r => r.Code));
    }
}
