using Shouwang.Platform.Plugins;
using static Shouwang.Tests.Modules.Programmes.TestProgrammes;

namespace Shouwang.Tests.Modules.Programmes;

public class MedicalCostTests
{
    private const string Head = First + "01", Child = First + "02";

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_refund_is_subtracted_from_every_sum(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("medical", June,
            Paid("1", Head, 3_000m, new(2020, 2, 3)), Paid("2", Head, 3_500m, new(2020, 3, 1)), Paid("3", Head, -1_500.01m, new(2020, 3, 19)),
            Paid("4", Child, 80m, new(2020, 4, 1)));

        Assert.Equal(5_079.99m, (await programmes.Feature("health.self_paid_12m")).AsDecimal);
        Assert.Equal(4_999.99m, (await programmes.Feature("health.self_paid_year_max")).AsDecimal);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_window_ends_with_the_month_before_and_the_year_begins_in_January(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("medical", June,
            Paid("before", Head, 1m, new(2019, 5, 31)), Paid("first", Head, 10m, new(2019, 6, 1)), Paid("last year", Head, 100m, new(2019, 12, 31)),
            Paid("new year", Head, 1_000m, new(2020, 1, 1)), Paid("last", Head, 10_000m, new(2020, 5, 31)), Paid("this month", Head, 100_000m, new(2020, 6, 1)),
            Paid("tomorrow", Head, 1_000_000m, new(2020, 7, 1)));

        Assert.Equal(11_110m, (await programmes.Feature("health.self_paid_12m")).AsDecimal);
        Assert.Equal(111_000m, (await programmes.Feature("health.self_paid_year_max")).AsDecimal);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Stays_count_one_by_one_special_care_by_person_and_month(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("medical", June,
            Paid("1", Head, 5_999.99m, new(2020, 2, 3), "inpatient", 20_000m), Paid("2", Head, 6_000m, new(2020, 2, 20), "inpatient", 40_000m),
            Paid("3", Head, 250m, new(2019, 8, 1), "special", 1_000m), Paid("4", Head, 250m, new(2019, 8, 31), "special", 1_000m),
            Paid("5", Child, 400m, new(2019, 8, 15), "special", 4_000m), Paid("6", Head, 90m, new(2019, 9, 1), "special", 1_000m));

        Assert.Equal(6_000m, (await programmes.Feature("health.stay_self_paid_max")).AsDecimal);
        Assert.Equal(500m, (await programmes.Feature("health.special_month_max")).AsDecimal);
        // Just short of a fifth, and no fifth after rounding either.
        Assert.Equal(Math.Round(11_999.99m / 60_000m, 12), (await programmes.Feature("health.inpatient_ratio_max")).AsDecimal);
        Assert.Equal(Math.Round(590m / 3_000m, 12), (await programmes.Feature("health.special_ratio_max")).AsDecimal);
        Assert.Equal((11_999.99m, 60_000m), await programmes.Figure("G10"));
        Assert.Equal((990m, 7_000m), await programmes.Figure("G11"));
        Assert.Equal((1m, 0m), await programmes.Figure("G12"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_settlement_that_stands_in_a_file_twice_counts_once(string kind)
    {
        await using var programmes = await Open(kind);
        var (_, rows) = await programmes.Import("medical", June,
            Paid("7", Head, 100m, new(2020, 2, 3)), Paid("8", Head, 30m, new(2020, 2, 3)), Paid("7", Head, 100m, new(2020, 2, 3)),
            Paid("8", Head, 31m, new(2020, 2, 3)));

        Assert.Equal(["duplicate_same", "duplicate_conflict"], rows.SelectMany(r => r.Findings).Select(f => f.Code));
        Assert.Equal([2, 3], rows.Where(r => r.Verdict != Verdict.Refused).Select(r => r.Number));
        Assert.Equal(130m, (await programmes.Feature("health.self_paid_12m")).AsDecimal);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Sending_a_file_again_changes_nothing_and_a_later_file_corrects(string kind)
    {
        await using var programmes = await Open(kind);
        var (first, _) = await programmes.Import("medical", new(2020, 5, 31), Paid("7", Head, 100m, new(2020, 2, 3)), Paid("8", Head, 30m, new(2020, 2, 3)));
        var (again, _) = await programmes.Import("medical", new(2020, 5, 31), Paid("7", Head, 100m, new(2020, 2, 3)), Paid("8", Head, 30m, new(2020, 2, 3)));
        Assert.Equal(130m, (await programmes.Feature("health.self_paid_12m")).AsDecimal);

        var (corrected, _) = await programmes.Import("medical", June, Paid("8", Head, 33m, new(2020, 2, 3)));
        await programmes.Import("medical", new(2020, 3, 31), Paid("8", Head, 999m, new(2020, 2, 3)));
        Assert.Equal(133m, (await programmes.Feature("health.self_paid_12m")).AsDecimal);

        await programmes.Undo("medical", first);
        Assert.Equal(133m, (await programmes.Feature("health.self_paid_12m")).AsDecimal);
        await programmes.Undo("medical", corrected);
        Assert.Equal(130m, (await programmes.Feature("health.self_paid_12m")).AsDecimal);
        await programmes.Undo("medical", again);
        Assert.Equal(999m, (await programmes.Feature("health.self_paid_12m")).AsDecimal);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task No_settlements_means_nothing_paid_only_where_a_file_speaks_about_the_township(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Add("500231112201001", "Lifted", new(2010, 1, 1));
        await programmes.Import("medical", June, Paid("1", Head, 10m, new(2020, 2, 3)));

        Assert.Equal(0m, (await programmes.Feature("health.self_paid_12m", Second)).AsDecimal);
        Assert.False((await programmes.Feature("health.self_paid_12m", "500231112201001")).IsKnown);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task One_uninsured_member_breaks_the_guarantee_and_a_missing_flag_leaves_it_open(string kind)
    {
        await using var programmes = await Open(kind);
        Assert.False((await programmes.Feature("health.guaranteed")).IsKnown);

        await programmes.Says(Head, ("ins_res", true), ("ins_emp", false));
        Assert.False((await programmes.Feature("health.guaranteed")).IsKnown);
        await programmes.Says(Child, ("ins_res", true));
        Assert.True((await programmes.Feature("health.guaranteed")).AsBool);
        await programmes.Says(Child, ("ins_res", false), ("ins_emp", false));
        Assert.False((await programmes.Feature("health.guaranteed")).AsBool);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Settlements_that_contradict_themselves_are_reported_refunds_are_not(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("medical", June,
            Parts("balances", 100m, 60m, 39m), Parts("short by 1.01", 100m, 60m, 38.99m), Parts("more than the total", 100m, 0m, 100.01m),
            Parts("refund", -100m, -60m, -40m));

        Assert.Equal(["short by 1.01"], await programmes.Findings("DQ-84"));
        Assert.Equal(["more than the total"], await programmes.Findings("DQ-85"));
    }

    private static (string?, (string, object?)[]) Paid(
        string number, string member, decimal self, DateOnly day, string kind = "ordinary", decimal? total = null) => (member,
        [("settle_no", number), ("kind", kind), ("date", day), ("total", total ?? self * 2), ("basic", (total ?? self * 2) - self), ("self", self)]);

    private static (string?, (string, object?)[]) Parts(string number, decimal total, decimal basic, decimal self) =>
        (Head, [("settle_no", number), ("kind", "ordinary"), ("date", new DateOnly(2020, 5, 5)), ("total", total), ("basic", basic), ("self", self)]);
}
