using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Listings;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Tests.Desk;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Ledger;

/// <summary>Who reads which words of the ledger, made from the permission table: each role that sees the ledger × each relation to a problem. What is hidden says so, on pages and on paper.</summary>
public class ReadingTests
{
    private const string Words = "屋顶漏雨", Notice = "（不对您的岗位开放）", Head = "张大山", Masked = "张**";

    // What DOMAIN §3 calls full, own village or township.
    private static readonly Role[] Unmasked = [Role.VillageCadre, Role.FirstSecretary, Role.WorkTeamMember, Role.GridWorker, Role.TownshipClerk, Role.TownshipLeader, Role.CountyOffice, Role.Auditor, Role.HigherOffice];

    public static TheoryData<Role> Roles => [.. Permissions.Find(Permissions.IssuesRead).Roles.Keys];

    [Fact]
    public void Every_role_that_sees_the_ledger_is_spoken_for() =>
        Assert.Equal(Permissions.Find(Permissions.IssuesRead).Roles.Keys.Order(), Unmasked.Concat([Role.CountyLeader, Role.IndustryDept, Role.Supervisor]).Order());

    [Theory, MemberData(nameof(Roles))]
    public async Task Words_are_read_by_whom_they_are_for(Role role)
    {
        await using var world = await CaseworkWorld.Open("sqlite");
        var reader = Person("reader", role, County, role == Role.IndustryDept ? "housing" : null);
        var home = await world.Household();
        var listing = Done(await world.With<PutOnList, Outcome<Guid>>((put, cancel) => put.Run(world.Office,
            new(ListedKind.Village, Village, null, null, "县委常委", "清零", world.Day.AddMonths(2), "县扶领〔2020〕5号", 0), cancel)));
        var issues = new Dictionary<string, Guid>
        {
            ["of a place"] = await world.Reported(fixedHow: "已修缮"),
            ["of a household"] = await world.Reported(household: home, fixedHow: "已修缮"),
            ["at a listed object"] = await world.Reported(household: home, listing: listing, fixedHow: "已修缮"),
            ["in the own queue"] = await world.Reported(household: home),
            ["in another queue"] = await world.Reported(household: home),
            ["assigned to the reader"] = await world.Reported(household: home),
        };
        Done(await world.Assign(issues["in the own queue"], department: "housing"));
        Done(await world.Assign(issues["in another queue"], department: "civil_affairs"));
        Done(await world.On(issues["assigned to the reader"], world.Clerk, new(IssueEvent.Assign, Unit: "县级", Person: "领导", PersonUser: reader.User)));

        string[] read = role switch
        {
            Role.CountyLeader => ["of a place", "at a listed object", "assigned to the reader"],
            Role.IndustryDept => ["of a place", "in the own queue", "assigned to the reader"],
            // Supervisors strike off, and so read all they could strike off.
            _ => [.. issues.Keys],
        };
        var rows = (await world.With<IssueLists, IssueRows>((l, cancel) => l.List(reader, new(IssueShow.All), cancel))).Rows.ToDictionary(r => r.Id);
        var told = await world.With<ILedger, IReadOnlyDictionary<Guid, Text>>((l, cancel) => l.Words(reader, issues.Values, cancel));
        foreach (var (which, id) in issues)
        {
            var words = read.Contains(which) ? Words : Notice;
            var page = (await world.With<IssueQueries, IssuePage?>((q, cancel) => q.Open(reader, id, cancel)))!;
            Assert.Equal((which, words, words, words), (which, rows[id].Problem?.Zh, page.Problem?.Zh, told[id].Zh));
            // What was never written is not called hidden.
            Assert.Equal((null, null), (page.Effect, rows[id].Effect));
            if (page.Rectification is not { } mended)
                continue;
            Assert.Equal(read.Contains(which) ? "已修缮" : Notice, mended.Zh);
            var step = page.History[^1];
            Assert.Equal(read.Contains(which) ? (1, 1, null) : (0, 0, Notice), (step.Files.Count, step.Texts.Count, step.Reason?.Zh));
        }
        var refs = await world.With<IHouseholds, IReadOnlyDictionary<Guid, HouseholdRef>>((h, cancel) => h.Refs(County.Digits, [home], cancel));
        Assert.Equal(Unmasked.Contains(role) ? Head : Masked, refs[home].HeadFor(reader));
    }

    [Theory, MemberData(nameof(Roles))]
    public async Task On_pages_and_on_paper_names_and_words_are_hidden_alike_and_said_to_be(Role role)
    {
        await using var server = await DeskServer.Start();
        var cancel = TestContext.Current.CancellationToken;
        var household = Guid.CreateVersion7();
        var issue = await server.With(async services =>
        {
            var by = Person("cadre", Role.VillageCadre, new(DeskServer.Village));
            await services.GetRequiredService<IFacts>().State(new(new(DeskServer.Village), "test"), [new(household, null, "register", "test.xlsx", new(2020, 5, 1),
                new Dictionary<string, object?> { ["hid"] = DeskServer.Village + "001", ["head_name"] = Head, ["status"] = "Lifted", ["family_size"] = 1L })], cancel);
            var ledger = services.GetRequiredService<ILedger>();
            Done(await ledger.Report(new("inspection", null, new(DeskServer.Village), null, "water", "水管冻裂", new(2020, 6, 1)), by, cancel));
            return Done(await ledger.Report(new("inspection", null, new(DeskServer.Village), household, "housing", Words, new(2020, 6, 1)), by, cancel));
        });
        using var browser = await server.SignedIn(role, DeskServer.County);
        var hidden = role is Role.CountyLeader or Role.IndustryDept;
        foreach (var page in (string[])["/ledger?show=All", "/print/ledger?list=Problem&show=All"])
        {
            var text = await (await browser.GetAsync(page, cancel)).Text();
            Assert.Contains("水管冻裂", text, StringComparison.Ordinal);
            Assert.Equal((!hidden, hidden), (text.Contains(Words, StringComparison.Ordinal), text.Contains(Notice, StringComparison.Ordinal)));
            Assert.Equal(Unmasked.Contains(role), text.Contains(Head, StringComparison.Ordinal));
            Assert.Equal(!Unmasked.Contains(role), text.Contains(Masked, StringComparison.Ordinal));
        }
        var own = await (await browser.GetAsync($"/ledger/{issue}", cancel)).Text();
        Assert.Equal((!hidden, hidden), (own.Contains(Words, StringComparison.Ordinal), own.Contains(Notice, StringComparison.Ordinal)));
        // Who would be refused the household's file is not sent there.
        Assert.Equal(Permissions.Of(role, Permissions.HouseholdsRead) is not null, own.Contains($"/households/{household}", StringComparison.Ordinal));
    }
}
