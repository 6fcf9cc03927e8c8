using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Notices;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Workflow;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Casework;

/// <summary>People who do anything at any time, with or without evidence. The promises hold all the same.</summary>
public class RandomWalkTests
{
    private const int Walks = 10, Steps = 90;

    [Fact]
    public async Task Whatever_people_try_nobody_is_registered_without_the_whole_procedure()
    {
        await using var world = await CaseworkWorld.Open("sqlite");
        var random = new Random(20201122);
        var registered = 0;
        for (var walk = 0; walk < Walks; walk++)
        {
            var household = await world.Household();
            var id = await world.OpenedCase(household);
            var visit = Done(await world.Visit(household));
            for (var step = 0; step < Steps; step++)
            {
                var before = await world.Case(id);
                if (CaseStates.Life.IsFinal(before.State))
                    break;
                await Try(world, random, id, household, visit, before);
                await Holds(world, before, await world.Case(id));
                if (random.Next(3) == 0)
                    world.Day = world.Day.AddDays(random.Next(3));
            }
            var after = await world.Case(id);
            if (after.State != CaseState.Registered)
                continue;
            registered++;
            await IsProper(world, after);
        }
        Assert.True(registered > 0, "No walk reached the list, so nothing was shown.");
    }

    private static async Task Try(CaseworkWorld world, Random random, Guid id, Guid household, Guid visit, IdentificationCase c)
    {
        Actor[] people = [world.Cadre, world.Secretary, world.Clerk, world.Leader, world.Office, world.Department, world.Stranger];
        var actor = people[random.Next(people.Length)];
        switch (random.Next(12))
        {
            case 0:
                await world.Post(actor, NoticeKind.Identification, id);
                break;
            case 1 when c.NoticeId is { } notice:
                await world.Photograph(actor, notice);
                break;
            case 2 when c.NoticeId is { } notice && random.Next(4) == 0:
                var code = await world.Read((db, cancel) => db.Set<Notice>().Where(n => n.Id == notice).Select(n => n.Code).SingleAsync(cancel));
                await world.With<LodgeObjection, Outcome<string>>((lodge, cancel) => lodge.Run(County.Digits, code, new(1, null, null, "有异议"), cancel));
                break;
            case 3:
                foreach (var objection in await world.With<NoticeQueries, IReadOnlyList<ObjectionRow>>((q, cancel) => q.Objections(world.Clerk, true, 5, cancel)))
                    await world.With<HandleObjection, Outcome<ObjectionState>>((h, cancel) => h.Run(actor, objection.Id, random.Next(5) == 0, "已核实", cancel));
                break;
            default:
                // Half the time what the table offers, else anything; now and then without evidence.
                var offered = CaseStates.Life.Table.StepsFrom(c.State).Select(s => s.Event).Where(e => e is not (CaseEvent.Reject or CaseEvent.Withdraw) || random.Next(8) == 0).ToList();
                var happening = offered.Count > 0 && random.Next(2) == 0 ? offered[random.Next(offered.Count)] : (CaseEvent)random.Next(Enum.GetValues<CaseEvent>().Length);
                if (happening is CaseEvent.Withdraw or CaseEvent.Reject && random.Next(6) > 0)
                    return;
                // Mostly somebody who may, or hardly any walk would get anywhere.
                if (CaseStates.Life.Table.Find(c.State, happening) is { } row && random.Next(4) > 0)
                    actor = people.Where(p => p.May(row.Permission)).OrderBy(_ => random.Next()).First();
                var bare = random.Next(4) == 0;
                await world.Step(actor, id, new CaseStepRequest(happening, bare ? null : "理由", bare ? null : Everything(world), Visit: random.Next(3) > 0 ? visit : Guid.CreateVersion7(),
                    Causes: random.Next(4) > 0 ? Illness : [], Category: "UnstableLifted", Attended: 20, VotesFor: random.Next(3) > 0 ? 18 : 5, VotesAgainst: 1));
                break;
        }
        if (c.State == CaseState.Returned && random.Next(2) == 0)
            await world.Step(world.Cadre, id, new CaseStepRequest(CaseEvent.Verify, Visit: Done(await world.Visit(household)), Causes: Illness));
    }

    private static IReadOnlyList<Evidence> Everything(CaseworkWorld world) =>
        [.. EvidenceKinds.Table.Where(k => k.Form != EvidenceForm.Record).Select(k => new Evidence(k.Code, k.Form == EvidenceForm.File ? world.Photo : null, "有"))];

