using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Books;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;
using static Shouwang.Tests.Modules.Ledger.LedgerWorld;

namespace Shouwang.Tests.Modules.Ledger;

/// <summary>People who do anything to problems at any time. The promises hold all the same.</summary>
public class LedgerWalkTests
{
    private const int Steps = 900;

    private static readonly Actor Above = Person("prefecture", Role.HigherOffice, new("5002"));

    [Fact]
    public async Task Whatever_people_try_nothing_is_struck_off_improperly_and_the_books_come_out()
    {
        await using var world = await CaseworkWorld.Open("sqlite");
        var random = new Random(20201130);
        var start = world.Day;
        var issues = new List<Guid>();
        for (var n = 0; n < 4; n++)
        {
            var whole = await world.Reported(n % 2 == 0 ? "housing" : "medical", channel: n == 1 ? "medical" : null);
            issues.AddRange([whole, await world.Reported(partOf: whole, by: world.Clerk)]);
        }
        Actor[] people = [world.Cadre, world.Clerk, world.Leader, world.Office, world.Department, Supervisor, CivilAffairs, Above, world.Stranger];
        var taken = 0;
        for (var step = 0; step < Steps; step++)
        {
            var id = issues[random.Next(issues.Count)];
            var before = await world.Issue(id);
            var offered = IssueStates.Life.Table.StepsFrom(before.State).Where(s => s.Event != IssueEvent.Recheck).ToList();
            var happening = random.Next(6) == 0 ? (IssueEvent)random.Next(Enum.GetValues<IssueEvent>().Length) : offered[random.Next(offered.Count)].Event;
            if (happening is IssueEvent.Reopen or IssueEvent.SendUp && random.Next(3) > 0)
                continue;
            // Half of the time by somebody whose post takes such steps; otherwise by anybody.
            Actor[] able = IssueStates.Life.Table.Find(before.State, happening) is { } row ? [.. people.Where(p => p.May(row.Permission, Village))] : [];
            var actor = able.Length > 0 && random.Next(2) == 0 ? able[random.Next(able.Length)] : people[random.Next(people.Length)];
            var outcome = await world.On(id, actor, new(happening, "理由", random.Next(8) == 0 ? null : Everything(world), Unit: "金钱村", Person: "村干部",
                Department: happening == IssueEvent.HandOver ? (random.Next(2) == 0 ? "civil_affairs" : "medical_insurance") : null,
                Level: random.Next(4) == 0 ? AreaLevel.Province : AreaLevel.Prefecture, Letter: "1号"));
            taken += outcome.Succeeded ? 1 : 0;
            await Holds(world, id, before, outcome.Succeeded);
            if (random.Next(4) == 0)
                world.Day = world.Day.AddDays(random.Next(4));
        }
        Assert.True(taken > Steps / 5, $"Only {taken} steps were taken, so little was shown.");
        var all = await world.Read((db, cancel) => db.Set<Issue>().AsNoTracking().ToListAsync(cancel));
        Assert.Contains(all, i => i.TimesReopened > 0);
        Assert.Contains(all, i => i.AnsweredOn is not null);
        await BooksComeOut(world, start, random, all);
    }

    private static IReadOnlyList<Evidence> Everything(CaseworkWorld world) =>
        [.. EvidenceKinds.Table.Where(k => k.Form != EvidenceForm.Record).Select(k => new Evidence(k.Code, k.Form == EvidenceForm.File ? world.Photo : null, "有"))];

    private static async Task Holds(CaseworkWorld world, Guid id, Issue before, bool taken)
    {
        var after = await world.Issue(id);
        Assert.Equal(taken, after.Version > before.Version);
        var steps = await world.StepsOf(id);
        Assert.True(steps.Zip(steps.Skip(1)).All(p => p.First.ToState == p.Second.FromState && p.First.HappenedOn <= p.Second.HappenedOn));
        Assert.Equal((after.State, after.StageDueOn), (steps[^1].ToState, steps[^1].NextDueOn));
        if (!taken)
            return;
        var last = steps[^1];
        Assert.NotNull(IssueStates.Life.Table.Find(before.State, last.Event));
        // Whoever ever mended it never judged it.
        var menders = steps.Where(s => s.Event is IssueEvent.Submit or IssueEvent.FixOnSpot).Select(s => s.UserId).ToHashSet();
        if (last.Event is IssueEvent.Examine or IssueEvent.Close or IssueEvent.Reject or IssueEvent.ConfirmEffect)
            Assert.DoesNotContain(last.UserId, menders);
        // Above the county nobody decides but the level that has it, and from there it comes back to the county.
        Assert.Equal(after.State == IssueState.SentUp, after.Level < AreaLevel.County);
        if (last.Event is IssueEvent.Instruct or IssueEvent.Return)
            Assert.Equal((Above.User, AreaLevel.Prefecture), (last.UserId, before.Level));
        // A channel's clock moves with a reopening and with nothing else.
        if (last.Event != IssueEvent.Reopen)
            Assert.Equal((before.ChannelOn, before.ChannelDueOn), (after.ChannelOn, after.ChannelDueOn));
        if (last.Event == IssueEvent.HandOver)
            Assert.Equal(before.StageDueOn, after.StageDueOn);
        // No whole is struck off while a part of it is open.
        var all = await world.Read((db, cancel) => db.Set<Issue>().AsNoTracking().ToListAsync(cancel));
        var ended = all.Where(i => IssueStates.Ended.Contains(i.State)).ToDictionary(i => i.Id);
        Assert.DoesNotContain(all, i => i.PartOfId is { } whole && ended.ContainsKey(whole) && !ended.ContainsKey(i.Id));
        Assert.All(ended.Values, i => Assert.True(i is { ClosedOn: not null, ClosedBy: not null, CheckOn: not null, EffectEnc: not null }));
    }

    private static async Task BooksComeOut(CaseworkWorld world, DateOnly start, Random random, List<Issue> all)
    {
        async Task<IReadOnlyList<BookEntry>> Book(DateOnly day) => await world.With<LedgerBook, IReadOnlyList<BookEntry>>((b, cancel) => b.AsOf(world.Office, new(County), day, cancel));
        Assert.Equal(all.OrderBy(i => i.Code).Select(i => (i.Code, (IssueState?)i.State, i.StageDueOn)), (await Book(world.Day)).Select(e => (e.Code, e.State, e.DueOn)));
        var days = world.Day.DayNumber - start.DayNumber;
        for (var n = 0; n < 10; n++)
        {
            var (one, other) = (start.AddDays(random.Next(days)), start.AddDays(random.Next(days)));
            Assert.True(Reconciliation.Of(await Book(one), await Book(other)).Balance.Holds);
            Assert.Empty(Reconciliation.Of(await Book(one), await Book(one)).Differences);
        }
    }
}
