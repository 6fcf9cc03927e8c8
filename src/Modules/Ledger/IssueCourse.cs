using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger;

/// <inheritdoc cref="IIssueCourse"/>
internal sealed class IssueCourse(ShouwangDb db, Policies policies) : IIssueCourse
{
    public async Task<IReadOnlyList<IssueMade>> Found(AreaCode within, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var (county, first, end) = (within.County.Digits, within.Digits, within.RangeEnd);
        var policy = await policies.For(within.County, to, cancel);
        return [.. (await db.Set<Issue>().AsNoTracking()
            .Where(i => i.County == county && i.FoundOn >= from && i.FoundOn <= to && string.Compare(i.Area, first) >= 0 && string.Compare(i.Area, end) < 0)
            .OrderBy(i => i.FoundOn).ThenBy(i => i.Code)
            .Select(i => new { i.Id, i.Code, i.HouseholdId, i.Area, i.Source, i.Subject, i.State, i.FoundOn, i.SubmittedOn, i.ClosedOn, i.StageDueOn, i.Department }).ToListAsync(cancel))
            .Select(i => new IssueMade(i.Id, i.Code, i.HouseholdId, i.Area, i.Source, i.Subject, i.State, i.FoundOn, i.SubmittedOn, i.ClosedOn, i.StageDueOn,
                i.Department ?? policy.IssueKind(i.Subject)?.Department))];
    }
}
