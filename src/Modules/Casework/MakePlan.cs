using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Casework;

/// <summary>A measure in a plan.</summary>
/// <param name="Id">Of a measure the household has already, to keep or change it; null for a new one.</param>
/// <param name="Cause">The cause it answers; one of the plan's.</param>
/// <param name="Type">The catalogue's code.</param>
/// <param name="Amount">Yuan; null where no money is involved.</param>
public sealed record PlannedMeasure(
    Guid? Id, string Cause, string Type, string Unit, string Person, string? Department, decimal? Amount, string? Quantity, DateOnly From, DateOnly To);

/// <summary>A plan as it is handed in.</summary>
/// <param name="Goal">What it wants to reach, in words.</param>
/// <param name="Revision">The number of the last plan the person was looking at, 0 for none; null takes whatever there is.</param>
public sealed record PlanRequest(string? Goal, IReadOnlyList<CauseFound> Causes, IReadOnlyList<PlannedMeasure> Measures, int? Revision = null);

/// <summary>Makes a household's plan, or a new version of it. Every cause is answered, and who can work is helped to earn.</summary>
internal sealed class MakePlan(ShouwangDb db, IHouseholds households, IFeatures features, Policies policies, Secrets secrets, Today today)
{
    public async Task<Outcome<Guid>> Run(Actor actor, Guid household, PlanRequest request, CancellationToken cancel)
    {
        if (await households.Find(actor, household.ToString(), cancel) is not { } found)
            return Refusals.NoHousehold;
        if (!actor.May(Permissions.PlansEdit, found.Area, household))
            return Steps.NotPermitted(Permissions.PlansEdit);
        if (!await MayHavePlan(actor.County, household, cancel))
            return Refusals.NotMonitored;
        var policy = await policies.For(found.Area, today.Day, cancel);
        var able = await Able(actor.County, household, cancel);
        if (Check(request, policy, able) is { Count: > 0 } problems)
            return problems;

        return await db.Atomically<Guid>(async () =>
        {
            var before = await db.Set<Plan>().Where(p => p.County == actor.County && p.HouseholdId == household)
                .OrderByDescending(p => p.Revision).FirstOrDefaultAsync(cancel);
            if (request.Revision is { } seen && seen != (before?.Revision ?? 0))
                return Steps.ChangedMeanwhile;
            // An approved plan stays in force until the new version is approved; an unapproved draft is replaced at once.
            if (before is { State: PlanState.Draft })
                (before.State, before.Version) = (PlanState.Superseded, before.Version + 1);

            var plan = new Plan
            {
                County = actor.County, Id = Guid.CreateVersion7(), HouseholdId = household, Area = found.Area.Digits, Revision = (before?.Revision ?? 0) + 1,
                GoalEnc = secrets.Encrypt(request.Goal?.Trim()), Able = able, Content = JsonSerializer.Serialize(request.Measures, JsonTexts.Options), MadeBy = actor.User,
                MadeByName = actor.Name, MadeOn = today.Day,
            };
            db.Add(plan);
            db.AddRange(request.Causes.Select((c, i) => new PlanCause
            {
                County = actor.County, PlanId = plan.Id, Position = i, Cause = c.Code, Disaster = c.Disaster, Remark = c.Remark,
            }));
            db.Log("casework.plan.Make", found.Area, found.Code, actor.Name, today.Clock,
                new { plan.Revision, Causes = request.Causes.Select(c => c.Code), Measures = request.Measures.Select(m => m.Type) });
            await db.SaveChangesAsync(cancel);
            return plan.Id;
        }, cancel);
    }

    // On the list, or in the green channel, where measures come before the case is complete.
    private async Task<bool> MayHavePlan(string county, Guid household, CancellationToken cancel) =>
        await db.Set<MonitoredObject>().AnyAsync(o => o.County == county && o.HouseholdId == household && ObjectStates.Active.Contains(o.State), cancel)
        || await db.Set<IdentificationCase>().AnyAsync(c => c.County == county && c.HouseholdId == household && c.GreenChannel && CaseStates.Open.Contains(c.State), cancel);

