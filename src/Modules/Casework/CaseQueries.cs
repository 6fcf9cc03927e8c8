using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Casework;

/// <summary>A case in a list.</summary>
public sealed record CaseRow(
    Guid Id, string Code, Guid Household, string Village, CaseState State, string? Category, bool GreenChannel, DateOnly RaisedOn, DateOnly? StageDueOn,
    DateOnly TotalDueOn, bool Overdue, Text WaitsFor);

/// <summary>A case with its plan of days, its history and what the asking person can do.</summary>
/// <param name="Schedule">Each part's day, what is late, and who has to act.</param>
/// <param name="Notice">The notice it hangs on, if it does.</param>
public sealed record CasePage(
    Guid Id, string Code, Guid Household, string Village, Guid? Lead, CaseState State, string? Category, IReadOnlyList<CauseFound> Causes, bool GreenChannel,
    string? GreenReason, DateOnly RaisedOn, DateOnly OpenedOn, DateOnly? StageDueOn, DateOnly TotalDueOn, DateOnly? ClosedOn, Guid? Visit, int? Attended, int? VotesFor,
    int? VotesAgainst, Guid? Notice, int TimesReturned, long Version, IReadOnlyList<PlannedStage> Schedule, IReadOnlyList<StepOffer> Next, IReadOnlyList<StepTaken> History);

/// <summary>A step the asking person can take.</summary>
/// <param name="Event">The event's code.</param>
/// <param name="Evidence">What it needs.</param>
public sealed record StepOffer(string Event, Text Title, IReadOnlyList<EvidenceKind> Evidence)
{
    public static IReadOnlyList<StepOffer> Of<TState, TEvent>(LifeCycle<TState, TEvent> life, TState state, Actor actor, AreaCode area, Guid household)
        where TState : struct, Enum
        where TEvent : struct, Enum =>
        [.. life.Table.StepsFrom(state, p => actor.May(p, area, household))
            .Select(s => new StepOffer(s.Event.ToString(), life.NameOf(s.Event), [.. s.Evidence.Select(EvidenceKinds.Find)]))];
}

/// <summary>A step that was taken.</summary>
/// <param name="Reason">Null where there was none, or where the reader may not see it.</param>
public sealed record StepTaken(
    DateOnly On, DateTimeOffset At, string Actor, string Kind, string Event, string From, string To, bool Late, string? Reason,
    IReadOnlyDictionary<string, string> Texts, IReadOnlyList<Evidence> Files);

/// <summary>An elimination with its conditions.</summary>
public sealed record EliminationPage(
    Guid Id, string Code, Guid Household, string Village, EliminationWay Way, EliminationState State, DateOnly ProposedOn, DateOnly? StageDueOn, Guid? Visit, Guid? Notice,
    decimal? NetPerHead, DateOnly? FlaggedOn, long Version, IReadOnlyList<GuardResult> Guards, IReadOnlyList<StepOffer> Next, IReadOnlyList<StepTaken> History);

/// <summary>A monitored household in the list by stage.</summary>
public sealed record ObjectRow(
    Guid Id, Guid Household, string Village, ObjectState State, string Category, IReadOnlyList<CauseFound> Causes, DateOnly IdentifiedOn, bool DayKnown,
    DateOnly? StageDueOn, bool Overdue, DateOnly? VisitedOn, EliminationWay? Way, DateOnly? EliminatedOn);

