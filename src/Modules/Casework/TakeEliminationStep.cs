using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Casework.Contracts.EliminationEvent;

namespace Shouwang.Modules.Casework;

/// <summary>Moves an elimination along its life. Each office looks at the conditions again, and none passes its own work.</summary>
internal sealed class TakeEliminationStep(
    ShouwangDb db, FindVisit visits, INotices notices, EliminationGuards guards, IFeatures features, Policies policies, RegisterObject register, StepRecord record, Today today)
{
    public async Task<Outcome<EliminationState>> Run(Actor actor, Guid id, EliminationStepRequest request, CancellationToken cancel) => await db.Atomically<EliminationState>(async () =>
    {
        var found = await db.Set<Elimination>().VisibleTo(actor, Permissions.CasesRead, e => e.HouseholdId).SingleOrDefaultAsync(e => e.Id == id, cancel);
        return found is null ? Refusals.NotFound
            : request.Event is TakeUpObjection or DismissObjection or UpholdObjection ? Refusals.ObjectionStillOpen
            : request.Event == EliminationEvent.PostNotice ? Refusals.NoNotice
            : await Take(actor, found, request, [], cancel);
    }, cancel);

    /// <summary>The step itself, in the open unit of work.</summary>
    internal async Task<Outcome<EliminationState>> Take(
        Actor actor, Elimination e, EliminationStepRequest request, IReadOnlyList<string> present, CancellationToken cancel)
    {
        var monitored = await db.Set<MonitoredObject>().SingleAsync(o => o.County == e.County && o.Id == e.ObjectId, cancel);
        var records = await Records(e, monitored, request, cancel);
        var step = EliminationStates.Life.Check(e.State, e.Version, request, actor, new(e.Area), e.HouseholdId, [.. present, .. records.Succeeded ? records.Value : []]);
        if (!step.Succeeded && (records.Succeeded || step.Problems.Any(p => p.Status is 403 || p.Code is "steps.not-possible" or "steps.changed-meanwhile")))
            return step.Problems.ToList();
        if (!records.Succeeded)
            return records.Problems.ToList();
        if (Votes(request) is { } votes)
            return votes;
        if (request.Event is Audit or Confirm && await OwnWork(actor, e, request.Event, cancel) is { } own)
            return own;
        if (request.Event == Audit && await notices.Close(e.County, e.NoticeId!.Value, e.Id, actor, cancel) is { Succeeded: false } refused)
            return refused.Problems.ToList();

        var (policy, due) = (await policies.For(new(e.Area), today.Day, cancel), e.StageDueOn);
        if (request.Event is UpholdObjection or Reject or Withdraw)
            await TakeDown(actor, e, cancel);
        await Apply(e, request, cancel);
        (e.State, e.Version) = (step.Value.To, e.Version + 1);
        e.StageDueOn = DueOf(e, policy);
        record.Add(StepRecord.Elimination, e.Id, e.Code, e.HouseholdId, e.Area, step.Value.From, step.Value.To, due, request, actor);
        await MoveObject(actor, e, monitored, request, policy, cancel);
        return e.State;
    }

    private async Task<Outcome<IReadOnlyList<string>>> Records(Elimination e, MonitoredObject monitored, EliminationStepRequest request, CancellationToken cancel)
    {
        var present = new List<string>();
        if (request.Event == Verify)
        {
            var visit = await visits.Verifying(e.County, e.HouseholdId, request.Visit, e.ProposedOn, cancel);
            if (!visit.Succeeded)
                return visit.Problems.ToList();
            present.AddRange([EvidenceKinds.Visit, EvidenceKinds.Investigators]);
            if (visit.Value.Visit.IncomeFen is not null)
                present.Add(EvidenceKinds.IncomeSheet);
            if (visit.Value.Visit.Signature is not null)
                present.Add(EvidenceKinds.Signature);
        }
        if (request.Event == PassReview && request.Attended is not null)
            present.Add(EvidenceKinds.Votes);
        if (request.Event == Audit)
        {
            if (e.NoticeId is not { } notice || await notices.Standing(e.County, notice, e.Id, cancel) is not { } standing)
                return Refusals.NoNotice;
            present.Add(EvidenceKinds.Notice);
            if (standing.HasPhoto)
                present.Add(EvidenceKinds.NoticePhoto);
        }
        if (request.Event is Audit or Confirm or Flag)
        {
            if (EliminationGuards.Refusal(await guards.Look(monitored, e.Way, cancel)) is { } missing)
                return missing;
            present.Add(EvidenceKinds.Guards);
        }
        return present;
    }

    // The notice is for nothing any more, unless it is for others too.
    private async Task TakeDown(Actor actor, Elimination e, CancellationToken cancel)
    {
        if (e.NoticeId is { } notice && !await db.Set<Elimination>().AnyAsync(o => o.County == e.County && o.NoticeId == notice && o.Id != e.Id
                && (o.State == EliminationState.PublicNotice || o.State == EliminationState.ObjectionHandling), cancel))
            await notices.Withdraw(e.County, notice, actor, cancel);
    }

    private static Problem? Votes(EliminationStepRequest request)
    {
        if (request is not { Event: PassReview, Attended: { } attended })
            return null;
        var (yes, no) = (request.VotesFor ?? 0, request.VotesAgainst ?? 0);
        return attended <= 0 || yes < 0 || no < 0 || yes + no > attended ? Refusals.Votes
            : yes * 2 <= attended ? Refusals.VotedDown
            : null;
    }

    private async Task<Problem?> OwnWork(Actor actor, Elimination e, EliminationEvent happening, CancellationToken cancel)
    {
        if (actor.Unlimited)
            return null;
        var visit = await db.Set<Visit>().AsNoTracking().SingleAsync(v => v.County == e.County && v.Id == e.VisitId, cancel);
        if (FindVisit.With(visit).People.Contains(actor.User))
            return Steps.OwnWork(new("入户核实", "verification visit"));
        string[] before = happening == Confirm ? [nameof(Verify), nameof(PassReview), nameof(Audit)] : [nameof(Verify), nameof(PassReview)];
        var ids = new[] { e.Id, e.ObjectId };
        return await db.Set<CaseStep>().AnyAsync(s => s.County == e.County && ids.Contains(s.SubjectId) && s.UserId == actor.User
                && (before.Contains(s.Event) || s.Event == nameof(ObjectEvent.ProposeElimination)), cancel)
            ? Steps.OwnWork(new("前一环节", "step before"))
            : null;
    }

    private async Task Apply(Elimination e, EliminationStepRequest request, CancellationToken cancel)
    {
        switch (request.Event)
        {
            case Verify:
                e.VisitId = request.Visit;
                break;
            case PassReview:
                (e.Attended, e.VotesFor, e.VotesAgainst) = (request.Attended, request.VotesFor ?? 0, request.VotesAgainst ?? 0);
                break;
            case Confirm:
                e.NetPerHeadFen = await NetPerHead(e, cancel);
                break;
            case Flag:
                e.FlaggedOn = today.Day;
                break;
            case UpholdObjection or Reject or Withdraw or RollBack:
                e.ClosedOn = today.Day;
                break;
            case EliminationEvent.PostNotice or TakeUpObjection or DismissObjection or Audit or Announce:
                break;
        }
    }

    private async Task<long?> NetPerHead(Elimination e, CancellationToken cancel)
    {
        var population = await features.Load(new(e.County), today.Day, [e.HouseholdId], cancel);
        return population.Households.Count == 1 && population.Value(0, "income.net_per_capita").AsDecimal is { } yuan ? Money.FromYuan(yuan).Fen : null;
    }

    private DateOnly? DueOf(Elimination e, Policy policy) => e.State switch
    {
        EliminationState.PublicNotice => policy.Due(EliminationStates.Clocks.Notice, e.NoticeOn ?? today.Day),
        _ => EliminationStates.Life.Table.StepsFrom(e.State).Select(s => s.Clock).FirstOrDefault(c => c is not null) is { } clock ? policy.Due(clock, today.Day) : null,
    };

    private async Task MoveObject(Actor actor, Elimination e, MonitoredObject monitored, EliminationStepRequest request, Policy policy, CancellationToken cancel)
    {
        ObjectEvent? happening = request.Event switch
        {
            Flag => ObjectEvent.Eliminate,
            RollBack => ObjectEvent.RollBack,
            // Refused before any measure began, the household still needs its plan.
            UpholdObjection or Reject or Withdraw => e.ObjectBefore == ObjectState.Assisting ? ObjectEvent.RefuseElimination : ObjectEvent.PlanAgain,
            Verify or PassReview or EliminationEvent.PostNotice or TakeUpObjection or DismissObjection or Audit or Confirm or Announce => null,
        };
        if (happening is null || ObjectStates.Life.Table.Find(monitored.State, happening.Value) is not { } step)
            return;
        var (from, due) = (monitored.State, monitored.StageDueOn);
        var eliminated = happening == ObjectEvent.Eliminate;
        monitored.State = step.To;
        monitored.Way = eliminated ? e.Way : null;
        monitored.EliminatedOn = eliminated ? today.Day : null;
        monitored.StageDueOn = monitored.State is ObjectState.RolledBack or ObjectState.Identified ? policy.Due(ObjectStates.Clocks.Plan, today.Day) : null;
        monitored.Version++;
        record.Add(StepRecord.Object, monitored.Id, e.Code, e.HouseholdId, e.Area, from, monitored.State, due,
            new StepRequest<ObjectEvent>(happening.Value, request.Reason ?? e.Code), actor);
        if (happening is ObjectEvent.Eliminate or ObjectEvent.RollBack)
            await register.State(actor, monitored, e.Code, monitored.Way, cancel);
    }
}
