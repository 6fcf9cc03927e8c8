using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Casework.Contracts.EliminationEvent;

namespace Shouwang.Modules.Casework;

/// <summary>Proposes that a household's risk is gone. Every condition of the policy has to hold; what is missing is listed.</summary>
internal sealed class ProposeElimination(ShouwangDb db, EliminationGuards guards, Policies policies, StepRecord record, Today today)
{
    /// <param name="reason">What happened to the risk; for natural elimination the reason that must be stated.</param>
    public async Task<Outcome<Guid>> Run(Actor actor, Guid household, EliminationWay way, string reason, CancellationToken cancel) => await db.Atomically<Guid>(async () =>
    {
        var monitored = await db.Set<MonitoredObject>().VisibleTo(actor, Permissions.CasesRead, o => o.HouseholdId)
            .SingleOrDefaultAsync(o => o.HouseholdId == household && o.State != ObjectState.Removed, cancel);
        if (monitored is null)
            return Refusals.NotFound;
        var request = new StepRequest<ObjectEvent>(ObjectEvent.ProposeElimination, reason);
        var step = ObjectStates.Life.Check(monitored.State, monitored.Version, request, actor, new(monitored.Area), household);
        if (!step.Succeeded)
            return step.Problems.ToList();
        if (way == EliminationWay.ByAssistance && monitored.State != ObjectState.Assisting)
            return Refusals.NaturalOnly;
        if (EliminationGuards.Refusal(await guards.Look(monitored, way, cancel)) is { } missing)
            return missing;

        var policy = await policies.For(new(monitored.Area), today.Day, cancel);
        var elimination = new Elimination
        {
            County = actor.County, Id = Guid.CreateVersion7(), Code = await db.TakeNumber(actor.County, 'E', today.Day, cancel), HouseholdId = household,
            Area = monitored.Area, ObjectId = monitored.Id, Way = way, ProposedOn = today.Day, ObjectBefore = monitored.State,
            StageDueOn = policy.Due(EliminationStates.Clocks.Visit, today.Day),
        };
        db.Add(elimination);
        var due = monitored.StageDueOn;
        (monitored.State, monitored.StageDueOn, monitored.Version) = (step.Value.To, null, monitored.Version + 1);
        record.Add(StepRecord.Object, monitored.Id, elimination.Code, household, monitored.Area, step.Value.From, step.Value.To, due, request, actor);
        return elimination.Id;
    }, cancel);
}

/// <summary>A step of an elimination case.</summary>
/// <param name="Visit">With <see cref="Verify"/>: the visit of two people or more, with the household's signature.</param>
public sealed record EliminationStepRequest(
    EliminationEvent Event, string? Reason = null, IReadOnlyList<Evidence>? Evidence = null, long? Version = null, Guid? Visit = null,
    int? Attended = null, int? VotesFor = null, int? VotesAgainst = null)
    : StepRequest<EliminationEvent>(Event, Reason, Evidence, Version);