    private static async Task Holds(CaseworkWorld world, IdentificationCase before, IdentificationCase after)
    {
        var steps = await world.Read((db, cancel) => db.Set<CaseStep>().Where(s => s.SubjectId == after.Id).OrderBy(s => s.RecordedAt).ThenBy(s => s.Id).ToListAsync(cancel));
        if (before.State != after.State)
        {
            var last = steps[^1];
            Assert.Equal((before.State.ToString(), after.State.ToString()), (last.FromState, last.ToState));
            Assert.NotNull(CaseStates.Life.Table.Find(before.State, Enum.Parse<CaseEvent>(last.Event)));
            Assert.True(after.Version > before.Version);
            // What begins now is not due in the past; what is closed has no day. The visit, the matching and the notice began before.
            var began = after.State is CaseState.DataMatched or CaseState.HouseholdVerified or CaseState.PublicNotice;
            Assert.True(CaseStates.Life.IsFinal(after.State) ? after.StageDueOn is null : began || after.StageDueOn >= world.Day, $"{after.State} {after.StageDueOn} {world.Day}");
        }
        Assert.True(steps.Zip(steps.Skip(1)).All(p => p.First.ToState == p.Second.FromState && p.First.HappenedOn <= p.Second.HappenedOn));
        Assert.Equal(before.TotalDueOn, after.TotalDueOn);
    }

    private static async Task IsProper(CaseworkWorld world, IdentificationCase c)
    {
        var steps = await world.Read((db, cancel) => db.Set<CaseStep>().Where(s => s.SubjectId == c.Id).OrderBy(s => s.RecordedAt).ThenBy(s => s.Id).ToListAsync(cancel));
        var visit = await world.Read((db, cancel) => db.Set<Visit>().SingleAsync(v => v.Id == c.VisitId, cancel));
        var notice = await world.Read((db, cancel) => db.Set<Notice>().SingleAsync(n => n.Id == c.NoticeId, cancel));
        var open = await world.Read((db, cancel) => db.Set<Objection>().CountAsync(o => o.SubjectId == c.Id && o.State == ObjectionState.Open, cancel));

        Assert.True(visit.VisitorCount >= 2);
        Assert.True(notice.ClosedOn >= notice.FromOn.AddDays(5) && notice.Photos != "[]");
        Assert.Equal(0, open);
        var approved = steps.Single(s => s.Event == nameof(CaseEvent.Approve));
        var township = steps.Last(s => s.Event == nameof(CaseEvent.PassTownship));
        Assert.NotEqual(approved.UserId, township.UserId);
        Assert.DoesNotContain(township.UserId, FindVisit.With(visit).People);
        Assert.DoesNotContain(steps.Where(s => s.Event is nameof(CaseEvent.Verify) or nameof(CaseEvent.PassReview)), s => s.UserId == township.UserId || s.UserId == approved.UserId);
        foreach (var step in steps)
        {
            var row = CaseStates.Life.Table.Find(Enum.Parse<CaseState>(step.FromState), Enum.Parse<CaseEvent>(step.Event))!;
            var files = StepNote.Files(step.Evidence).Select(f => f.Code).ToHashSet();
            Assert.All(row.Evidence.Where(code => EvidenceKinds.Find(code).Form == EvidenceForm.File), code => Assert.Contains(code, files));
        }
    }

    /// <summary>Over every table: steps taken at random stay inside it, and refusals name what is possible instead.</summary>
    [Fact]
    public void No_step_outside_the_table_is_ever_allowed() => Prop.ForAll(
        (from state in Gen.Elements(Enum.GetValues<CaseState>())
         from happening in Gen.Elements(Enum.GetValues<CaseEvent>())
         from role in Gen.Elements(Enum.GetValues<Role>())
         select (state, happening, role)).ToArbitrary(), c =>
    {
        var actor = Person("x", c.role, Village);
        var outcome = CaseStates.Life.Check(c.state, 1, new StepRequest<CaseEvent>(c.happening, "理由"), actor, Village, null, [.. EvidenceKinds.Table.Select(k => k.Code)]);
        var row = CaseStates.Life.Table.Find(c.state, c.happening);
        return outcome.Succeeded == (row is not null && actor.May(row.Permission, Village)) && (outcome.Succeeded || outcome.Problems.All(p => p.Remedy.Zh.Length > 0 && p.Remedy.En.Length > 0));
    }).QuickCheckThrowOnFailure();
}
