using static Shouwang.Tests.Modules.Programmes.TestProgrammes;

namespace Shouwang.Tests.Modules.Programmes;

public class WelfareTests
{
    private const string Head = First + "01", Child = First + "02", Other = Second + "01";

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_certificate_of_this_month_or_a_worse_level_counts_a_better_one_does_not(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("disability", June,
            Certificate(Head, "99023119700102001643", "3", new(2020, 6, 1)),
            Certificate(Child, "99023120100301001144", "4", new(2014, 1, 1), ("old_level", "3"), ("changed", new DateOnly(2020, 6, 10))),
            Certificate(Other, "99023119700102003241", "1", new(2014, 1, 1), ("old_level", "2"), ("changed", new DateOnly(2020, 6, 30))),
            Certificate(Second + "02", "99023120100301003541", "1", new(2020, 6, 2), ("state", "cancelled")));

        Assert.Equal(1, (await programmes.Feature("welfare.new_certificates")).AsInt);
        Assert.Equal(1, (await programmes.Feature("welfare.new_certificates", Second)).AsInt);
        Assert.Equal(0, (await programmes.Feature("welfare.new_certificates", asOf: new(2020, 7, 15))).AsInt);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Grants_and_refusals_of_the_month_count_people_stops_do_not(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("welfare", June,
            Decision(Head, "allowance", "refused", new(2020, 6, 4)), Decision(Head, "destitute", "granted", new(2020, 6, 30)),
            Decision(Child, "allowance", "granted", new(2020, 5, 31)), Decision(Other, "allowance", "stopped", new(2020, 6, 4)));

        Assert.Equal(1, (await programmes.Feature("welfare.decisions_this_month")).AsInt);
        Assert.Equal(0, (await programmes.Feature("welfare.decisions_this_month", Second)).AsInt);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_allowance_flag_must_agree_with_the_latest_decision_both_ways(string kind)
    {
        await using var programmes = await Open(kind);
        foreach (var (member, flag) in new[] { (Head, true), (Child, false), (Other, true), (Second + "02", false) })
            await programmes.Says(member, ("dibao", flag));
        Assert.Empty(await programmes.Findings("DQ-82"));

        await programmes.Import("welfare", June,
            Decision(Child, "allowance", "granted", new(2020, 5, 31)), Decision(Other, "allowance", "granted", new(2018, 1, 1)),
            Decision(Second + "02", "allowance", "granted", new(2018, 1, 1)), Decision(Second + "02", "allowance", "stopped", new(2020, 3, 1)));

        Assert.Equal([Head, Child], await programmes.Findings("DQ-82"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task An_allowance_counts_until_it_is_stopped_whatever_the_register_says(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Says(Head, ("dibao", true));
        Assert.Null((await programmes.Feature("welfare.allowances")).AsInt);

        await programmes.Import("welfare", June,
            Decision(Child, "allowance", "granted", new(2018, 1, 1)), Decision(Child, "destitute", "refused", new(2020, 6, 4)),
            Decision(Other, "allowance", "granted", new(2018, 1, 1)), Decision(Other, "allowance", "stopped", new(2020, 3, 1)));

        Assert.Equal(1, (await programmes.Feature("welfare.allowances")).AsInt);
        Assert.Equal(0, (await programmes.Feature("welfare.allowances", Second)).AsInt);
        Assert.Equal(1, (await programmes.Feature("welfare.allowances", Second, asOf: new(2020, 2, 28))).AsInt);
    }

    private static (string?, (string, object?)[]) Certificate(string member, string number, string level, DateOnly issued, params (string, object?)[] more) =>
        (member, [("cert20", number), ("category", "4"), ("level", level), ("issued", issued), .. more]);

    private static (string?, (string, object?)[]) Decision(string member, string kind, string result, DateOnly day) =>
        (member, [("idno", member), ("kind", kind), ("result", result), ("decided", day)]);
}
