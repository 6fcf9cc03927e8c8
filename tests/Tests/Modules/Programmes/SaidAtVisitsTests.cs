using FsCheck;
using FsCheck.Fluent;
using Shouwang.Modules.Programmes;
using static Shouwang.Tests.Modules.Programmes.TestProgrammes;

namespace Shouwang.Tests.Modules.Programmes;

/// <summary>What a visit says fills in where departments have no record, and does not push a record aside.</summary>
public class SaidAtVisitsTests
{
    private static readonly DateOnly Visited = new(2020, 6, 10);

    /// <summary>Days before the as-of day; below zero after it.</summary>
    public sealed record Words(int Said, int Recorded, int? GoodFor, bool VisitFirst)
    {
        public DateOnly SaidOn => June.AddDays(-Said);

        public DateOnly RecordedOn => June.AddDays(-Recorded);

        public bool Counts => Precedence.SaidCounts(SaidOn, RecordedOn, GoodFor, VisitFirst, June);

        public bool Aged(DateOnly day) => GoodFor is { } months && day.AddMonths(months) < June;
    }

    private static Arbitrary<Words> Any => (
        from said in Gen.Choose(-40, 1200)
        from recorded in Gen.Choose(0, 1200)
        from good in Gen.Elements<int?>(null, 3, 12, 24)
        from first in Gen.Elements(true, false)
        select new Words(said, recorded, good, first)).ToArbitrary();

    [Fact]
    public void A_fresh_record_gives_way_only_where_the_policy_has_the_visit_first_and_never_to_an_aged_word() => Prop.ForAll(Any, w =>
        w.Aged(w.RecordedOn) || w.Counts == (w.VisitFirst && !w.Aged(w.SaidOn) && w.SaidOn <= June)).QuickCheckThrowOnFailure();