    private async Task<long?> Able(string county, Guid household, CancellationToken cancel)
    {
        var population = await features.Load(new(county), today.Day, [household], cancel);
        return population.Households.Count == 1 && features.All.ContainsKey("people.able") ? population.Value(0, "people.able").AsInt : null;
    }

    /// <summary>Everything that is wrong with a plan at once.</summary>
    /// <param name="able">Members who can work; null when not known, which forbids nothing.</param>
    public static List<Problem> Check(PlanRequest request, Policy policy, long? able)
    {
        var problems = CauseList.Check(request.Causes, policy);
        if (request.Measures.Count == 0)
            problems.Add(Refusals.NoMeasures);
        foreach (var (index, measure) in request.Measures.Index())
        {
            if (policy.Measures.All(m => m.Code != measure.Type))
                problems.Add(Refusals.UnknownMeasure(measure.Type));
            if (Incomplete(measure, request.Causes) is { } what)
                problems.Add(Refusals.MeasureIncomplete(index + 1, what));
        }
        var catalogue = policy.Measures.ToDictionary(m => m.Code);
        var families = request.Measures.Where(m => catalogue.ContainsKey(m.Type)).ToLookup(m => m.Cause, m => catalogue[m.Type].Family);
        foreach (var cause in request.Causes.Where(c => policy.CauseMeasures.ContainsKey(c.Code)))
        {
            var accepted = policy.CauseMeasures[cause.Code].Families;
            if (!families[cause.Code].Any(accepted.Contains))
                problems.Add(Refusals.CauseWithoutMeasure(CauseList.NameOf(cause.Code, policy), FamilyNames(accepted, policy)));
        }
        if (able > 0 && !request.Measures.Any(m => catalogue.TryGetValue(m.Type, out var kind) && kind.Developmental))
            problems.Add(Refusals.NoDevelopment(able.Value));
        return problems;
    }

    private static Text? Incomplete(PlannedMeasure measure, IReadOnlyList<CauseFound> causes) =>
        causes.All(c => c.Code != measure.Cause) ? new("没有对应本计划的风险", "it answers none of the plan's causes")
        : string.IsNullOrWhiteSpace(measure.Unit) || string.IsNullOrWhiteSpace(measure.Person) ? new("缺少责任单位或责任人", "the responsible unit or person is missing")
        : measure.To < measure.From ? new("完成日期早于开始日期", "it ends before it begins")
        : measure.Amount < 0 ? new("金额不能为负数", "the amount is negative")
        : null;

    private static Text FamilyNames(IReadOnlyList<string> families, Policy policy)
    {
        var names = families.Select(f => policy.MeasureFamilies.FirstOrDefault(m => m.Code == f)?.Title ?? new(f, f)).ToList();
        return new(string.Join('、', names.Select(n => n.Zh)), string.Join(", ", names.Select(n => n.En)));
    }
}

/// <summary>Approves the draft of a plan; its measures come into being, and the household has a plan.</summary>
internal sealed class ApprovePlan(ShouwangDb db, Policies policies, StepRecord record, Today today)
{
    public async Task<Outcome<Guid>> Run(Actor actor, Guid household, int revision, CancellationToken cancel) => await db.Atomically<Guid>(async () =>
    {
        var plan = await db.Set<Plan>().VisibleTo(actor, Permissions.PlansApprove, p => p.HouseholdId)
            .SingleOrDefaultAsync(p => p.HouseholdId == household && p.Revision == revision && p.State == PlanState.Draft, cancel);
        if (plan is null)
            return Refusals.NoDraft;
        if (plan.MadeBy == actor.User && !actor.Unlimited)
            return Steps.OwnWork(new("计划", "plan"));

        var policy = await policies.For(new(plan.Area), today.Day, cancel);
        foreach (var old in await db.Set<Plan>().Where(p => p.County == plan.County && p.HouseholdId == household && p.State == PlanState.Approved).ToListAsync(cancel))
            (old.State, old.Version) = (PlanState.Superseded, old.Version + 1);
        (plan.State, plan.ApprovedBy, plan.ApprovedOn, plan.Version) = (PlanState.Approved, actor.User, today.Day, plan.Version + 1);
        await TakeOver(actor, plan, policy, cancel);
        await MoveObject(actor, plan, policy, cancel);
        db.Log("casework.plan.Approve", new(plan.Area), plan.Id.ToString(), actor.Name, today.Clock, new { Household = household, plan.Revision });
        return plan.Id;
    }, cancel);

