using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Modules.Casework;

namespace Shouwang.Tests.Modules.Screening;

/// <summary>Facts that change are looked at again by themselves, and no change is lost on the way.</summary>
public sealed class ChangedHouseholdTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_visit_that_finds_somebody_uninsured_opens_a_lead_by_itself_and_only_once(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        var household = await world.Household();
        await world.With<RescreenChanged, int>((again, cancel) => again.Once(cancel));
        Assert.Empty(await Leads(world, household));

        await Uninsured(world, household, true);
        Assert.Equal(1, await world.With<RescreenChanged, int>((again, cancel) => again.Once(cancel)));
        Assert.Equal(["W21"], Assert.Single(await Leads(world, household)).Rules);
        Assert.Equal(0, await world.With<RescreenChanged, int>((again, cancel) => again.Once(cancel)));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task What_changes_while_it_is_looked_at_is_looked_at_again(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        var (first, second) = (await world.Household(), await world.Household());
        var list = Assert.Single(await Changed(world));
        Assert.Equal(new[] { first, second }.Order(), list.Households.Order());

        // Between reading the list and striking it off, one of them changes again.
        await Uninsured(world, second, true);
        await world.With<ChangedHouseholds, int>(async (changed, cancel) =>
        {
            await changed.Strike(list, cancel);
            return 0;
        });
        Assert.Equal([second], Assert.Single(await Changed(world)).Households);
    }

    [Fact]
    public async Task Changes_of_one_household_wait_neither_for_each_other_nor_for_screening()
    {
        // The embedded database has one writer at a time by its nature.
        await using var world = await CaseworkWorld.Open("postgres");
        var household = await world.Household();
        await world.Read(async (db, cancel) =>
        {
            await using var slow = await db.Database.BeginTransactionAsync(cancel);
            await db.MarkDirty(CaseworkWorld.County.Digits, [household], TimeProvider.System, cancel);

            await Uninsured(world, household, true).WaitAsync(TimeSpan.FromMinutes(1), cancel);
            Assert.Equal(1, await world.With<RescreenChanged, int>((again, c) => again.Once(c)).WaitAsync(TimeSpan.FromMinutes(1), cancel));
            Assert.Empty(await Changed(world));

            await slow.CommitAsync(cancel);
            return 0;
        });
        Assert.Equal([household], Assert.Single(await Changed(world)).Households);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Being_late_with_a_household_opens_no_lead_for_it(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        var household = await world.Household();
        await world.OpenedCase(household);
        Assert.Single(await Leads(world, household));

        // Forty days later the identification is far beyond its limit, and the rules say so.
        world.Day = world.Day.AddDays(40);
        var result = await world.With<IScreening, ScreeningResult>((s, cancel) => s.Run(CaseworkWorld.County, world.Day, "tester", null, cancel));
        Assert.Equal(1, result.Rules.Single(r => r.Id == "W59").Hits);
        Assert.Single(await Leads(world, household));
    }

    private static Task<IReadOnlyList<ChangedHouseholds.Changed>> Changed(CaseworkWorld world) =>
        world.With<ChangedHouseholds, IReadOnlyList<ChangedHouseholds.Changed>>((changed, cancel) => changed.Read(10, cancel));

    private static Task<IReadOnlyList<LeadSummary>> Leads(CaseworkWorld world, Guid household) =>
        world.With<ILeads, IReadOnlyList<LeadSummary>>((leads, cancel) => leads.Of(world.Office, household, cancel));

    private static async Task Uninsured(CaseworkWorld world, Guid household, bool uninsured)
    {
        var member = Guid.Empty;
        await world.Read(async (db, cancel) =>
        {
            await db.Read("select id from members where household_id = @household", row => member = row.GetGuid(0), cancel, ("@household", household));
            return 0;
        });
        CaseworkWorld.Done(await world.Visit(household, facts: [new(member, "ins_res", !uninsured), new(member, "ins_emp", false)]));
    }
}
