using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger.Listings;

/// <summary>A row of the list of listed objects.</summary>
/// <param name="OpenIssues">Problems found at it that are not struck off.</param>
public sealed record ListingRow(
    Guid Id, string Code, ListedKind Kind, string Area, Guid? Household, string? Name, string Leader, DateOnly TargetOn, ListingState State, Money Funds, Money Spent,
    DateOnly ListedOn, DateOnly? RemovedOn, DateOnly? SupervisedOn, int OpenIssues, bool Late);

/// <summary>A listed object with its log.</summary>
public sealed record ListingPage(
    ListingRow Row, string? Target, string Basis, DateOnly? StageDueOn, long Version, IReadOnlyList<ListingEntry> Log, IReadOnlyList<IssueLink> Issues);

public sealed record ListingEntry(DateOnly On, string Actor, ListingEvent Event, Money? Spent, string? Reason, IReadOnlyDictionary<string, string> Texts, IReadOnlyList<Evidence> Files);

/// <summary>What the pages about listed supervision show.</summary>
internal sealed class ListingQueries(ShouwangDb db, Secrets secrets, Today today)
{
    /// <param name="onList">Only what is on the list; otherwise what was removed, too.</param>
    public async Task<IReadOnlyList<ListingRow>> List(Actor actor, bool onList, ListedKind? kind, AreaCode? area, int limit, CancellationToken cancel)
    {
        var (from, to) = ((area ?? actor.Area).Digits, (area ?? actor.Area).RangeEnd);
        var rows = await db.Set<Listing>().AsNoTracking().VisibleTo(actor, Permissions.ListingsRead)
            .Where(l => (!onList || l.State != ListingState.Removed) && (kind == null || l.Kind == kind) && string.Compare(l.Area, from) >= 0 && string.Compare(l.Area, to) < 0)
            .OrderBy(l => l.State == ListingState.Removed).ThenBy(l => l.TargetOn).ThenBy(l => l.Code).Take(limit).ToListAsync(cancel);
        var open = await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).Where(i => i.ListingId != null && !IssueStates.Ended.Contains(i.State))
            .GroupBy(i => i.ListingId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        return [.. rows.Select(l => Row(l, open.GetValueOrDefault(l.Id)))];
    }

    /// <summary>Null when there is none in the actor's area.</summary>
    public async Task<ListingPage?> Open(Actor actor, Guid id, CancellationToken cancel)
    {
        if (await db.Set<Listing>().AsNoTracking().VisibleTo(actor, Permissions.ListingsRead).SingleOrDefaultAsync(l => l.Id == id, cancel) is not { } l)
            return null;
        var steps = await db.Set<ListingStep>().AsNoTracking().Where(s => s.County == l.County && s.ListingId == id).OrderBy(s => s.RecordedAt).ThenBy(s => s.Id).ToListAsync(cancel);
        var issues = await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).Where(i => i.ListingId == id).OrderBy(i => i.Code)
            .Select(i => new IssueLink(i.Id, i.Code, i.State)).ToListAsync(cancel);
        var reads = l.IsReadBy(actor);
        return new(Row(l, issues.Count(i => !IssueStates.Ended.Contains(i.State))), reads ? secrets.Decrypt(l.TargetEnc) : null, l.Basis, l.StageDueOn, l.Version,
            [.. steps.Select(s =>
            {
                var note = StepNote.Read(reads ? s.NoteEnc : null, secrets);
                return new ListingEntry(s.HappenedOn, s.Actor, s.Event, s.SpentFen, note.Reason, note.Texts, StepNote.Files(s.Evidence));
            })], issues);
    }

    private ListingRow Row(Listing l, int open) => new(l.Id, l.Code, l.Kind, l.Area, l.HouseholdId, l.Name, l.Leader, l.TargetOn, l.State, l.FundsFen, l.SpentFen,
        l.ListedOn, l.RemovedOn, l.SupervisedOn, open, l.State != ListingState.Removed && l.TargetOn < today.Day);
}
