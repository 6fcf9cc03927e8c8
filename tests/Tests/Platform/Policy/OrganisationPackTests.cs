using Shouwang.Kernel;
using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Platform.Policy;

/// <summary>Groups, meetings, their rhythm and the rules of duty are data: a county adds, changes and takes away without code.</summary>
public sealed class OrganisationPackTests
{
    [Fact]
    public void The_nation_has_the_bodies_meetings_and_rules_of_the_five_reports()
    {
        var policy = Packs.Book.For(new("500231"), new(2020, 6, 1));
        Assert.Equal(["leading_group", "headquarters", "working_group", "leader_group", "supervision_group", "township_staff", "resident_team"], policy.GroupKinds.Select(k => k.Code));
        Assert.Equal("first_secretary", Assert.Single(policy.GroupKind("resident_team")!.Roles, r => r is { Leads: true, Least: 1 }).Code);
        Assert.Equal((true, MeetingRhythm.VisitDay, AreaLevel.Village), (policy.MeetingKind("evening_review")!.Evening, policy.MeetingKind("evening_review")!.Every, policy.MeetingKind("evening_review")!.Levels[0]));
        Assert.Equal([("leader_present", 1, 0), ("half_in_villages", 0, 50), ("field_day", 0, 100)], policy.DutyRules.Select(r => (r.Code, r.Least, r.LeastPercent)));
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Friday], Assert.Single(policy.DutyRules, r => r.NoMeetings).Days);
        Assert.All(policy.MeetingKinds, k => Assert.True(k.Source.Zh.Length > 0 && k.Source.En.Length > 0, k.Code));
    }

    [Fact]
    public void A_county_has_its_own_rules_and_meetings()
    {
        using var folder = new PackFolder();
        folder.Write("dianjiang/pack.yaml", """
            pack: {id: dianjiang, title: {zh: 垫江, en: Dianjiang}, area: "500231", from: 2020-01-01}
            duty_rules:
              - {code: field_day, off: true}
              - {code: two_leaders, zh: 两位都在, en: both leaders, who: leaders, where: township, least: 2, days: [wednesday], source: {zh: 县文件, en: county document}}
            meeting_kinds:
              - {code: night_talk, zh: 夜恳谈, en: evening talk, levels: [village], every: quarter, source: {zh: 县文件, en: county document}}
            """);
        var book = PolicyBook.Load(folder.Root).Require();
        var (own, other) = (book.For(new("500231"), new(2020, 6, 1)), book.For(new("500241"), new(2020, 6, 1)));
        Assert.DoesNotContain(own.DutyRules, r => r.Code == "field_day");
        Assert.Contains(other.DutyRules, r => r.Code == "field_day");
        var rule = own.DutyRules.Single(r => r.Code == "two_leaders");
        Assert.True(rule.HoldsOn(new(2020, 6, 3), own.WorkCalendar));
        Assert.False(rule.HoldsOn(new(2020, 6, 4), own.WorkCalendar));
        Assert.Null(other.MeetingKind("night_talk"));
    }

    [Theory]
    [InlineData(MeetingRhythm.Week, "2020-06-01", "2020-06-07"), InlineData(MeetingRhythm.Month, "2020-06-01", "2020-06-30")]
    [InlineData(MeetingRhythm.Quarter, "2020-04-01", "2020-06-30"), InlineData(MeetingRhythm.Year, "2020-01-01", "2020-12-31"), InlineData(MeetingRhythm.VisitDay, "2020-06-07", "2020-06-07")]
    public void A_rhythm_has_periods(MeetingRhythm every, string from, string to)
    {
        var kind = new MeetingKind("x", new("会", "x"), [AreaLevel.Village], every, false, false, false, null, default, true);
        Assert.Equal((DateOnly.Parse(from, null), DateOnly.Parse(to, null)), kind.Period(new(2020, 6, 7)));
    }
}