    [Fact]
    public void An_aged_record_gives_way_to_a_later_word_and_to_no_earlier_one() => Prop.ForAll(Any, w =>
        !w.Aged(w.RecordedOn) || w.SaidOn == w.RecordedOn || w.Counts == (w.SaidOn > w.RecordedOn && w.SaidOn <= June)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_later_visit_never_counts_less_than_an_earlier_one_that_counted() => Prop.ForAll(Any, w =>
        !w.Counts || w.Said <= 0 || (w with { Said = w.Said - 1 }).Counts).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_an_age_limit_no_word_outweighs_a_record() => Prop.ForAll(Any, w =>
        !(w with { GoodFor = null, VisitFirst = false }).Counts).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Water_is_as_a_visit_saw_it_where_no_survey_tells(string kind)
    {
        await using var programmes = await Open(kind);
        Assert.False((await programmes.Feature("water.litres")).IsKnown);
        await programmes.SaysAtVisit(First, Visited, ("water_litres", 30.5m), ("water_short", false), ("water_piped", false), ("water_minutes", 25L),
            ("water_horizontal", 900L), ("water_vertical", 10L), ("water_days_short", 40L), ("water_seasonal", true));
        Assert.Equal(30.5m, (await programmes.Feature("water.litres")).AsDecimal);
        Assert.Equal((25L, 900L, 10L, 40L), ((await programmes.Feature("water.trip_minutes")).AsInt, (await programmes.Feature("water.horizontal")).AsInt,
            (await programmes.Feature("water.vertical")).AsInt, (await programmes.Feature("water.days_short")).AsInt));
        Assert.Equal((false, false, true), ((await programmes.Feature("water.short_area")).AsBool, (await programmes.Feature("water.piped")).AsBool, (await programmes.Feature("water.seasonal_shortage")).AsBool));
        Assert.False((await programmes.Feature("water.guaranteed")).AsBool);
        Assert.False((await programmes.Feature("water.quality_ok")).IsKnown);
        Assert.False((await programmes.Feature("water.litres", Second)).IsKnown);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_survey_counts_before_the_visit_answer_by_answer_until_it_has_aged(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("water", June, (First, [("hid", First), ("surveyed", new DateOnly(2020, 1, 5)), ("litres", 50m)]), (Second, [("hid", Second), ("surveyed", new DateOnly(2018, 1, 5)), ("litres", 50m)]));
        foreach (var household in (string[])[First, Second])
            await programmes.SaysAtVisit(household, Visited, ("water_litres", 10m), ("water_days_short", 3L));
        Assert.Equal(50m, (await programmes.Feature("water.litres")).AsDecimal);
        // What the survey does not tell, the visit does.
        Assert.Equal(3, (await programmes.Feature("water.days_short")).AsInt);
        // A survey of two years ago is older than the form lets an answer count.
        Assert.Equal(10m, (await programmes.Feature("water.litres", Second)).AsDecimal);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_grade_that_a_visit_saw_tells_of_an_unsafe_house_and_an_appraisal_overrules_it_however_old(string kind)
    {
        await using var programmes = await Open(kind);
        // What a file of the register says is not enough: the department's records decide, or somebody who went there.
        await programmes.Says(First, ("grade", "D"));
        Assert.False((await programmes.Feature("housing.unsafe")).IsKnown);
        await programmes.SaysAtVisit(First, Visited, ("grade", "D"));
        Assert.True((await programmes.Feature("housing.unsafe")).AsBool);
        Assert.Equal("D", (await programmes.Feature("housing.grade")).AsText);
        Assert.False((await programmes.Feature("housing.guaranteed")).AsBool);
        Assert.False((await programmes.Feature("housing.unsafe_found_on")).IsKnown);
        Assert.False((await programmes.Feature("housing.has_appraisal")).IsKnown);

        // A visit raises a doubt and does not certify: that the house is safe the appraiser says.
        await programmes.SaysAtVisit(First, Visited.AddDays(1), ("grade", "B"));
        Assert.False((await programmes.Feature("housing.unsafe")).AsBool);
        Assert.False((await programmes.Feature("housing.guaranteed")).IsKnown);

        await programmes.Import("housing", June, (First, [("plate", "P1"), ("grade", "A"), ("appraised", new DateOnly(2015, 3, 1)), ("lived", true)]));
        Assert.False((await programmes.Feature("housing.unsafe")).AsBool);
        Assert.Equal("A", (await programmes.Feature("housing.grade")).AsText);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Children_are_at_school_as_a_visit_was_told_where_the_township_has_no_list(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Says(First + "02", ("student", "none"));
        Assert.False((await programmes.Feature("education.out_of_school")).IsKnown);
        await programmes.SaysAtVisit(First + "02", Visited, ("student", "none"));
        Assert.Equal(1, (await programmes.Feature("education.out_of_school")).AsInt);
        Assert.False((await programmes.Feature("education.guaranteed")).AsBool);
        await programmes.SaysAtVisit(First + "02", Visited.AddDays(1), ("student", "primary"), ("school_aid", false));
        Assert.Equal(0, (await programmes.Feature("education.out_of_school")).AsInt);
        Assert.False((await programmes.Feature("education.guaranteed")).IsKnown);
        Assert.Equal(1, (await programmes.Feature("education.without_aid")).AsInt);
        await programmes.SaysAtVisit(First + "02", Visited.AddDays(2), ("school_aid", true));
        Assert.Equal(0, (await programmes.Feature("education.without_aid")).AsInt);
        Assert.False((await programmes.Feature("education.out_of_school", Second)).IsKnown);

        // The office's list has a word about everybody of the township.
        await programmes.Import("education", June, (Second + "02", [("reg_no", "G2"), ("state", "enrolled")]));
        Assert.Equal(1, (await programmes.Feature("education.out_of_school")).AsInt);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Costs_and_work_are_as_a_visit_was_told_where_no_file_speaks_about_the_township(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.SaysAtVisit(First, Visited, ("paid_year", 21_000m), ("paid_stay", 12_000.50m), ("paid_month", 600m), ("jobless_months", 4L), ("school_cost", 15_000m));
        Assert.Equal(21_000m, (await programmes.Feature("health.self_paid_year_max")).AsDecimal);
        Assert.Equal(12_000.50m, (await programmes.Feature("health.stay_self_paid_max")).AsDecimal);
        Assert.Equal(600m, (await programmes.Feature("health.special_month_max")).AsDecimal);
        Assert.Equal(4, (await programmes.Feature("employment.unemployed_months_max")).AsInt);
        Assert.Equal(15_000m, (await programmes.Feature("education.cost_after_aid_max")).AsDecimal);
        // A sum of last year says nothing about this one; what was paid within twelve months still does.
        var january = new DateOnly(2021, 1, 15);
        Assert.False((await programmes.Feature("health.self_paid_year_max", asOf: january)).IsKnown);
        Assert.True((await programmes.Feature("health.stay_self_paid_max", asOf: january)).IsKnown);
        Assert.False((await programmes.Feature("health.stay_self_paid_max", asOf: january.AddYears(1))).IsKnown);

        await programmes.Import("medical", June, (Second + "01", [("settle_no", "1"), ("kind", "ordinary"), ("date", new DateOnly(2020, 6, 1)), ("total", 100m), ("basic", 60m), ("self", 40m)]));
        Assert.Equal(0m, (await programmes.Feature("health.self_paid_year_max")).AsDecimal);
    }
}
