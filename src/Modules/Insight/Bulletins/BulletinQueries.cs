using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Insight.Bulletins;

/// <summary>A row of the list.</summary>
internal sealed record BulletinRow(Guid Id, string Code, BulletinKind Kind, Text Title, string Unit, BulletinPeriod Period, DateOnly AsOf, BulletinState State, string WrittenBy, string? SignedBy, DateOnly? PublishedOn);

/// <param name="Corrects">The issue that this one corrects.</param>
/// <param name="CorrectedBy">The issue that corrects this one, published or not.</param>
internal sealed record BulletinPage(Bulletin Bulletin, BulletinContent Content, IReadOnlyList<BulletinHistory> Steps, BulletinLink? Corrects, BulletinLink? CorrectedBy)
{
    public BulletinPeriod Period => new(Bulletin.PeriodFrom, Bulletin.PeriodTo);
}

internal sealed record BulletinLink(Guid Id, string Code);

internal sealed record BulletinHistory(DateOnly On, DateTimeOffset At, string Actor, BulletinEvent Event, string? Reason, IReadOnlyDictionary<string, string> Texts);

/// <summary>Reads bulletins. What is published is for everybody in the county who reads bulletins, since it speaks of units; drafts are for those who write and sign.</summary>
internal sealed class BulletinQueries(ShouwangDb db, Secrets secrets)
{
    public IQueryable<Bulletin> Visible(Actor actor)
    {
        var all = db.Set<Bulletin>();
        if (!actor.May(Permissions.BulletinsRead))
            return all.Where(_ => false);
        var county = actor.County;
        if (actor.Area.Level == AreaLevel.County && (actor.May(Permissions.BulletinsWrite) || actor.May(Permissions.BulletinsSign)))
            return all.Where(b => b.County == county);
        // A unit sees its own card from when it is put forward, so that it can speak before it is signed.
        var (from, to, department) = (actor.Area.Digits, actor.Area.RangeEnd, actor.Department);
        return all.Where(b => b.County == county && (BulletinStates.Public.Contains(b.State)
            || b.Kind == BulletinKind.Appraisal && (b.State == BulletinState.PutForward || b.State == BulletinState.Signed)
                && (b.Unit == department || b.Unit == b.Area && string.Compare(b.Area, from) >= 0 && string.Compare(b.Area, to) < 0)));
    }

    /// <summary>The card is about the actor's own unit.</summary>
    public static bool IsOwnCard(Bulletin b, Actor actor) => b.Kind == BulletinKind.Appraisal
        && (actor.Department is { } department ? b.Unit == department : b.Unit == b.Area && actor.Area.Level > AreaLevel.County && actor.Sees(new(b.Area)));

    public async Task<IReadOnlyList<BulletinRow>> List(Actor actor, BulletinKind? kind, BulletinState? state, int limit, CancellationToken cancel)
    {
        var rows = await Visible(actor).AsNoTracking().Where(b => (kind == null || b.Kind == kind) && (state == null || b.State == state))
            .OrderByDescending(b => b.PeriodTo).ThenByDescending(b => b.Id).Take(limit).ToListAsync(cancel);
        return [.. rows.Select(b => new BulletinRow(b.Id, b.Code, b.Kind, BulletinContent.Read(b.Content).Title, b.Unit, new(b.PeriodFrom, b.PeriodTo), b.AsOf, b.State, b.WrittenByName, b.SignedByName, b.PublishedOn))];
    }

    /// <summary>Null when there is none that the actor may see.</summary>
    public async Task<BulletinPage?> Open(Actor actor, Guid id, CancellationToken cancel)
    {
        if (await Visible(actor).AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancel) is not { } b)
            return null;
        var steps = await db.Set<BulletinStep>().AsNoTracking().Where(s => s.County == b.County && s.BulletinId == id).OrderBy(s => s.RecordedAt).ThenBy(s => s.Id).ToListAsync(cancel);
        var links = await Visible(actor).AsNoTracking().Where(o => o.Id == b.ReplacesId || o.ReplacesId == id && o.State != BulletinState.Discarded).OrderByDescending(o => o.Id)
            .Select(o => new { o.Id, o.Code, o.ReplacesId }).ToListAsync(cancel);
        return new(b, BulletinContent.Read(b.Content), [.. steps.Select(History)],
            links.Where(l => l.Id == b.ReplacesId).Select(l => new BulletinLink(l.Id, l.Code)).FirstOrDefault(), links.Where(l => l.ReplacesId == id).Select(l => new BulletinLink(l.Id, l.Code)).FirstOrDefault());

        BulletinHistory History(BulletinStep s) => StepNote.Read(s.NoteEnc, secrets) is var note ? new(s.HappenedOn, s.RecordedAt, s.Actor, s.Event, note.Reason, note.Texts) : null!;
    }
}
