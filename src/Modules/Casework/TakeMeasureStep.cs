using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Casework.Contracts.MeasureEvent;

namespace Shouwang.Modules.Casework;

/// <summary>A step of a measure.</summary>
/// <param name="Amount">With the delivery: the yuan that reached the household.</param>
/// <param name="Quantity">With the delivery: what did.</param>
/// <param name="IncomeGain">With the judgement: by how many yuan it raises the yearly income.</param>
/// <param name="HouseholdConfirms">With the judgement: whether the household agrees.</param>
public sealed record MeasureStepRequest(
    MeasureEvent Event, string? Reason = null, IReadOnlyList<Evidence>? Evidence = null, long? Version = null, decimal? Amount = null, string? Quantity = null,
    decimal? IncomeGain = null, bool? HouseholdConfirms = null)
    : StepRequest<MeasureEvent>(Event, Reason, Evidence, Version);

/// <summary>Moves a measure along its life. Who delivered it does not judge its effect.</summary>
internal sealed class TakeMeasureStep(ShouwangDb db, Policies policies, StepRecord record, Today today)
{
    public async Task<Outcome<MeasureState>> Run(Actor actor, Guid id, MeasureStepRequest request, CancellationToken cancel) => await db.Atomically<MeasureState>(async () =>
    {
        var measure = await db.Set<Measure>().VisibleTo(actor, Permissions.CasesRead, m => m.HouseholdId).SingleOrDefaultAsync(m => m.Id == id, cancel);
        if (measure is null)
            return Refusals.NotFound;
        string[] present = request.Amount is not null || !string.IsNullOrWhiteSpace(request.Quantity) ? [EvidenceKinds.Amount] : [];
        var step = MeasureStates.Life.Check(measure.State, measure.Version, request, actor, new(measure.Area), measure.HouseholdId, present);
        if (!step.Succeeded)
            return step.Problems.ToList();
        if (request.Amount < 0)
            return Refusals.AmountNegative;
        if (request.Event == Approve && measure.ProposedBy == actor.User && !actor.Unlimited)
            return Steps.OwnWork(new("措施建议", "proposal"));
        if (request.Event is FindEffective or FindIneffective && !actor.Unlimited && await Delivered(actor, measure, cancel))
            return Steps.OwnWork(new("措施落实", "delivery"));

        var policy = await policies.For(new(measure.Area), today.Day, cancel);
        var due = measure.StageDueOn;
        Apply(measure, request);
        (measure.State, measure.Version) = (step.Value.To, measure.Version + 1);
        measure.StageDueOn = DueOf(measure, policy);
        record.Add(StepRecord.Measure, measure.Id, measure.Type, measure.HouseholdId, measure.Area, step.Value.From, step.Value.To, due, request, actor);
        if (request.Event == Start)
            await StartObject(actor, measure, cancel);
        return measure.State;
    }, cancel);

    private Task<bool> Delivered(Actor actor, Measure measure, CancellationToken cancel) => db.Set<CaseStep>().AnyAsync(
        s => s.County == measure.County && s.SubjectId == measure.Id && s.Event == nameof(Deliver) && s.UserId == actor.User, cancel);

    private void Apply(Measure measure, MeasureStepRequest request)
    {
        switch (request.Event)
        {
            case Start:
                measure.StartedOn = today.Day;
                break;
            case Deliver:
                measure.DeliveredOn = today.Day;
                measure.AmountFen = request.Amount is { } yuan ? Money.FromYuan(yuan) : measure.AmountFen;
                measure.Quantity = request.Quantity ?? measure.Quantity;
                break;
            case FindEffective or FindIneffective:
                measure.IncomeGainFen = request.IncomeGain is { } gain ? Money.FromYuan(gain) : null;
                measure.HouseholdConfirms = request.HouseholdConfirms;
                break;
            case Approve or Suspend or MeasureEvent.Resume or Cancel:
                break;
        }
    }

    private DateOnly? DueOf(Measure measure, Policy policy) => measure.State switch
    {
        MeasureState.Proposed or MeasureState.Approved => policy.Due(MeasureStates.Clocks.Start, today.Day),
        MeasureState.InProgress => measure.PlannedEndOn,
        MeasureState.Delivered => policy.Due(MeasureStates.Clocks.Effect, today.Day),
        MeasureState.Suspended or MeasureState.Effective or MeasureState.Ineffective or MeasureState.Cancelled => null,
    };

    // The first measure that starts moves the household on.
    private async Task StartObject(Actor actor, Measure measure, CancellationToken cancel)
    {
        var monitored = await db.Set<MonitoredObject>().SingleOrDefaultAsync(
            o => o.County == measure.County && o.HouseholdId == measure.HouseholdId && o.State == ObjectState.Planned, cancel);
        if (monitored is null)
            return;
        var due = monitored.StageDueOn;
        (monitored.State, monitored.StageDueOn, monitored.Version) = (ObjectState.Assisting, null, monitored.Version + 1);
        record.Add(StepRecord.Object, monitored.Id, measure.Type, measure.HouseholdId, measure.Area, ObjectState.Planned, ObjectState.Assisting, due,
            new StepRequest<ObjectEvent>(ObjectEvent.StartMeasure, Evidence: [new(EvidenceKinds.Measure, Text: measure.Id.ToString())]), actor);
    }
}
