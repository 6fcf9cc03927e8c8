using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger.Listings;

/// <summary>A row of the list of listed objects.</summary>
/// <param name="OpenIssues">Problems found at it that are not struck off.</param>
/// <param name="Reads">The asking person reads its words, and the name of a listed household.</param>
public sealed record ListingRow(
    Guid Id, string Code, ListedKind Kind, string Area, Guid? Household, string? Name, string Leader, DateOnly TargetOn, ListingState State, Money Funds, Money Spent,
    DateOnly ListedOn, DateOnly? RemovedOn, DateOnly? SupervisedOn, int OpenIssues, bool Late, bool Reads);

/// <summary>A listed object with its log.</summary>
public sealed record ListingPage(
    ListingRow Row, Text? Target, string Basis, DateOnly? StageDueOn, long Version, IReadOnlyList<ListingEntry> Log, IReadOnlyList<IssueLink> Issues)
{
    /// <summary>What the asking person would be refused whatever is filled in, and why.</summary>
    public required IReadOnlyDictionary<ListingEvent, Problem> Barred { get; init; }
}

public sealed record ListingEntry(DateOnly On, string Actor, ListingEvent Event, Money? Spent, Text? Reason, IReadOnlyDictionary<string, string> Texts, IReadOnlyList<Evidence> Files);

/// <summary>What the pages about listed supervision show.</summary>
internal sealed class ListingQueries(ShouwangDb db, TakeListingStep steps, Secrets secrets, Today today)
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
        return [.. rows.Select(l => Row(l, actor, open.GetValueOrDefault(l.Id)))];
    }

    /// <summary>Null when there is none in the actor's area.</summary>
    public async Task<ListingPage?> Open(Actor actor, Guid id, CancellationToken cancel)
    {
        if (await db.Set<Listing>().AsNoTracking().VisibleTo(actor, Permissions.ListingsRead).SingleOrDefaultAsync(l => l.Id == id, cancel) is not { } l)
            return null;
        var log = await db.Set<ListingStep>().AsNoTracking().Where(s => s.County == l.County && s.ListingId == id).OrderBy(s => s.RecordedAt).ThenBy(s => s.Id).ToListAsync(cancel);
        var issues = await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).Where(i => i.ListingId == id).OrderBy(i => i.Code)
            .Select(i => new IssueLink(i.Id, i.Code, i.State)).ToListAsync(cancel);
        var row = Row(l, actor, issues.Count(i => !IssueStates.Ended.Contains(i.State)));
        return new(row, Withheld.Shown(l.TargetEnc, row.Reads, secrets), l.Basis, l.StageDueOn, l.Version,
            [.. log.Select(s =>
            {
                var (said, texts, files) = StepWords.Of(s.NoteEnc, s.Evidence, row.Reads, secrets);
                return new ListingEntry(s.HappenedOn, s.Actor, s.Event, s.SpentFen, said, texts, files);
            })], issues) { Barred = await steps.Barred(l, actor, cancel) };
    }

    private ListingRow Row(Listing l, Actor actor, int open) => new(l.Id, l.Code, l.Kind, l.Area, l.HouseholdId, l.Name, l.Leader, l.TargetOn, l.State, l.FundsFen, l.SpentFen,
        l.ListedOn, l.RemovedOn, l.SupervisedOn, open, l.State != ListingState.Removed && l.TargetOn < today.Day, l.IsReadBy(actor));
}
