using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel;
using Shouwang.Modules.Organisation.Duty;
using Shouwang.Platform.Policy;
using Shouwang.Tests.Modules.Casework;

namespace Shouwang.Tests.Modules.Organisation;

/// <summary>What is suggested keeps every rule as far as there are people, whatever the week and the rules.</summary>
public class DutyPlanProperties
{
    private static readonly AreaCode Township = new("500231111");
    private static readonly IReadOnlyList<AreaCode> Villages = [new("500231111200"), new("500231111201"), new("500231111202")];

    private static readonly Gen<DutyRule> Rules =
        from who in Gen.Elements(Enum.GetValues<DutyWho>())
        from place in Gen.Elements(Enum.GetValues<DutyWhere>())
        from number in Gen.Choose(0, 4)
        from percent in Gen.Choose(1, 100)
        from days in Gen.SubListOf(Enum.GetValues<DayOfWeek>())
        from workdays in Gen.Elements(true, false)
        select new DutyRule($"{who}{place}{number}{percent}", new("规则", "rule"), who, place, number, number > 0 ? 0 : percent, [.. days], workdays, false, default, true);

    private static readonly Arbitrary<(int Staff, int Leaders, int Weeks, DutyRule[] Rules)> Cases = (
        from staff in Gen.Choose(0, 8)
        from leaders in Gen.Choose(0, 3)
        from weeks in Gen.Choose(0, 300)
        from count in Gen.Choose(0, 4)
        from rules in Rules.ArrayOf(count)
        select (staff, leaders, weeks, rules)).ToArbitrary();

    [Fact]
    public void A_suggestion_keeps_every_rule_whatever_the_week_and_the_rules() => Prop.ForAll(Cases, c =>
    {
        var week = new DateOnly(2020, 1, 6).AddDays(7 * c.Weeks);
        var people = Enumerable.Range(0, c.Staff + c.Leaders).Select(i => new DutyPerson(Guid.CreateVersion7(), $"甲{i}", "", i < c.Leaders, DateOnly.MinValue, null)).ToList();
        var plan = DutyPlan.Suggest(Township, week, people, Villages, c.Rules, LifeCycles.Policy.WorkCalendar, null);
        // Nobody is in two places, and whoever is in a village is in one of the township's.
        return plan.Entries.Count() == plan.Entries.DistinctBy(e => (e.Member, e.Day)).Count()
            && plan.Entries.All(e => e.Place == Township || Villages.Contains(e.Place))
            && plan.Gaps(c.Rules, LifeCycles.Policy.WorkCalendar).Count == 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_rule_counts_people_rounded_up_and_never_more_than_there_are() => Prop.ForAll((from rule in Rules from people in Gen.Choose(0, 50) select (rule, people)).ToArbitrary(), c =>
        c.rule.Needed(c.people) is var needed && needed <= c.people && (c.rule.LeastPercent == 0 || needed * 100 >= c.rule.LeastPercent * c.people)
        && (c.rule.Least == 0 || needed == Math.Min(c.people, c.rule.Least))).QuickCheckThrowOnFailure();

    [Fact]
    public void Everybody_goes_to_the_village_of_the_week_before()
    {
        var people = Enumerable.Range(0, 6).Select(i => new DutyPerson(Guid.CreateVersion7(), $"甲{i}", "", false, DateOnly.MinValue, null)).ToList();
        var rules = LifeCycles.Policy.DutyRules;
        var (first, calendar) = (new DateOnly(2020, 6, 1), LifeCycles.Policy.WorkCalendar);
        var before = DutyPlan.Suggest(Township, first, people, Villages, rules, calendar, null);
        before[people[0].Member, first] = Villages[2];
        foreach (var day in before.Days.Skip(1))
            before[people[0].Member, day] = Villages[2];
        var next = DutyPlan.Suggest(Township, first.AddDays(7), people, Villages, rules, calendar, before);
        Assert.All(people, p => Assert.Equal(before.VillageOf(p.Member), next.VillageOf(p.Member)));
        // On field days nobody of the staff is in the township's office.
        Assert.All(next.Entries.Where(e => e.Day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Friday), e => Assert.NotEqual(Township, e.Place));
    }
}
