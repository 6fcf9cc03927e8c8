using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Books;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Listings;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger;

/// <summary>C01–C03, C15 and G25 of INDICATORS: problems and listed objects as they stood on the day. Tasks that meetings decided are no problems.</summary>
internal sealed class LedgerIndicators(ShouwangDb db, LedgerBook book) : IIndicatorSource
{
    // 两不愁三保障: food and clothing, schooling, medical care, housing and water, as the policy's kinds of problems call them.
    private static readonly string[] Guarantees = ["living", "education", "medical", "housing", "water"];

    public IReadOnlyList<string> Codes => ["C01n", "C01r", "C01c", "C02", "C03", "C15n", "C15r", "G25"];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var (key, tasks) = (county.Digits, policy.SourcesOfTasks);
        var issues = await db.Set<Issue>().AsNoTracking().Where(i => i.County == key).Select(i => new { i.Id, i.HouseholdId, i.Source, i.Subject }).ToDictionaryAsync(i => i.Id, cancel);
        var onSpot = (await db.Set<IssueStep>().AsNoTracking().Where(s => s.County == key && s.Event == IssueEvent.FixOnSpot && s.HappenedOn <= asOf)
            .Select(s => s.IssueId).ToListAsync(cancel)).ToHashSet();
        foreach (var i in await book.AsOf(Actor.System(county), new(county), asOf, cancel))
        {
            var (issue, ended) = (issues[i.Id!.Value], i.Ended == true);
            if (tasks.Contains(issue.Source))
                continue;
            var putRight = ended || i.State is IssueState.Submitted or IssueState.Examined or IssueState.FixedOnSpot;
            (string, string)[] by = [("unit", i.Unit ?? ""), ("source", issue.Source), ("subject", issue.Subject)];
            void Count(string code, bool counts, int of) => part(new(code, i.Area!, issue.HouseholdId, counts ? 1 : 0, of) { By = by });
            Count("C01n", true, 0);
            Count("C01r", putRight, 1);
            Count("C01c", ended, 1);
            Count("C02", onSpot.Contains(issue.Id), 1);
            if (!ended && i.DueOn < asOf)
                Count("C03", true, 0);
            if (Guarantees.Contains(issue.Subject))
                Count("G25", ended, 1);
        }
        foreach (var l in await db.Set<Listing>().AsNoTracking().Where(l => l.County == key && l.ListedOn <= asOf).Select(l => new { l.Area, l.HouseholdId, l.RemovedOn }).ToListAsync(cancel))
        {
            part(new("C15n", l.Area, l.HouseholdId, 1, 0));
            part(new("C15r", l.Area, l.HouseholdId, l.RemovedOn <= asOf ? 1 : 0, 1));
        }
    }
}