    private async Task TakeOver(Actor actor, Plan plan, Policy policy, CancellationToken cancel)
    {
        var planned = JsonSerializer.Deserialize<List<PlannedMeasure>>(plan.Content, JsonTexts.Options)!;
        var existing = await db.Set<Measure>().Where(m => m.County == plan.County && m.HouseholdId == plan.HouseholdId && MeasureStates.Open.Contains(m.State))
            .ToListAsync(cancel);
        var catalogue = policy.Measures.ToDictionary(m => m.Code);
        foreach (var item in planned)
        {
            var measure = existing.FirstOrDefault(m => m.Id == item.Id);
            if (measure is null && catalogue.TryGetValue(item.Type, out var kind))
                db.Add(measure = new()
                {
                    County = plan.County, Id = Guid.CreateVersion7(), HouseholdId = plan.HouseholdId, Area = plan.Area, Cause = item.Cause, Type = item.Type, Family = kind.Family,
                    Developmental = kind.Developmental, Unit = item.Unit, Person = item.Person, PlannedOn = item.From, PlannedEndOn = item.To, ProposedBy = plan.MadeBy, State = MeasureState.Approved,
                    StageDueOn = policy.Due(MeasureStates.Clocks.Start, today.Day),
                });
            if (measure is null)
                continue;
            (measure.Cause, measure.Unit, measure.Person, measure.Department) = (item.Cause, item.Unit.Trim(), item.Person.Trim(), item.Department);
            (measure.AmountFen, measure.Quantity) = (item.Amount is { } yuan ? Money.FromYuan(yuan) : null, item.Quantity);
            (measure.PlannedOn, measure.PlannedEndOn, measure.Version) = (item.From, item.To, measure.Version + 1);
        }
        // A measure that the new version leaves out is called off, unless it has reached the household.
        foreach (var left in existing.Where(m => planned.All(p => p.Id != m.Id) && m.State is MeasureState.Approved or MeasureState.InProgress or MeasureState.Suspended))
        {
            var from = left.State;
            (left.State, left.StageDueOn, left.Version) = (MeasureState.Cancelled, null, left.Version + 1);
            record.Add(StepRecord.Measure, left.Id, left.Type, left.HouseholdId, left.Area, from, left.State, null,
                new StepRequest<MeasureEvent>(MeasureEvent.Cancel, $"第 {plan.Revision} 版计划中取消"), actor);
        }
    }

    private async Task MoveObject(Actor actor, Plan plan, Policy policy, CancellationToken cancel)
    {
        var monitored = await db.Set<MonitoredObject>().SingleOrDefaultAsync(
            o => o.County == plan.County && o.HouseholdId == plan.HouseholdId && o.State != ObjectState.Removed, cancel);
        ObjectEvent? happening = monitored?.State switch
        {
            ObjectState.Identified => ObjectEvent.ApprovePlan,
            ObjectState.RolledBack => ObjectEvent.Resume,
            _ => null,
        };
        if (monitored is null || happening is null)
            return;
        var (from, due) = (monitored.State, monitored.StageDueOn);
        monitored.State = ObjectStates.Life.Table.Find(from, happening.Value)!.To;
        monitored.StageDueOn = monitored.State == ObjectState.Planned ? policy.Due(ObjectStates.Clocks.FirstMeasure, today.Day) : null;
        monitored.Version++;
        record.Add(StepRecord.Object, monitored.Id, plan.Id.ToString(), plan.HouseholdId, plan.Area, from, monitored.State, due,
            new StepRequest<ObjectEvent>(happening.Value, Evidence: [new(EvidenceKinds.Plan, Text: plan.Id.ToString())]), actor);
    }
}
