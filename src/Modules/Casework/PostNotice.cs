using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Casework;

/// <summary>What a notice of a village says besides its list; null takes the usual words.</summary>
/// <param name="Subjects">The cases, or the eliminations, of one village.</param>
public sealed record NoticeRequest(NoticeKind Kind, IReadOnlyList<Guid> Subjects, string Place, string Contact, string? Title = null, string? Body = null, DateOnly? FromOn = null);

/// <summary>Puts up the notice of cases or eliminations of a village: the list is made here, masked, so that nobody types it.</summary>
internal sealed class PostNotice(
    ShouwangDb db, INotices notices, IHouseholds households, Policies policies, TakeEliminationStep eliminations, Today today)
{
    public async Task<Outcome<Guid>> Run(Actor actor, NoticeRequest request, CancellationToken cancel) => await db.Atomically<Guid>(async () =>
        request.Kind == NoticeKind.Identification
            ? await OfCases(actor, request, cancel)
            : await OfEliminations(actor, request, cancel), cancel);

    private async Task<Outcome<Guid>> OfCases(Actor actor, NoticeRequest request, CancellationToken cancel)
    {
        var cases = await db.Set<IdentificationCase>().VisibleTo(actor, Permissions.CasesNotice, c => c.HouseholdId)
            .Where(c => request.Subjects.Contains(c.Id) && c.State == CaseState.PublicNotice && c.NoticeId == null).ToListAsync(cancel);
        if (cases.Count == 0 || cases.Count != request.Subjects.Distinct().Count() || cases.Select(c => c.Area).Distinct().Count() != 1)
            return Refusals.NotFound;
        var posted = await Post(actor, request, new(cases[0].Area), [.. cases.Select(c => (c.Id, c.HouseholdId, c.Category))], cancel);
        if (!posted.Succeeded)
            return posted;

        var policy = await policies.For(new(cases[0].Area), today.Day, cancel);
        foreach (var c in cases)
        {
            (c.NoticeId, c.NoticeOn, c.Version) = (posted.Value, request.FromOn ?? today.Day, c.Version + 1);
            c.StageDueOn = policy.Due(CaseStates.Clocks.Notice, c.NoticeOn.Value);
        }
        await db.SaveChangesAsync(cancel);
        return posted;
    }

    private async Task<Outcome<Guid>> OfEliminations(Actor actor, NoticeRequest request, CancellationToken cancel)
    {
        var rows = await db.Set<Elimination>().VisibleTo(actor, Permissions.CasesNotice, e => e.HouseholdId)
            .Where(e => request.Subjects.Contains(e.Id) && e.State == EliminationState.VillageReviewed).ToListAsync(cancel);
        if (rows.Count == 0 || rows.Count != request.Subjects.Distinct().Count() || rows.Select(e => e.Area).Distinct().Count() != 1)
            return Refusals.NotFound;
        var objects = await db.Set<MonitoredObject>().AsNoTracking()
            .Where(o => o.County == actor.County && rows.Select(e => e.ObjectId).Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Category, cancel);
        var posted = await Post(actor, request, new(rows[0].Area), [.. rows.Select(e => (e.Id, e.HouseholdId, (string?)objects[e.ObjectId]))], cancel);
        if (!posted.Succeeded)
            return posted;

        foreach (var e in rows)
        {
            (e.NoticeId, e.NoticeOn) = (posted.Value, request.FromOn ?? today.Day);
            var step = await eliminations.Take(actor, e, new(EliminationEvent.PostNotice), [EvidenceKinds.Notice], cancel);
            if (!step.Succeeded)
                return step.Problems.ToList();
        }
        await db.SaveChangesAsync(cancel);
        return posted;
    }

    private async Task<Outcome<Guid>> Post(
        Actor actor, NoticeRequest request, AreaCode village, IReadOnlyList<(Guid Subject, Guid Household, string? Category)> subjects, CancellationToken cancel)
    {
        var policy = await policies.For(village, today.Day, cancel);
        var lines = new List<NoticeLine>();
        foreach (var (subject, id, category) in subjects)
        {
            var household = await households.Open(Actor.System(new(actor.County)), id, inFull: false, cancel);
            lines.Add(new(subject, id, Masked.Name(household?.HeadName), household?.GroupName, household?.Size ?? 0,
                category is null ? "" : policy.CategoryName(category).Zh));
        }
        var identifying = request.Kind == NoticeKind.Identification;
        return await notices.Publish(new(request.Kind, village,
            request.Title ?? (identifying ? "防止返贫监测对象拟纳入名单公示" : "防止返贫监测对象拟消除风险名单公示"),
            request.Body ?? (identifying
                ? "经农户申请、入户核实、部门比对和村级民主评议，现将拟纳入监测的农户名单予以公示。公示期内如有异议，请向村民委员会或乡镇人民政府反映。"
                : "经入户核实和村级民主评议，现将拟消除风险的农户名单予以公示。公示期内如有异议，请向村民委员会或乡镇人民政府反映。"),
            request.Place, request.Contact, request.FromOn ?? today.Day, lines), actor, cancel);
    }
}

