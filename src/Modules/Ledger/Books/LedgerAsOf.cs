using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger.Books;

/// <summary>The ledger of a day for other modules.</summary>
internal sealed class LedgerAsOf(ShouwangDb db, LedgerBook book, Policies policies) : ILedgerAsOf
{
    public async Task<IReadOnlyList<IssueStanding>> AsOf(AreaCode area, DateOnly day, CancellationToken cancel)
    {
        var county = area.County.Digits;
        var tasks = (await policies.For(area.County, day, cancel)).SourcesOfTasks;
        var subjects = await db.Set<Issue>().AsNoTracking().Where(i => i.County == county && !tasks.Contains(i.Source)).ToDictionaryAsync(i => i.Id, i => i.Subject, cancel);
        return [.. (await book.AsOf(Actor.System(area.County), new(area), day, cancel)).Where(e => subjects.ContainsKey(e.Id!.Value))
            .Select(e => new IssueStanding(e.Id!.Value, e.Code, e.Area!, subjects[e.Id.Value], e.State!.Value, e.Ended == true, e.Unit, e.DueOn))];
    }
}
