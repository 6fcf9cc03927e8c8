using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Listings;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;
using static Shouwang.Tests.Modules.Ledger.LedgerWorld;

namespace Shouwang.Tests.Modules.Ledger;

/// <summary>挂牌督战: on the list under a leader, a log, and off it with evidence, by somebody else, once its problems are struck off.</summary>
public class ListingTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    private static Task<Outcome<Guid>> Put(CaseworkWorld world, NewListing wanted, Actor? by = null) =>
        world.With<PutOnList, Outcome<Guid>>((put, cancel) => put.Run(by ?? world.Office, wanted, cancel));

    private static NewListing Wanted(CaseworkWorld world, decimal funds = 300_000m) =>
        new(ListedKind.Village, Village, null, null, "县委常委", "未脱贫户清零，饮水达标", world.Day.AddMonths(2), "县扶领〔2020〕5号", funds);

    private static Task<Outcome<ListingState>> Step(CaseworkWorld world, Actor by, Guid listing, ListingStepRequest request) =>
        world.With<TakeListingStep, Outcome<ListingState>>((step, cancel) => step.Run(by, listing, request, cancel));

    private static ListingStepRequest Removal(CaseworkWorld world) => new(ListingEvent.ProposeRemoval, Evidence: [Words(EvidenceKinds.Effect, "目标达到"), world.File(EvidenceKinds.Photo)]);

    private static readonly ListingStepRequest Decided = new(ListingEvent.Remove, Evidence: [Words(EvidenceKinds.Decision, "同意摘牌")]);

    private static async Task<ListingPage> Page(CaseworkWorld world, Guid id, Actor? by = null) =>
        (await world.With<ListingQueries, ListingPage?>((q, cancel) => q.Open(by ?? world.Office, id, cancel)))!;

    [Theory, MemberData(nameof(Databases))]
    public async Task An_object_comes_off_the_list_with_evidence_and_by_another_person(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        Refused("steps.not-permitted", await Put(world, Wanted(world), world.Clerk));
        var listing = Done(await Put(world, Wanted(world)));
        Refused("listings.on-the-list", await Put(world, Wanted(world)));

        var supervise = new ListingStepRequest(ListingEvent.Supervise, Evidence: [Words(EvidenceKinds.Finding, "水厂主管道已铺设")], Spent: 200_000m);
        Done(await Step(world, CountyLeader, listing, supervise));
        Refused("listings.more-than-funds", await Step(world, Supervisor, listing, supervise));
        Refused("listings.bad-amount", await Step(world, Supervisor, listing, supervise with { Spent = -1m }));
        Refused("steps.not-permitted", await Step(world, world.Cadre, listing, supervise));

        Refused("steps.evidence-missing", await Step(world, world.Office, listing, new(ListingEvent.ProposeRemoval)));
        Done(await Step(world, world.Office, listing, Removal(world)));
        Refused("steps.own-work", await Step(world, world.Office, listing, Decided));
        Refused("steps.evidence-missing", await Step(world, CountyLeader, listing, Decided with { Evidence = [] }));
        Assert.Equal(ListingState.Removed, Done(await Step(world, CountyLeader, listing, Decided)));
        var page = await Page(world, listing);
        Assert.Equal((200_000m, world.Day, 4), (page.Row.Spent.Yuan, page.Row.RemovedOn, page.Log.Count));
        Refused("listings.not-found", await world.Found(new("inspection", null, Village, null, "water", "漏水", world.Day, Listing: listing)));
        Refused("listings.not-found", await world.Found(new("inspection", null, Village, null, "water", "漏水", world.Day, Listing: Guid.CreateVersion7())));
        // What was removed may be listed anew.
        Done(await Put(world, Wanted(world)));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Problems_found_at_it_keep_it_on_the_list_and_bring_it_back(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var listing = Done(await Put(world, Wanted(world)));
        var issue = await world.Reported(listing: listing);
        Refused("listings.problems-open", await Step(world, world.Office, listing, Removal(world)));
        await world.StruckOff(issue);
        Done(await Step(world, world.Office, listing, Removal(world)));
        Done(await Step(world, CountyLeader, listing, Decided));

        Done(await world.On(issue, world.Leader, new(IssueEvent.Reopen, "又漏了")));
        var page = await Page(world, listing);
        Assert.Equal((ListingState.Listed, null, ListingEvent.Relist), (page.Row.State, page.Row.RemovedOn, page.Log[^1].Event));
        Assert.Contains((await world.Issue(issue)).Code, page.Log[^1].Reason?.Zh, StringComparison.Ordinal);

        // Also while its removal is only proposed.
        await world.StruckOff(issue);
        Done(await Step(world, world.Office, listing, Removal(world)));
        Done(await world.On(issue, world.Leader, new(IssueEvent.Reopen, "再漏")));
        Assert.Equal((ListingState.Listed, ListingEvent.Reject), ((await Page(world, listing)).Row.State, (await Page(world, listing)).Log[^1].Event));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_is_listed_is_complete_and_lies_in_the_area(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        var wanted = Wanted(world);
        Refused("listings.incomplete", await Put(world, wanted with { Leader = " " }));
        Refused("listings.not-a-village", await Put(world, wanted with { Area = Township }));
        Refused("listings.no-name", await Put(world, wanted with { Kind = ListedKind.Site }));
        Refused("listings.no-household", await Put(world, wanted with { Kind = ListedKind.Household, Household = "nobody" }));
        Refused("listings.target-too-early", await Put(world, wanted with { TargetOn = world.Day.AddDays(-1) }));
        Refused("listings.bad-amount", await Put(world, wanted with { Funds = -1 }));
        Refused("listings.not-found", await Step(world, world.Stranger, Done(await Put(world, wanted)), Decided));

        // A household's target may speak of illness: for whoever supervises it, not for who sees such things masked and has no part in it.
        var home = await world.Household();
        var listed = Done(await Put(world, wanted with { Kind = ListedKind.Household, Household = home.ToString() }));
        Assert.Equal((home, wanted.Target), ((await Page(world, listed)).Row.Household!.Value, (await Page(world, listed)).Target?.Zh));
        foreach (var by in (Actor[])[Supervisor, CountyLeader])
            Assert.Equal((wanted.Target, true), ((await Page(world, listed, by)).Target?.Zh, (await Page(world, listed, by)).Row.Reads));
        Assert.Equal((Withheld.Notice, false), ((await Page(world, listed, world.Department)).Target, (await Page(world, listed, world.Department)).Row.Reads));
    }
}
