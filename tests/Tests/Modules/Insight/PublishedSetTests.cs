using Shouwang.Kernel;
using Shouwang.Modules.Insight;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Modules.Casework;

namespace Shouwang.Tests.Modules.Insight;

/// <summary>Figures that people enter, and figures that are published: what stays, what opens, what is refused.</summary>
public class PublishedSetTests
{
    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task What_is_published_stays_opens_as_it_was_and_comes_out_the_same_again(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        var (first, second, other) = (await world.Household(), await world.Household(), await world.Household(CaseworkWorld.OtherVillage));
        await world.Registered(first);
        var day = world.Day;
        var set = CaseworkWorld.Done(await Publish(world, world.Office));
        Assert.Equal(8, set.Checks.Count);
        var then = await Of(world, CaseworkWorld.County, day);
        Assert.Equal((3, 1), (then["R03"].Numerator, then["M01h"].Numerator));
        Assert.Contains(then.Values, f => f.Code == "R01/Lifted" && f.Numerator == 3);
        // Nobody stated anybody's sex.
        Assert.Equal((3, "gender", "未说明"), (then["R02/gender=9"].Numerator, then["R02/gender=9"].Part!.Dimension, then["R02/gender=9"].Part!.Name.Zh));
        CaseworkWorld.Refused("insight.published", await Publish(world, world.Officer2));

        // The county goes on: what was published does not.
        await world.Household();
        await Compute(world, day);
        Assert.Equal(3, (await Of(world, CaseworkWorld.County, day))["R03"].Numerator);
        world.Day = day.AddDays(1);
        await Compute(world, world.Day);
        Assert.Equal(4, (await Of(world, CaseworkWorld.County, world.Day))["R03"].Numerator);
        Assert.Equal(new[] { first, second, other }.Order(), (await Behind(world, world.Office, CaseworkWorld.County, "R03", day))!.Select(h => h.Household).Order());
        Assert.Equal([other], (await Behind(world, world.Office, CaseworkWorld.OtherVillage, "R01/Lifted", day))!.Select(h => h.Household));
        Assert.Equal(3, (await Behind(world, world.Office, CaseworkWorld.County, "R02/gender=9", day))!.Count);
        Assert.Equal(4, (await Behind(world, world.Office, CaseworkWorld.County, "R03", world.Day))!.Count);
        Assert.Empty((await Behind(world, world.Stranger, CaseworkWorld.Village, "R03", day))!);
        Assert.Empty((await Again(world, day))!);
        Assert.Null(await Again(world, world.Day));

        // Of a day that was not published the households were not kept, and nobody is told others.
        world.Day = world.Day.AddDays(1);
        Assert.Null(await Behind(world, world.Office, CaseworkWorld.County, "R03", day.AddDays(1)));

        // A figure that somebody changed in the database does not come out again.
        await world.Read(async (db, cancel) =>
        {
            await db.Execute("update indicator_values set numerator = '99' where county = '500231' and area = '500231' and code = 'R03' and as_of = @day", cancel, ("@day", day));
            return 0;
        });
        var difference = Assert.Single((await Again(world, day))!);
        Assert.Equal(("R03", 99m, 3m), (difference.Code, difference.Kept.Numerator, difference.Again.Numerator));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_end_of_a_month_opens_for_good_and_can_be_published_in_the_next_one(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        var end = new DateOnly(2020, 6, 30);
        var first = await world.Household();
        world.Day = end.AddDays(-1);
        await Compute(world, world.Day);
        world.Day = end;
        await Compute(world, end);
        var second = await world.Household();
        await Compute(world, end);
        world.Day = end.AddDays(3);
        await world.Household();
        await Compute(world, world.Day);

        Assert.Equal(new[] { first, second }.Order(), (await Behind(world, world.Office, CaseworkWorld.County, "R03", end))!.Select(h => h.Household).Order());
        Assert.Empty((await Again(world, end))!);
        Assert.Null(await Behind(world, world.Office, CaseworkWorld.County, "R03", end.AddDays(-1)));

        CaseworkWorld.Refused("insight.not-kept", await Publish(world, world.Office, end.AddDays(-1)));
        CaseworkWorld.Refused("insight.not-kept", await Publish(world, world.Office, world.Day.AddDays(1)));
        CaseworkWorld.Done(await Publish(world, world.Office, end));
        CaseworkWorld.Refused("insight.published", await Publish(world, world.Officer2, end));
        Assert.Equal(2, (await Of(world, CaseworkWorld.County, end))["R03"].Numerator);
        Assert.Equal(2, (await Behind(world, world.Office, CaseworkWorld.County, "R03", end))!.Count);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task An_adjusted_figure_keeps_what_was_worked_out_and_somebody_else_publishes_it(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        await world.Household();
        await Compute(world, world.Day);
        CaseworkWorld.Refused("access.not-permitted", await Enter(world, world.Cadre, CaseworkWorld.Village, "R03", "7", "", "漏了六户"));
        CaseworkWorld.Refused("access.not-permitted", await Enter(world, world.Clerk, CaseworkWorld.County, "R03", "7", "", "漏了六户"));
        CaseworkWorld.Refused("insight.no-reason", await Enter(world, world.Office, CaseworkWorld.County, "R03", "7", "", " "));
        CaseworkWorld.Refused("insight.bad-numerator", await Enter(world, world.Office, CaseworkWorld.County, "R03", "七", "", "漏了六户"));
        CaseworkWorld.Refused("insight.bad-denominator", await Enter(world, world.Office, CaseworkWorld.County, "R07", "7", "0", "漏了六户"));
        CaseworkWorld.Refused("insight.no-indicator", await Enter(world, world.Office, CaseworkWorld.County, "R99", "7", "", "漏了六户"));
        CaseworkWorld.Refused("insight.nothing-to-adjust", await Enter(world, world.Office, new("500231113"), "R03", "7", "", "漏了六户"));
        CaseworkWorld.Done(await Enter(world, world.Office, CaseworkWorld.County, "R03", "7", "", "漏了六户"));

        var adjusted = (await Of(world, CaseworkWorld.County, world.Day))["R03"];
        Assert.Equal((FigureStatus.Adjusted, 7m, 1m, "漏了六户", "office"), (adjusted.Status, adjusted.Value, adjusted.Replaced, adjusted.Entry!.Reason, adjusted.Entry.By));
        Assert.Equal(FigureStatus.Computed, (await Of(world, CaseworkWorld.Village, world.Day))["R03"].Status);
        CaseworkWorld.Refused("insight.own-adjustment", await Publish(world, world.Office));
        CaseworkWorld.Refused("access.not-permitted", await Publish(world, world.Clerk));
        var set = CaseworkWorld.Done(await Publish(world, world.Officer2));
        Assert.Contains(set.Checks.Single(c => c.Check == CrossCheck.PartsAddUp).Findings, f => f is { Area: "500231", Code: "R03" });
        Assert.Contains(set.Checks.Single(c => c.Check == CrossCheck.WithinWhole).Findings, f => f is { Area: "500231", Code: "R03" });
        CaseworkWorld.Refused("insight.published", await Enter(world, world.Office, CaseworkWorld.County, "R03", "8", "", "再改"));

        // It was about that day.
        world.Day = world.Day.AddDays(1);
        await Compute(world, world.Day);
        Assert.Equal(1, (await Of(world, CaseworkWorld.County, world.Day))["R03"].Value);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_reported_figure_holds_until_it_is_reported_anew_and_two_that_differ_are_found(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        await world.Household();
        await Compute(world, world.Day);
        CaseworkWorld.Done(await Enter(world, world.Office, CaseworkWorld.County, "S04", "67888", "104096", "社会扶贫网月报"));
        CaseworkWorld.Done(await Enter(world, world.Office, CaseworkWorld.County, "G15", "904", "", "卫健委月报"));
        CaseworkWorld.Done(await Enter(world, world.Office, CaseworkWorld.County, "C11", "5052", "", "县委办"));
        CaseworkWorld.Done(await Enter(world, world.Officer2, CaseworkWorld.County, "C11", "5025", "", "督查室"));
        world.Day = world.Day.AddDays(3);
        var figures = await Of(world, CaseworkWorld.County, world.Day);
        Assert.Equal((FigureStatus.Reported, "65.22", world.Day.AddDays(-3)), (figures["S04"].Status, figures["S04"].Shown, figures["S04"].AsOf));
        Assert.Equal((904m, (decimal?)null, (string?)null), (figures["G15"].Numerator, figures["G15"].Denominator, figures["G15"].Shown));
        Assert.Equal(5025, figures["C11"].Value);

        CaseworkWorld.Done(await Enter(world, world.Office, CaseworkWorld.County, "C11", "5052", "", "县委办"));
        CaseworkWorld.Done(await Enter(world, world.Officer2, CaseworkWorld.County, "C11", "5025", "", "督查室"));
        CaseworkWorld.Done(await Enter(world, world.Office, CaseworkWorld.County, "G15", "904", "", "卫健委月报"));
        var set = CaseworkWorld.Done(await Publish(world, world.Office));
        Assert.Equal(["C11"], set.Checks.Single(c => c.Check == CrossCheck.SaidTwice).Findings.Select(f => f.Code));
        Assert.Equal(["G15"], set.Checks.Single(c => c.Check == CrossCheck.RateIsWhole).Findings.Select(f => f.Code));
        CaseworkWorld.Refused("insight.in-future", await Enter(world, world.Office, CaseworkWorld.County, "S01", "1", "", "报表", world.Day.AddDays(1)));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task What_was_reported_gives_way_once_it_is_worked_out(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        await world.Household();
        // As if the policy of the day before had still waited for it.
        await world.Read(async (db, cancel) =>
        {
            db.Add(new IndicatorEntry
            {
                County = "500231", Id = Guid.CreateVersion7(), AsOf = world.Day.AddDays(-1), Area = "500231", Code = "R03", Adjusts = false, Numerator = "9", Reason = "月报", UserId = world.Office.User,
                EnteredBy = "office", EnteredAt = DateTimeOffset.UnixEpoch,
            });
            return await db.SaveChangesAsync(cancel);
        });
        Assert.Equal((FigureStatus.Reported, 9m), (await Of(world, CaseworkWorld.County, world.Day))["R03"] is var said ? (said.Status, said.Numerator) : default);
        await Compute(world, world.Day);
        Assert.Equal((FigureStatus.Computed, 1m), (await Of(world, CaseworkWorld.County, world.Day))["R03"] is var worked ? (worked.Status, worked.Numerator) : default);
    }

    private static Task<Outcome<SetSummary>> Publish(CaseworkWorld world, Actor actor, DateOnly? asOf = null) =>
        world.With<PublishFigures, Outcome<SetSummary>>((p, cancel) => p.Publish(actor, asOf ?? world.Day, cancel));

    private static Task<Outcome<Guid>> Enter(CaseworkWorld world, Actor actor, AreaCode area, string code, string numerator, string denominator, string reason, DateOnly? asOf = null) =>
        world.With<EnterFigure, Outcome<Guid>>((e, cancel) => e.Enter(actor, new(area, code, asOf ?? world.Day, numerator, denominator, reason), cancel));

    private static Task<int> Compute(CaseworkWorld world, DateOnly day) => world.With<IFigures, int>(async (f, cancel) =>
    {
        await f.Compute(CaseworkWorld.County, day, cancel);
        return 0;
    });

    private static Task<Dictionary<string, Figure>> Of(CaseworkWorld world, AreaCode area, DateOnly day) =>
        world.With<IFigures, Dictionary<string, Figure>>(async (f, cancel) => (await f.Of(world.Office, area, day, cancel)).ToDictionary(x => x.Code));

    private static Task<IReadOnlyList<Contribution>?> Behind(CaseworkWorld world, Actor actor, AreaCode area, string code, DateOnly day) =>
        world.With<IFigures, IReadOnlyList<Contribution>?>((f, cancel) => f.Behind(actor, area, code, day, true, cancel));

    private static Task<IReadOnlyList<Difference>?> Again(CaseworkWorld world, DateOnly day) =>
        world.With<PublishedSets, IReadOnlyList<Difference>?>((s, cancel) => s.Again(CaseworkWorld.County, day, cancel));
}
