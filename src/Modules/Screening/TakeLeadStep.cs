using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Screening.Contracts.LeadEvent;

namespace Shouwang.Modules.Screening;

/// <summary>A step of a lead.</summary>
/// <param name="AssignedTo">With <see cref="Dispatch"/>: who is to go, in words.</param>
/// <param name="AssignedUser">That person's account, where there is one.</param>
/// <param name="Visit">With the end of the verification: the visit of two people or more.</param>
public sealed record LeadStepRequest(
    LeadEvent Event, string? Reason = null, IReadOnlyList<Evidence>? Evidence = null, long? Version = null, string? AssignedTo = null, Guid? AssignedUser = null, Guid? Visit = null)
    : StepRequest<LeadEvent>(Event, Reason, Evidence, Version);

/// <summary>Where a lead stands after a step.</summary>
/// <param name="Case">The identification case that was opened, if one was.</param>
public sealed record LeadStepTaken(LeadState State, Guid? Case);

/// <summary>Moves a lead along its life. Who looked at the household does not alone decide that nothing is wrong.</summary>
internal sealed class TakeLeadStep(ShouwangDb db, ILeadFollowing following, Policies policies, Secrets secrets, Today today)
{
    public async Task<Outcome<LeadStepTaken>> Run(Actor actor, Guid id, LeadStepRequest request, CancellationToken cancel) => await db.Atomically<LeadStepTaken>(async () =>
    {
        var lead = await db.Set<Lead>().VisibleTo(actor, Permissions.LeadsRead, l => l.HouseholdId).SingleOrDefaultAsync(l => l.Id == id, cancel);
        if (lead is null)
            return NotFound;
        var visit = await Visit(lead, request, cancel);
        var step = LeadStates.Life.Check(lead.State, lead.Version, request, actor, new(lead.Area), lead.HouseholdId, Present(visit));
        if (!step.Succeeded)
            return visit is { Succeeded: false } && step.Problems.All(p => p.Code == "steps.evidence-missing") ? visit.Value.Problems.ToList() : step.Problems.ToList();
        if (request.Event == ConfirmDismissal && !actor.Unlimited && await Looked(actor, lead, cancel))
            return Steps.OwnWork(new("入户核查", "verification visit"));

        var policy = await policies.For(new(lead.Area), today.Day, cancel);
        var due = lead.StageDueOn;
        if (request.Event is Escalate or OpenGreenChannel)
        {
            var opened = await following.OpenCase(lead.Ref, visit?.Value, request.Event == OpenGreenChannel ? request.Reason : null, actor, cancel);
            if (!opened.Succeeded)
                return opened.Problems.ToList();
            lead.CaseId = opened.Value;
        }
        Apply(lead, request, policy);
        (lead.State, lead.Version) = (step.Value.To, lead.Version + 1);
        SetDue(lead, policy);
        db.Add(StepOf(lead, step.Value, due, request, actor));
        db.Log($"screening.lead.{request.Event}", new(lead.Area), lead.Code, actor.Name, today.Clock, new { step.Value.From, step.Value.To, lead.CaseId });
        return new LeadStepTaken(lead.State, lead.CaseId);
    }, cancel);

    private static Problem NotFound { get; } = new("leads.not-found", 404,
        new("您的区域内没有这条线索。", "There is no such lead in your area."), new("请核对编号。", "Check the number."));

    private async Task<Outcome<LeadVisit>?> Visit(Lead lead, LeadStepRequest request, CancellationToken cancel)
    {
        if (request.Visit is not { } id)
            return null;
        return await following.VerificationVisit(lead.County, lead.HouseholdId, id, lead.RaisedOn, cancel);
    }

    private static string[] Present(Outcome<LeadVisit>? visit) => visit switch
    {
        { Succeeded: true, Value.HasIncome: true } => [EvidenceKinds.Visit, EvidenceKinds.IncomeSheet],
        { Succeeded: true } => [EvidenceKinds.Visit],
        _ => [],
    };

    private async Task<bool> Looked(Actor actor, Lead lead, CancellationToken cancel)
    {
        if (lead.VisitId is { } visit && await following.VerificationVisit(lead.County, lead.HouseholdId, visit, lead.RaisedOn, cancel) is { Succeeded: true } found
            && (found.Value.RecordedBy == actor.User || found.Value.Visitors.Contains(actor.User)))
            return true;
        return await db.Set<LeadStep>().AnyAsync(
            s => s.County == lead.County && s.LeadId == lead.Id && s.Event == ReportNoRisk && s.UserId == actor.User, cancel);
    }

    private void Apply(Lead lead, LeadStepRequest request, Policy policy)
    {
        switch (request.Event)
        {
            case Dispatch:
                (lead.DispatchedOn, lead.AssignedTo, lead.AssignedUser) = (today.Day, request.AssignedTo?.Trim(), request.AssignedUser);
                lead.VerifyDueOn = policy.Due(LeadStates.Clocks.Verify, policy.Due(LeadStates.Clocks.Accept, today.Day));
                break;
            case Accept:
                lead.VerifyDueOn = policy.Due(LeadStates.Clocks.Verify, today.Day);
                break;
            case ReportNoRisk or SolveOnSpot or Escalate:
                lead.VisitId = request.Visit;
                lead.ResultEnc = secrets.Encrypt(request.Reason?.Trim());
                break;
            case SendBack:
                lead.VisitId = null;
                break;
            case ConfirmDismissal or OpenGreenChannel:
                break;
        }
    }

    private void SetDue(Lead lead, Policy policy)
    {
        if (LeadStates.Life.IsFinal(lead.State))
        {
            (lead.StageDueOn, lead.ClosedOn, lead.Result) = (null, today.Day, lead.State.ToString());
            return;
        }
        var clock = LeadStates.Life.Table.StepsFrom(lead.State).Select(s => s.Clock).First(c => c is not null)!;
        lead.StageDueOn = lead.State == LeadState.Verifying ? lead.VerifyDueOn : policy.Due(clock, today.Day);
    }

    private LeadStep StepOf(Lead lead, Step<LeadState, LeadEvent> step, DateOnly? due, LeadStepRequest request, Actor actor)
    {
        var (evidence, note) = StepNote.Keep(request, secrets);
        return new()
        {
            County = lead.County, Id = Guid.CreateVersion7(), LeadId = lead.Id, Event = request.Event, FromState = step.From, ToState = step.To, UserId = actor.User,
            Actor = actor.Name, HappenedOn = today.Day, RecordedAt = today.Clock.GetUtcNow(), DueOn = due, Evidence = evidence, NoteEnc = note,
        };
    }
}