/// <summary>Objections to an identification: the case waits until they are handled.</summary>
internal sealed class CaseObjections(ShouwangDb db, TakeCaseStep steps) : INoticeSubjects
{
    public NoticeKind Kind => NoticeKind.Identification;

    public async Task<Outcome<bool>> Objected(string county, Guid subject, string objection, CancellationToken cancel)
    {
        var found = await db.Set<IdentificationCase>().SingleOrDefaultAsync(c => c.County == county && c.Id == subject, cancel);
        if (found is null || found.State != CaseState.PublicNotice)
            return true; // it waits already, or is over
        return Done(await steps.Take(Actor.System(new(county)), found,
            new(CaseEvent.TakeUpObjection, Evidence: [new(EvidenceKinds.Objection, Text: objection)]), [], cancel));
    }

    public async Task<Outcome<bool>> Handled(string county, Guid subject, bool upheld, string finding, Actor actor, CancellationToken cancel)
    {
        var found = await db.Set<IdentificationCase>().SingleOrDefaultAsync(c => c.County == county && c.Id == subject, cancel);
        if (found is null || found.State != CaseState.ObjectionHandling)
            return true;
        return Done(await steps.Take(actor, found,
            new(upheld ? CaseEvent.UpholdObjection : CaseEvent.DismissObjection, Evidence: [new(EvidenceKinds.Finding, Text: finding)]), [], cancel));
    }

    private static Outcome<bool> Done(Outcome<CaseState> step) => step.Succeeded ? true : step.Problems.ToList();
}

/// <summary>Objections to an elimination.</summary>
internal sealed class EliminationObjections(ShouwangDb db, TakeEliminationStep steps) : INoticeSubjects
{
    public NoticeKind Kind => NoticeKind.Elimination;

    public async Task<Outcome<bool>> Objected(string county, Guid subject, string objection, CancellationToken cancel)
    {
        var found = await db.Set<Elimination>().SingleOrDefaultAsync(e => e.County == county && e.Id == subject, cancel);
        if (found is null || found.State != EliminationState.PublicNotice)
            return true;
        return Done(await steps.Take(Actor.System(new(county)), found,
            new(EliminationEvent.TakeUpObjection, Evidence: [new(EvidenceKinds.Objection, Text: objection)]), [], cancel));
    }

    public async Task<Outcome<bool>> Handled(string county, Guid subject, bool upheld, string finding, Actor actor, CancellationToken cancel)
    {
        var found = await db.Set<Elimination>().SingleOrDefaultAsync(e => e.County == county && e.Id == subject, cancel);
        if (found is null || found.State != EliminationState.ObjectionHandling)
            return true;
        return Done(await steps.Take(actor, found,
            new(upheld ? EliminationEvent.UpholdObjection : EliminationEvent.DismissObjection, Evidence: [new(EvidenceKinds.Finding, Text: finding)]), [], cancel));
    }

    private static Outcome<bool> Done(Outcome<EliminationState> step) => step.Succeeded ? true : step.Problems.ToList();
}
