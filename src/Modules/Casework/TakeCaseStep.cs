using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Casework.Contracts.CaseEvent;

namespace Shouwang.Modules.Casework;

/// <summary>A step of an identification case.</summary>
/// <param name="Visit">With <see cref="Verify"/>: the visit of two people or more.</param>
/// <param name="Category">The monitoring category, at the review or any later office.</param>
/// <param name="Causes">The causes found, the main one first; with the verification, or corrected later.</param>
/// <param name="Attended">With the review: how many were present.</param>
public sealed record CaseStepRequest(
    CaseEvent Event, string? Reason = null, IReadOnlyList<Evidence>? Evidence = null, long? Version = null, Guid? Visit = null, string? Category = null,
    IReadOnlyList<CauseFound>? Causes = null, int? Attended = null, int? VotesFor = null, int? VotesAgainst = null)
    : StepRequest<CaseEvent>(Event, Reason, Evidence, Version);

/// <summary>Moves an identification case along its life.</summary>
/// <remarks>
/// Who visited the household or recorded the visit, and who passed it at one office, does not pass it at the next. Nobody is
/// registered without two investigators, a notice of the policy's time with its photo, and every objection handled.
/// </remarks>
internal sealed class TakeCaseStep(
    ShouwangDb db, FindVisit visits, INotices notices, Policies policies, CaseCategories categories, RegisterObject register, StepRecord record, Today today)
{
    public async Task<Outcome<CaseState>> Run(Actor actor, Guid id, CaseStepRequest request, CancellationToken cancel) => await db.Atomically<CaseState>(async () =>
    {
        var found = await db.Set<IdentificationCase>().VisibleTo(actor, Permissions.CasesRead, c => c.HouseholdId).SingleOrDefaultAsync(c => c.Id == id, cancel);
        return found is null ? Refusals.NotFound
            : request.Event is TakeUpObjection or DismissObjection or UpholdObjection ? Refusals.ObjectionStillOpen
            : await Take(actor, found, request, [], cancel);
    }, cancel);

    /// <summary>The step itself, in the open unit of work; the notices module comes in here with objections.</summary>
    /// <param name="present">Evidence that stands in records of ours.</param>
    internal async Task<Outcome<CaseState>> Take(
        Actor actor, IdentificationCase c, CaseStepRequest request, IReadOnlyList<string> present, CancellationToken cancel)
    {
        var policy = await policies.For(new(c.Area), today.Day, cancel);
        var records = await Records(c, request, cancel);
        var step = CaseStates.Life.Check(c.State, c.Version, request, actor, new(c.Area), c.HouseholdId, [.. present, .. records.Succeeded ? records.Value : []]);
        // A refusal of the table says more than one of the records: a step that is not possible needs no visit.
        if (!step.Succeeded && (records.Succeeded || step.Problems.Any(p => p.Status is 403 || p.Code is "steps.not-possible" or "steps.changed-meanwhile")))
            return step.Problems.ToList();
        if (!records.Succeeded)
            return records.Problems.ToList();
        if (await Guard(actor, c, request, policy, cancel) is { Count: > 0 } problems)
            return problems;
        if (request.Event == CloseNotice && await notices.Close(c.County, c.NoticeId!.Value, c.Id, actor, cancel) is { Succeeded: false } refused)
            return refused.Problems.ToList();

        var due = request.Event == AnswerMatching ? c.MatchDueOn : c.StageDueOn;
        if (request.Event is UpholdObjection or Reject or Withdraw)
            await TakeDown(actor, c, cancel);
        Apply(c, request);
        c.State = step.Value.To;
        c.Version++;
        SetDue(c, policy);
        record.Add(StepRecord.Case, c.Id, c.Code, c.HouseholdId, c.Area, step.Value.From, step.Value.To, due, request, actor);
        if (request.Event == Approve)
            await register.Run(actor, c, policy, cancel);
        return c.State;
    }

    // The notice is for nothing any more, unless it is for others too.
    private async Task TakeDown(Actor actor, IdentificationCase c, CancellationToken cancel)
    {
        if (c.NoticeId is { } notice && !await db.Set<IdentificationCase>().AnyAsync(o => o.County == c.County && o.NoticeId == notice && o.Id != c.Id
                && (o.State == CaseState.PublicNotice || o.State == CaseState.ObjectionHandling), cancel))
            await notices.Withdraw(c.County, notice, actor, cancel);
    }

    // Evidence that is a record of ours rather than a file or words of the request.
    private async Task<Outcome<IReadOnlyList<string>>> Records(IdentificationCase c, CaseStepRequest request, CancellationToken cancel)
    {
        if (request.Event == Verify)
        {
            var visit = await visits.Verifying(c.County, c.HouseholdId, request.Visit, c.TimesReturned > 0 ? c.RoundOn : c.RaisedOn, cancel);
            if (!visit.Succeeded)
                return visit.Problems.ToList();
            return visit.Value.Visit.IncomeFen is null
                ? new[] { EvidenceKinds.Visit, EvidenceKinds.Investigators }
                : new[] { EvidenceKinds.Visit, EvidenceKinds.Investigators, EvidenceKinds.IncomeSheet };
        }
        if (request.Event is PassReview or Reject && request.Attended is not null)
            return new[] { EvidenceKinds.Votes };
        if (request.Event == CloseNotice)
        {
            if (c.NoticeId is not { } notice || await notices.Standing(c.County, notice, c.Id, cancel) is not { } standing)
                return Refusals.NoNotice;
            return standing.HasPhoto ? new[] { EvidenceKinds.Notice, EvidenceKinds.NoticePhoto } : new[] { EvidenceKinds.Notice };
        }
        return Array.Empty<string>();
    }

    private async Task<List<Problem>> Guard(Actor actor, IdentificationCase c, CaseStepRequest request, Policy policy, CancellationToken cancel)
    {
        var problems = new List<Problem>();
        if (request.Causes is not null || request.Event == Verify)
            problems.AddRange(CauseList.Check(request.Causes ?? CauseList.Read(c.Causes), policy));
        if (request.Category is { } category)
            problems.AddRange(await categories.Check(c.County, c.HouseholdId, category, policy, cancel));
        if (request.Event is PassReview or Reject && request is { Attended: { } attended })
        {
            var (yes, no) = (request.VotesFor ?? 0, request.VotesAgainst ?? 0);
            if (attended <= 0 || yes < 0 || no < 0 || yes + no > attended)
                problems.Add(Refusals.Votes);
            else if (request.Event == PassReview && yes * 2 <= attended)
                problems.Add(Refusals.VotedDown);
        }
        if (request.Event is PassTownship or Approve && await OwnWork(actor, c, request.Event, cancel) is { } own)
            problems.Add(own);
        if (request.Event == Approve)
            problems.AddRange(await BeforeRegistration(c, request, policy, cancel));
        return problems;
    }

    private async Task<Problem?> OwnWork(Actor actor, IdentificationCase c, CaseEvent happening, CancellationToken cancel)
    {
        if (actor.Unlimited)
            return null;
        var visit = await db.Set<Visit>().AsNoTracking().SingleAsync(v => v.County == c.County && v.Id == c.VisitId, cancel);
        if (FindVisit.With(visit).People.Contains(actor.User))
            return Steps.OwnWork(new("入户核实", "verification visit"));
        string[] before = happening == Approve ? [nameof(Verify), nameof(PassReview), nameof(PassTownship)] : [nameof(Verify), nameof(PassReview)];
        return await db.Set<CaseStep>().AnyAsync(
            s => s.County == c.County && s.SubjectId == c.Id && s.UserId == actor.User && before.Contains(s.Event), cancel)
            ? Steps.OwnWork(new("前一环节", "step before"))
            : null;
    }

    // Everything was checked on the way; this is looked at again, since it is the promise the product makes.
    private async Task<List<Problem>> BeforeRegistration(IdentificationCase c, CaseStepRequest request, Policy policy, CancellationToken cancel)
    {
        var problems = new List<Problem>();
        var visit = await visits.Verifying(c.County, c.HouseholdId, c.VisitId, c.RaisedOn, cancel);
        problems.AddRange(visit.Problems);
        if (c.NoticeId is not { } id || await notices.Standing(c.County, id, c.Id, cancel) is not { ClosedOn: { } closed } notice)
            problems.Add(Refusals.NoNotice);
        else if (closed < notice.EarliestEndOn || !notice.HasPhoto || notice.OpenObjections > 0)
            problems.Add(Refusals.ObjectionStillOpen);
        problems.AddRange(CauseList.Check(request.Causes ?? CauseList.Read(c.Causes), policy));
        if ((request.Category ?? c.Category) is { } category)
            problems.AddRange(request.Category is null ? await categories.Check(c.County, c.HouseholdId, category, policy, cancel) : []);
        else
            problems.Add(Refusals.NoCategory);
        return [.. problems.DistinctBy(p => p.Code)];
    }

    private void Apply(IdentificationCase c, CaseStepRequest request)
    {
        c.Category = request.Category ?? c.Category;
        c.Causes = request.Causes is { } causes ? CauseList.Write(causes) : c.Causes;
        switch (request.Event)
        {
            case Verify:
                (c.VisitId, c.VerifiedOn) = (request.Visit, today.Day);
                break;
            case AnswerMatching:
                c.MatchedOn = today.Day;
                break;
            case PassReview:
                (c.ReviewedOn, c.Attended, c.VotesFor, c.VotesAgainst) = (today.Day, request.Attended, request.VotesFor ?? 0, request.VotesAgainst ?? 0);
                break;
            case UpholdObjection:
                (c.ReviewedOn, c.NoticeId, c.NoticeOn) = (null, null, null);
                break;
            case CloseNotice:
                c.NoticeClosedOn = today.Day;
                break;
            case PassTownship:
                c.TownshipOn = today.Day;
                break;
            case Return:
                (c.RoundOn, c.TimesReturned) = (today.Day, c.TimesReturned + 1);
                (c.VerifiedOn, c.ReviewedOn, c.NoticeId, c.NoticeOn, c.NoticeClosedOn, c.TownshipOn) = (null, null, null, null, null, null);
                break;
            case Approve or Reject or Withdraw:
                c.ClosedOn = today.Day;
                break;
            case TakeUpObjection or DismissObjection:
                break;
        }
    }

    private void SetDue(IdentificationCase c, Policy policy)
    {
        var schedule = CaseSchedule.Of(policy, c.TotalDueOn, CaseProgress.Of(c), today.Day);
        c.MatchDueOn = c.MatchedOn is null && CaseStates.Open.Contains(c.State) ? schedule[(int)CaseStage.Matching].DueOn : null;
        c.StageDueOn = c.State switch
        {
            CaseState.Applied or CaseState.DataMatched => schedule[(int)CaseStage.Visit].DueOn,
            CaseState.HouseholdVerified => schedule[(int)CaseStage.Matching].DueOn,
            CaseState.VillageReview => schedule[(int)CaseStage.Review].DueOn,
            CaseState.PublicNotice => schedule[(int)CaseStage.Notice].DueOn,
            CaseState.ObjectionHandling => policy.Due(CaseStates.Clocks.Objection, today.Day),
            CaseState.TownshipReview => schedule[(int)CaseStage.Township].DueOn,
            CaseState.CountyApproval => schedule[(int)CaseStage.County].DueOn,
            CaseState.Returned => policy.Due(CaseStates.Clocks.Return, today.Day),
            CaseState.Registered or CaseState.Rejected or CaseState.Withdrawn => null,
        };
    }
}
