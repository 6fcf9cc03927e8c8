using Microsoft.EntityFrameworkCore;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Casework;

/// <summary>Puts a household on the monitoring list: the monitored object here, and what it means for the register as facts.</summary>
internal sealed class RegisterObject(ShouwangDb db, IFacts facts, StepRecord record, Today today)
{
    /// <summary>In the open unit of work. A household whose risk was once eliminated comes back as rolled back.</summary>
    public async Task Run(Actor actor, IdentificationCase c, Policy policy, CancellationToken cancel)
    {
        var known = await db.Set<MonitoredObject>().SingleOrDefaultAsync(
            o => o.County == c.County && o.HouseholdId == c.HouseholdId && o.State != ObjectState.Removed, cancel);
        var due = policy.Due(ObjectStates.Clocks.Plan, today.Day);
        if (known is null)
        {
            var approved = await db.Set<Plan>().AnyAsync(p => p.County == c.County && p.HouseholdId == c.HouseholdId && p.State == PlanState.Approved, cancel);
            db.Add(known = new()
            {
                County = c.County, Id = Guid.CreateVersion7(), HouseholdId = c.HouseholdId, Area = c.Area, CaseId = c.Id, Category = c.Category!, Causes = c.Causes,
                IdentifiedOn = today.Day, DayKnown = true, StageDueOn = due,
            });
            // In the green channel the plan and its measures came first.
            if (approved)
                (known.State, known.StageDueOn) = (await Begun(c, cancel) ? ObjectState.Assisting : ObjectState.Planned, policy.Due(ObjectStates.Clocks.FirstMeasure, today.Day));
        }
        else
        {
            var from = known.State;
            if (from == ObjectState.Eliminated)
            {
                known.State = ObjectState.RolledBack;
                record.Add(StepRecord.Object, known.Id, c.Code, c.HouseholdId, c.Area, from, known.State, null, new StepRequest<ObjectEvent>(ObjectEvent.RollBack, c.Code), actor);
            }
            (known.CaseId, known.Category, known.Causes, known.IdentifiedOn, known.DayKnown) = (c.Id, c.Category!, c.Causes, today.Day, true);
            (known.StageDueOn, known.Way, known.EliminatedOn, known.Version) = (due, null, null, known.Version + 1);
        }
        await State(actor, known, c.Code, null, cancel);
    }

    private Task<bool> Begun(IdentificationCase c, CancellationToken cancel) =>
        db.Set<Measure>().AnyAsync(m => m.County == c.County && m.HouseholdId == c.HouseholdId && MeasureStates.Begun.Contains(m.State), cancel);

    /// <summary>Writes what the list says about a household into the register, with the desk as the source.</summary>
    public async Task State(Actor actor, MonitoredObject monitored, string reference, EliminationWay? way, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        var causes = CauseList.Read(monitored.Causes);
        var values = new Dictionary<string, object?>
        {
            ["mon_cat"] = monitored.State == ObjectState.Removed ? nameof(MonitoringCategory.None) : monitored.Category,
            ["identified"] = monitored.IdentifiedOn.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture),
            ["elim_state"] = way?.ToString() ?? nameof(EliminationKind.NotEliminated), // both lists use the same words
            ["elim_on"] = monitored.EliminatedOn,
            ["disaster_sub"] = causes.FirstOrDefault(c => c.Disaster is not null)?.Disaster,
            ["risk_remark"] = causes.FirstOrDefault(c => c.Remark is not null)?.Remark,
        };
        for (var i = 0; i < 5; i++)
            values[$"risk{i + 1}"] = i < causes.Count ? causes[i].Code : null;
        await facts.State(new(new(monitored.Area), actor.Name), [new Statement(monitored.HouseholdId, null, "desk", reference, today.Day, values)], cancel);
    }
}
