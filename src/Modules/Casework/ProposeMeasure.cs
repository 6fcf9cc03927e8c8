using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Casework;

/// <summary>Proposes one more measure for a household that has a plan in force; somebody else approves it.</summary>
internal sealed class ProposeMeasure(ShouwangDb db, IHouseholds households, Policies policies, Today today)
{
    public async Task<Outcome<Guid>> Run(Actor actor, Guid household, PlannedMeasure proposed, CancellationToken cancel)
    {
        if (await households.Find(actor, household.ToString(), cancel) is not { } found)
            return Refusals.NoHousehold;
        if (!actor.May(Permissions.PlansEdit, found.Area, household))
            return Steps.NotPermitted(Permissions.PlansEdit);
        var plan = await db.Set<Plan>().AsNoTracking().SingleOrDefaultAsync(
            p => p.County == actor.County && p.HouseholdId == household && p.State == PlanState.Approved, cancel);
        if (plan is null)
            return Refusals.PlanNotApproved;

        var policy = await policies.For(found.Area, today.Day, cancel);
        var causes = await db.Set<PlanCause>().AsNoTracking().Where(c => c.County == actor.County && c.PlanId == plan.Id)
            .Select(c => new CauseFound(c.Cause, c.Disaster, c.Remark)).ToListAsync(cancel);
        // Only what is wrong with this measure: the plan it joins answers the causes already.
        var problems = MakePlan.Check(new(null, causes, [proposed]), policy, null).Where(p => p.Code is "casework.unknown-measure" or "casework.measure-incomplete").ToList();
        return problems.Count > 0 ? problems : await db.Atomically<Guid>(() => Add(actor, found, proposed, policy), cancel);
    }

    private Task<Outcome<Guid>> Add(Actor actor, HouseholdRef household, PlannedMeasure proposed, Policy policy)
    {
        var kind = policy.Measures.Single(m => m.Code == proposed.Type);
        var measure = new Measure
        {
            County = actor.County, Id = Guid.CreateVersion7(), HouseholdId = household.Id, Area = household.Area.Digits, Cause = proposed.Cause, Type = kind.Code,
            Family = kind.Family, Developmental = kind.Developmental, Unit = proposed.Unit.Trim(), Person = proposed.Person.Trim(), Department = proposed.Department,
            AmountFen = proposed.Amount is { } yuan ? Money.FromYuan(yuan) : null, Quantity = proposed.Quantity, PlannedOn = proposed.From, PlannedEndOn = proposed.To,
            ProposedBy = actor.User, StageDueOn = policy.Due(MeasureStates.Clocks.Start, today.Day),
        };
        db.Add(measure);
        db.Log("casework.measure.Propose", household.Area, household.Code, actor.Name, today.Clock, new { Measure = measure.Id, measure.Type, measure.Cause });
        return Task.FromResult<Outcome<Guid>>(measure.Id);
    }
}
