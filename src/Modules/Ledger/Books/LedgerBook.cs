using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger.Books;

/// <summary>A problem as a book has it: ours on some day, a report, or the list of another level.</summary>
/// <param name="Id">Null where only another level has it.</param>
/// <param name="Area">Null where the other list does not say it; so with all that follows.</param>
/// <param name="Ended">Struck off or not, for lists that say no more.</param>
/// <param name="Kind">The code of the kind of problem.</param>
public sealed record BookEntry(
    string Code, Guid? Id = null, string? Area = null, IssueState? State = null, bool? Ended = null, string? Unit = null, DateOnly? DueOn = null, string? Kind = null, DateOnly? FoundOn = null);

/// <summary>Which part of the ledger a book is of.</summary>
public sealed record BookScope(AreaCode Area, string? Kind = null);

/// <summary>The ledger as it stood on a day, read from its steps.</summary>
internal sealed class LedgerBook(ShouwangDb db)
{
    private sealed record Line(Guid Issue, string Code, string Area, string Kind, DateOnly FoundOn, DateTimeOffset At, Guid Step, IssueState State, string? Unit, DateOnly? DueOn);

    /// <summary>Every problem that was entered by the end of the day, in the order of codes.</summary>
    public async Task<IReadOnlyList<BookEntry>> AsOf(Actor actor, BookScope scope, DateOnly day, CancellationToken cancel)
    {
        var (from, to, kind) = (scope.Area.Digits, scope.Area.RangeEnd, scope.Kind);
        var issues = db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead)
            .Where(i => string.Compare(i.Area, from) >= 0 && string.Compare(i.Area, to) < 0 && (kind == null || i.Subject == kind));
        var lines = await db.Set<IssueStep>().AsNoTracking().Where(s => s.HappenedOn <= day)
            .Join(issues, s => new { s.County, Id = s.IssueId }, i => new { i.County, i.Id },
                (s, i) => new Line(i.Id, i.Code, i.Area, i.Subject, i.FoundOn, s.RecordedAt, s.Id, s.ToState, s.Unit, s.NextDueOn)).ToListAsync(cancel);
        return [.. lines.GroupBy(l => l.Issue).Select(g => g.OrderBy(l => l.At).ThenBy(l => l.Step).Last())
            .OrderBy(l => l.Code, StringComparer.Ordinal).Select(l => new BookEntry(l.Code, l.Issue, l.Area, l.State, IssueStates.Ended.Contains(l.State), l.Unit, l.DueOn, l.Kind, l.FoundOn))];
    }
}
