using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Notices;

/// <summary>A notice as anybody may see it, on the screen or printed for the board.</summary>
/// <param name="Village">12 digits.</param>
/// <param name="Over">The time to object has passed.</param>
public sealed record NoticeSheet(
    string Code, NoticeKind Kind, string Village, string Title, string Body, string Place, string Contact, DateOnly FromOn, DateOnly EarliestEndOn,
    DateOnly? ClosedOn, bool Over, IReadOnlyList<NoticeSheetLine> Lines);

public sealed record NoticeSheetLine(int Number, string HeadName, string? Group, int Size, string Category);

/// <summary>A notice in the desk's list.</summary>
/// <param name="Objections">Open ones.</param>
/// <param name="CanEnd">Its time is over and it was photographed.</param>
public sealed record NoticeRow(
    Guid Id, string Code, NoticeKind Kind, string Village, string Title, DateOnly FromOn, DateOnly EarliestEndOn, DateOnly? ClosedOn, int Households,
    IReadOnlyList<string> Photos, int Objections, bool CanEnd);

/// <summary>An objection for those who handle it.</summary>
/// <param name="Overdue">Its time is over and it is open.</param>
public sealed record ObjectionRow(
    Guid Id, string NoticeCode, Guid Household, string Village, DateOnly ReceivedOn, DateOnly DueOn, bool Overdue, ObjectionState State,
    string? Name, string? Phone, string Words, string? Finding, string? HandledBy);

/// <summary>What whoever objected gets to read.</summary>
public sealed record ObjectionAnswer(string NoticeCode, DateOnly ReceivedOn, DateOnly DueOn, ObjectionState State, string? Finding, DateOnly? HandledOn);

/// <summary>What the pages show.</summary>
internal sealed class NoticeQueries(ShouwangDb db, Secrets secrets, Today today)
{
    /// <summary>For the public page and the printed sheet; null when there is none.</summary>
    public async Task<NoticeSheet?> Sheet(string county, string code, CancellationToken cancel) =>
        await db.Set<Notice>().AsNoTracking().SingleOrDefaultAsync(n => n.County == county && n.Code == code, cancel) is { } notice ? SheetOf(notice) : null;

    /// <summary>The notices that hang in a village now.</summary>
    public async Task<IReadOnlyList<NoticeSheet>> Hanging(AreaCode village, CancellationToken cancel)
    {
        var (county, area) = (village.County.Digits, village.Digits);
        return [.. (await db.Set<Notice>().AsNoTracking().Where(n => n.County == county && n.Area == area && n.ClosedOn == null)
            .OrderByDescending(n => n.FromOn).ToListAsync(cancel)).Select(SheetOf)];
    }

    /// <param name="open">Only those still hanging.</param>
    public async Task<IReadOnlyList<NoticeRow>> List(Actor actor, bool open, int limit, CancellationToken cancel)
    {
        var notices = await db.Set<Notice>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, n => n.Id)
            .Where(n => !open || n.ClosedOn == null).OrderByDescending(n => n.FromOn).ThenByDescending(n => n.Code).Take(limit).ToListAsync(cancel);
        var ids = notices.Select(n => n.Id).ToList();
        var objections = await db.Set<Objection>().AsNoTracking()
            .Where(o => o.County == actor.County && ids.Contains(o.NoticeId) && o.State == ObjectionState.Open)
            .GroupBy(o => o.NoticeId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        return [.. notices.Select(n =>
        {
            var photos = JsonSerializer.Deserialize<List<string>>(n.Photos, JsonTexts.Options)!;
            return new NoticeRow(n.Id, n.Code, n.Kind, n.Area, n.Title, n.FromOn, n.EarliestEndOn, n.ClosedOn, LinesOf(n).Count, photos,
                objections.GetValueOrDefault(n.Id), n.ClosedOn is null && today.Day >= n.EarliestEndOn && photos.Count > 0);
        })];
    }

    /// <summary>Objections the actor may handle, the open and oldest first.</summary>
    public async Task<IReadOnlyList<ObjectionRow>> Objections(Actor actor, bool open, int limit, CancellationToken cancel)
    {
        var rows = await db.Set<Objection>().AsNoTracking().VisibleTo(actor, Permissions.ObjectionsHandle)
            .Where(o => !open || o.State == ObjectionState.Open).OrderBy(o => o.DueOn).Take(limit).ToListAsync(cancel);
        var ids = rows.Select(o => o.NoticeId).Distinct().ToList();
        var codes = await db.Set<Notice>().AsNoTracking().Where(n => n.County == actor.County && ids.Contains(n.Id)).ToDictionaryAsync(n => n.Id, n => n.Code, cancel);
        return [.. rows.Select(o =>
        {
            var words = JsonSerializer.Deserialize<ObjectionWords>(secrets.Decrypt(o.WordsEnc)!, JsonTexts.Options)!;
            return new ObjectionRow(o.Id, codes[o.NoticeId], o.HouseholdId, o.Area, o.ReceivedOn, o.DueOn, o.State == ObjectionState.Open && o.DueOn < today.Day,
                o.State, words.Name, words.Phone, words.Words, secrets.Decrypt(o.FindingEnc), o.HandledBy);
        })];
    }

    /// <summary>The answer to an objection, for whoever has its receipt.</summary>
    public async Task<ObjectionAnswer?> Answer(string county, string receipt, CancellationToken cancel)
    {
        var wanted = receipt.Trim().ToUpperInvariant();
        var found = await db.Set<Objection>().AsNoTracking().SingleOrDefaultAsync(o => o.County == county && o.Receipt == wanted, cancel);
        if (found is null)
            return null;
        var code = await db.Set<Notice>().AsNoTracking().Where(n => n.County == county && n.Id == found.NoticeId).Select(n => n.Code).SingleAsync(cancel);
        return new(code, found.ReceivedOn, found.DueOn, found.State, secrets.Decrypt(found.FindingEnc), found.HandledOn);
    }

    private NoticeSheet SheetOf(Notice n) => new(n.Code, n.Kind, n.Area, n.Title, n.Body, n.Place, n.Contact, n.FromOn, n.EarliestEndOn, n.ClosedOn, n.ClosedOn is not null,
        [.. LinesOf(n).Select((l, i) => new NoticeSheetLine(i + 1, l.HeadName, l.Group, l.Size, l.Category))]);

    private static List<NoticeLine> LinesOf(Notice notice) => JsonSerializer.Deserialize<List<NoticeLine>>(notice.Lines, JsonTexts.Options)!;
}
