using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>Everything casework has about one household, for its file 一户一档 and the printed plan.</summary>
/// <param name="Object">Null when it was never monitored.</param>
/// <param name="Plan">The plan in force, or the draft of the first one.</param>
/// <param name="Draft">A new version that waits for approval.</param>
public sealed record HouseholdHelpPage(
    ObjectRow? Object, PlanPage? Plan, PlanPage? Draft, IReadOnlyList<PlanVersion> Versions, IReadOnlyList<MeasurePage> Measures, IReadOnlyList<VisitPage> Visits,
    IReadOnlyList<Assigned> People, IReadOnlyList<CaseRef> Cases, IReadOnlyList<EliminationRef> Eliminations);

/// <summary>An elimination of the household, the latest first, to open its page.</summary>
public sealed record EliminationRef(Guid Id, string Code, EliminationState State, DateOnly ProposedOn);

public sealed record PlanPage(
    Guid Id, int Revision, PlanState State, string? Goal, long? Able, IReadOnlyList<CauseFound> Causes, IReadOnlyList<PlannedMeasure> Measures, string MadeBy,
    DateOnly MadeOn, DateOnly? ApprovedOn);

public sealed record PlanVersion(int Revision, PlanState State, string MadeBy, DateOnly MadeOn, DateOnly? ApprovedOn);

public sealed record MeasurePage(
    Guid Id, string Cause, string Type, string Family, bool Developmental, string Unit, string Person, string? Department, Money? Amount, string? Quantity,
    DateOnly PlannedOn, DateOnly PlannedEndOn, DateOnly? StartedOn, DateOnly? DeliveredOn, MeasureState State, DateOnly? StageDueOn, Money? IncomeGain,
    bool? HouseholdConfirms, long Version, IReadOnlyList<StepOffer> Next);

/// <param name="Notes">Null where the reader may not see them.</param>
public sealed record VisitPage(
    Guid Id, DateOnly On, VisitPurpose Purpose, VisitMode Mode, IReadOnlyList<Visitor> Visitors, Money? Income, IReadOnlyDictionary<VisitSubject, VisitFinding> Findings,
    bool CardOnWall, bool YardClean, bool? Satisfied, string? Signature, IReadOnlyList<string> Photos, VisitNotes? Notes, string RecordedBy);

internal sealed class HouseholdHelp(ShouwangDb db, IPairing pairing, ICases cases, Secrets secrets, Shouwang.Platform.Today today)
{
    /// <summary>For a household the actor was already shown; null when the actor may not see cases about it.</summary>
    public async Task<HouseholdHelpPage?> Of(Actor actor, Guid household, AreaCode area, CancellationToken cancel)
    {
        if (!actor.May(Permissions.CasesRead, area, household))
            return null;
        var county = actor.County;
        var monitored = await db.Set<MonitoredObject>().AsNoTracking().SingleOrDefaultAsync(o => o.County == county && o.HouseholdId == household && o.State != ObjectState.Removed, cancel);
        var plans = await db.Set<Plan>().AsNoTracking().Where(p => p.County == county && p.HouseholdId == household).OrderByDescending(p => p.Revision).ToListAsync(cancel);
        var causes = await db.Set<PlanCause>().AsNoTracking().Where(c => c.County == county && plans.Select(p => p.Id).Contains(c.PlanId)).OrderBy(c => c.Position).ToListAsync(cancel);
        var measures = await db.Set<Measure>().AsNoTracking().Where(m => m.County == county && m.HouseholdId == household).OrderBy(m => m.PlannedOn).ThenBy(m => m.Id).ToListAsync(cancel);
        var visits = await db.Set<Visit>().AsNoTracking().Where(v => v.County == county && v.HouseholdId == household).OrderByDescending(v => v.VisitedOn).ToListAsync(cancel);
        return new(
            monitored is null ? null : new(monitored.Id, household, monitored.Area, monitored.State, monitored.Category, CauseList.Read(monitored.Causes), monitored.IdentifiedOn,
                monitored.DayKnown, monitored.StageDueOn, monitored.StageDueOn < today.Day, monitored.VisitedOn, monitored.Way, monitored.EliminatedOn),
            Page(plans.FirstOrDefault(p => p.State == PlanState.Approved)), Page(plans.FirstOrDefault(p => p.State == PlanState.Draft)),
            [.. plans.Select(p => new PlanVersion(p.Revision, p.State, p.MadeByName, p.MadeOn, p.ApprovedOn))],
            [.. measures.Select(m => MeasureOf(m, actor, area))], [.. visits.Select(v => VisitOf(v, actor))],
            await pairing.Of(county, household, cancel), await cases.Of(county, household, cancel),
            await db.Set<Elimination>().AsNoTracking().Where(e => e.County == county && e.HouseholdId == household).OrderByDescending(e => e.ProposedOn)
                .Select(e => new EliminationRef(e.Id, e.Code, e.State, e.ProposedOn)).ToListAsync(cancel));

        PlanPage? Page(Plan? p) => p is null ? null : new(p.Id, p.Revision, p.State, actor.SeesMasked ? null : secrets.Decrypt(p.GoalEnc), p.Able,
            [.. causes.Where(c => c.PlanId == p.Id).Select(c => new CauseFound(c.Cause, c.Disaster, c.Remark))],
            JsonSerializer.Deserialize<List<PlannedMeasure>>(p.Content, JsonTexts.Options)!, p.MadeByName, p.MadeOn, p.ApprovedOn);
    }

    private static MeasurePage MeasureOf(Measure m, Actor actor, AreaCode area) => new(
        m.Id, m.Cause, m.Type, m.Family, m.Developmental, m.Unit, m.Person, m.Department, m.AmountFen, m.Quantity, m.PlannedOn, m.PlannedEndOn, m.StartedOn, m.DeliveredOn,
        m.State, m.StageDueOn, m.IncomeGainFen, m.HouseholdConfirms, m.Version, StepOffer.Of(MeasureStates.Life, m.State, actor, area, m.HouseholdId));

    private VisitPage VisitOf(Visit v, Actor actor) => new(
        v.Id, v.VisitedOn, v.Purpose, v.Mode, FindVisit.With(v).Visitors, v.IncomeFen, JsonSerializer.Deserialize<Dictionary<VisitSubject, VisitFinding>>(v.Findings, JsonTexts.Options)!,
        v.CardOnWall, v.YardClean, v.Satisfied, v.Signature, JsonSerializer.Deserialize<List<string>>(v.Photos, JsonTexts.Options)!,
        !actor.SeesMasked && secrets.Decrypt(v.NotesEnc) is { } notes ? JsonSerializer.Deserialize<VisitNotes>(notes, JsonTexts.Options) : null, v.RecordedByName);
}
