using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Listings;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger;

/// <summary>C01–C03 and C15 of INDICATORS: problems, how they are dealt with, and listed objects.</summary>
internal sealed class LedgerIndicators(ShouwangDb db) : IIndicatorSource
{
    private static readonly Text Percent = new("%", "%"), Each = new("个", "items");

    public IReadOnlyList<IndicatorDefinition> Indicators { get; } =
    [
        new("C01n", new("问题数", "Problems"), Each, 0, new("台账登记的问题数", "Problems entered in the ledger"), IndicatorKind.Count),
        new("C01r", new("问题整改率", "Problems put right"), Percent, 1, new("已提交整改结果或已销号的问题数 ÷ 问题数", "Problems put right or struck off ÷ problems"), IndicatorKind.Percent),
        new("C01c", new("问题销号率", "Problems struck off"), Percent, 1, new("已销号的问题数 ÷ 问题数", "Problems struck off ÷ problems"), IndicatorKind.Percent),
        new("C02", new("现场解决率", "Fixed on the spot"), Percent, 1, new("发现时现场整改的问题数 ÷ 问题数", "Problems fixed where they were found ÷ problems"), IndicatorKind.Percent),
        new("C03", new("超期问题", "Overdue problems"), Each, 0, new("未销号且当前环节已过时限的问题数", "Problems not struck off and past the time of their stage"), IndicatorKind.Count),
        new("C15n", new("挂牌督战对象", "Listed objects"), Each, 0, new("挂牌督战的村、点、户数，含已摘牌的", "Villages, sites and households put on the list, with those removed"), IndicatorKind.Count),
        new("C15r", new("挂牌督战完成率", "Listed objects removed"), Percent, 1, new("已摘牌的对象数 ÷ 挂牌对象数", "Objects removed from the list ÷ objects put on it"), IndicatorKind.Percent),
    ];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var key = county.Digits;
        var onSpot = (await db.Set<IssueStep>().AsNoTracking().Where(s => s.County == key && s.Event == IssueEvent.FixOnSpot).Select(s => s.IssueId).ToListAsync(cancel)).ToHashSet();
        var issues = await db.Set<Issue>().AsNoTracking().Where(i => i.County == key && i.FoundOn <= asOf)
            .Select(i => new { i.Id, i.Area, i.HouseholdId, i.State, i.StageDueOn }).ToListAsync(cancel);
        foreach (var i in issues)
        {
            var ended = IssueStates.Ended.Contains(i.State);
            var putRight = ended || i.State is IssueState.Submitted or IssueState.Examined or IssueState.FixedOnSpot;
            part(new("C01n", i.Area, i.HouseholdId, 1, 0));
            part(new("C01r", i.Area, i.HouseholdId, putRight ? 1 : 0, 1));
            part(new("C01c", i.Area, i.HouseholdId, ended ? 1 : 0, 1));
            part(new("C02", i.Area, i.HouseholdId, onSpot.Contains(i.Id) ? 1 : 0, 1));
            if (!ended && i.StageDueOn < asOf)
                part(new("C03", i.Area, i.HouseholdId, 1, 0));
        }
        foreach (var l in await db.Set<Listing>().AsNoTracking().Where(l => l.County == key && l.ListedOn <= asOf).Select(l => new { l.Area, l.HouseholdId, l.State }).ToListAsync(cancel))
        {
            part(new("C15n", l.Area, l.HouseholdId, 1, 0));
            part(new("C15r", l.Area, l.HouseholdId, l.State == ListingState.Removed ? 1 : 0, 1));
        }
    }
}