/// <summary>What the pages about cases, monitored households and eliminations show.</summary>
internal sealed class CaseQueries(ShouwangDb db, EliminationGuards guards, Policies policies, Secrets secrets, Today today)
{
    /// <param name="state">Null: all that are open.</param>
    public async Task<IReadOnlyList<CaseRow>> Cases(Actor actor, CaseState? state, int skip, int take, CancellationToken cancel) =>
        [.. (await db.Set<IdentificationCase>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, c => c.HouseholdId)
            .Where(c => state == null ? CaseStates.Open.Contains(c.State) : c.State == state)
            .OrderBy(c => c.StageDueOn).ThenBy(c => c.Code).Skip(skip).Take(take).ToListAsync(cancel))
            .Select(c => new CaseRow(c.Id, c.Code, c.HouseholdId, c.Area, c.State, c.Category, c.GreenChannel, c.RaisedOn, c.StageDueOn, c.TotalDueOn,
                c.StageDueOn < today.Day || (c.ClosedOn is null && c.TotalDueOn < today.Day), WaitsFor(c.State)))];

    private static Text WaitsFor(CaseState state) =>
        CaseStates.Life.Table.StepsFrom(state).FirstOrDefault() is { } step ? WhoActs.For(step.Permission) : new("", "");

    /// <summary>How many cases stand in each state.</summary>
    public async Task<IReadOnlyDictionary<CaseState, int>> CaseCounts(Actor actor, CancellationToken cancel) =>
        await db.Set<IdentificationCase>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, c => c.HouseholdId)
            .GroupBy(c => c.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);

    public async Task<CasePage?> Case(Actor actor, Guid id, CancellationToken cancel)
    {
        if (await db.Set<IdentificationCase>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, c => c.HouseholdId).SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } c)
            return null;
        var policy = await policies.For(new(c.Area), today.Day, cancel);
        return new(c.Id, c.Code, c.HouseholdId, c.Area, c.LeadId, c.State, c.Category, CauseList.Read(c.Causes), c.GreenChannel,
            actor.SeesMasked ? null : secrets.Decrypt(c.GreenReasonEnc), c.RaisedOn, c.OpenedOn, c.StageDueOn, c.TotalDueOn, c.ClosedOn, c.VisitId, c.Attended, c.VotesFor,
            c.VotesAgainst, c.NoticeId, c.TimesReturned, c.Version, CaseSchedule.Of(policy, c.TotalDueOn, CaseProgress.Of(c), c.ClosedOn ?? today.Day),
            StepOffer.Of(CaseStates.Life, c.State, actor, new(c.Area), c.HouseholdId), await History(actor, c.County, [c.Id], cancel));
    }

    /// <summary>With every condition of the policy as it stands now.</summary>
    public async Task<EliminationPage?> Elimination(Actor actor, Guid id, CancellationToken cancel)
    {
        if (await db.Set<Elimination>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, e => e.HouseholdId).SingleOrDefaultAsync(e => e.Id == id, cancel) is not { } e)
            return null;
        var monitored = await db.Set<MonitoredObject>().AsNoTracking().SingleAsync(o => o.County == e.County && o.Id == e.ObjectId, cancel);
        return new(e.Id, e.Code, e.HouseholdId, e.Area, e.Way, e.State, e.ProposedOn, e.StageDueOn, e.VisitId, e.NoticeId, e.NetPerHeadFen / 100m, e.FlaggedOn, e.Version,
            await guards.Look(monitored, e.Way, cancel), StepOffer.Of(EliminationStates.Life, e.State, actor, new(e.Area), e.HouseholdId), await History(actor, e.County, [e.Id], cancel));
    }

    /// <summary>What still stands in the way of an elimination, before anybody proposes it; null when the household is not monitored.</summary>
    public async Task<IReadOnlyList<GuardResult>?> Conditions(Actor actor, Guid household, EliminationWay way, CancellationToken cancel) =>
        await db.Set<MonitoredObject>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, o => o.HouseholdId)
            .SingleOrDefaultAsync(o => o.HouseholdId == household && o.State != ObjectState.Removed, cancel) is { } monitored
            ? await guards.Look(monitored, way, cancel) : null;

    public async Task<IReadOnlyList<ObjectRow>> Objects(Actor actor, ObjectState? state, int skip, int take, CancellationToken cancel) =>
        [.. (await db.Set<MonitoredObject>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, o => o.HouseholdId)
            .Where(o => state == null ? ObjectStates.Active.Contains(o.State) : o.State == state)
            .OrderBy(o => o.StageDueOn == null).ThenBy(o => o.StageDueOn).ThenBy(o => o.Id).Skip(skip).Take(take).ToListAsync(cancel))
            .Select(o => new ObjectRow(o.Id, o.HouseholdId, o.Area, o.State, o.Category, CauseList.Read(o.Causes), o.IdentifiedOn, o.DayKnown, o.StageDueOn,
                o.StageDueOn < today.Day, o.VisitedOn, o.Way, o.EliminatedOn))];

    /// <summary>How many monitored households stand in each state.</summary>
    public async Task<IReadOnlyDictionary<ObjectState, int>> ObjectCounts(Actor actor, CancellationToken cancel) =>
        await db.Set<MonitoredObject>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, o => o.HouseholdId)
            .GroupBy(o => o.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);

    /// <summary>The steps of some things, oldest first.</summary>
    internal async Task<IReadOnlyList<StepTaken>> History(Actor actor, string county, IReadOnlyCollection<Guid> subjects, CancellationToken cancel)
    {
        var steps = await db.Set<CaseStep>().AsNoTracking().Where(s => s.County == county && subjects.Contains(s.SubjectId))
            .OrderBy(s => s.RecordedAt).ThenBy(s => s.Id).ToListAsync(cancel);
        return [.. steps.Select(s =>
        {
            var note = StepNote.Read(actor.SeesMasked ? null : s.NoteEnc, secrets);
            return new StepTaken(s.HappenedOn, s.RecordedAt, s.Actor, s.Kind, s.Event, s.FromState, s.ToState, s.DueOn < s.HappenedOn, note.Reason, note.Texts, StepNote.Files(s.Evidence));
        })];
    }
}
