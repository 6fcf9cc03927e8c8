using Shouwang.Kernel;
using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Listings;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Ledger;

/// <summary>Nobody is offered what would be refused: pages and work lists know who may not although the post may.</summary>
public class BarredTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    private static async Task<IReadOnlyDictionary<IssueEvent, Problem>> Barred(CaseworkWorld world, Guid issue, Actor by) =>
        (await world.With<IssueQueries, IssuePage?>((q, cancel) => q.Open(by, issue, cancel)))!.Barred;

    private static async Task<WorkItem> Item(CaseworkWorld world, Guid issue, Actor by) => Assert.Single(
        (await world.With<IEnumerable<IWorkSource>, WorkPart>((sources, cancel) => sources.OfType<IssueWork>().Single().Of(by, world.Day, 50, cancel))).Items, i => i.Subject == issue);

    [Theory, MemberData(nameof(Databases))]
    public async Task What_was_handed_up_is_assigned_by_the_level_it_was_handed_to(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var issue = await world.Reported();
        Assert.True((await Item(world, issue, world.Clerk)).Mine);
        foreach (var _ in (int[])[1, 2])
            Done(await world.On(issue, world.Office, new(IssueEvent.Escalate, "镇上解决不了")));
        Assert.Equal("ledger.higher-level", (await Barred(world, issue, world.Clerk))[IssueEvent.Assign].Code);
        Refused("ledger.higher-level", await world.Assign(issue));
        Assert.Equal((false, true), ((await Item(world, issue, world.Clerk)).Mine, (await Item(world, issue, world.Office)).Mine));
        Assert.DoesNotContain(IssueEvent.Assign, (await Barred(world, issue, world.Office)).Keys);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_mended_it_is_told_that_somebody_else_examines_it(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var issue = await world.Reported();
        Done(await world.On(issue, world.Clerk, new(IssueEvent.Assign, Unit: "镇", Person: "经办人")));
        Done(await world.On(issue, world.Clerk, new(IssueEvent.Start)));
        Done(await world.On(issue, world.Clerk, new(IssueEvent.Submit, Evidence: [Words(EvidenceKinds.Rectification), world.File(EvidenceKinds.Photo)])));
        var barred = await Barred(world, issue, world.Clerk);
        Assert.Equal([IssueEvent.Examine, IssueEvent.Reject], barred.Keys.Order());
        Assert.All(barred.Values, p => Assert.Equal("steps.own-work", p.Code));
        Assert.Empty(await Barred(world, issue, world.Leader));
        var (own, other) = (await Item(world, issue, world.Clerk), await Item(world, issue, world.Leader));
        Assert.Equal((false, true), (own.Mine, other.Mine));
        Assert.StartsWith("他人（", own.WaitsFor.Zh, StringComparison.Ordinal);
        // The row says what it is about, as far as the reader reads it.
        Assert.EndsWith("：屋顶漏雨", own.About!.Value.Zh, StringComparison.Ordinal);
        var home = await world.Reported(household: await world.Household());
        Assert.EndsWith("：（不对您的岗位开放）", (await Item(world, home, LedgerWorld.CountyLeader)).About!.Value.Zh, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Whoever_proposed_a_removal_is_told_that_somebody_else_decides(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var listing = Done(await world.With<PutOnList, Outcome<Guid>>((put, cancel) => put.Run(world.Office,
            new(ListedKind.Village, Village, null, null, "县委常委", "清零", world.Day.AddMonths(2), "县扶领〔2020〕5号", 0), cancel)));
        var issue = await world.Reported(listing: listing);
        Assert.Equal("listings.problems-open", (await Page(world.Office)).Barred[ListingEvent.ProposeRemoval].Code);
        await world.StruckOff(issue);
        Assert.Empty((await Page(world.Office)).Barred);
        Done(await world.With<TakeListingStep, Outcome<ListingState>>((step, cancel) => step.Run(world.Office, listing,
            new(ListingEvent.ProposeRemoval, Evidence: [Words(EvidenceKinds.Effect), world.File(EvidenceKinds.Photo)]), cancel)));
        Assert.Equal([ListingEvent.Reject, ListingEvent.Remove], (await Page(world.Office)).Barred.Keys.Order());
        Assert.Empty((await Page(LedgerWorld.CountyLeader)).Barred);

        async Task<ListingPage> Page(Actor by) => (await world.With<ListingQueries, ListingPage?>((q, cancel) => q.Open(by, listing, cancel)))!;
    }
}
