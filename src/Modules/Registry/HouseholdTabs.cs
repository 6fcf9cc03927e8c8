using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Pages;
using Shouwang.Platform.Components;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Registry;

internal sealed class IncomeAccountTab : IHouseholdTab
{
    public string Key => "income";
    public int Order => 12;
    public Text Title => new("收支账", "Income account");
    public string Permission => Permissions.HouseholdsRead;
    public Type Component => typeof(IncomeTab);
    public Task<int?> Count(Actor actor, Guid household, CancellationToken cancel) => Task.FromResult<int?>(null);
}

internal sealed class FactSourcesTab(IFacts facts) : IHouseholdTab
{
    public string Key => "facts";
    public int Order => 14;
    public Text Title => new("数据来源", "Facts");
    public string Permission => Permissions.HouseholdsRead;
    public Type Component => typeof(FactsTab);

    /// <summary>How many attributes the sources differ about.</summary>
    public async Task<int?> Count(Actor actor, Guid household, CancellationToken cancel) =>
        (await facts.Disagreements(actor.County, household, cancel)).Count(d => d.SettledAt is null) is > 0 and var count ? count : null;
}

internal sealed class HouseholdTimelineTab : IHouseholdTab
{
    public string Key => "timeline";
    public int Order => 90;
    public Text Title => new("时间线", "Timeline");
    public string Permission => Permissions.HouseholdsRead;
    public Type Component => typeof(TimelineTab);
    public Task<int?> Count(Actor actor, Guid household, CancellationToken cancel) => Task.FromResult<int?>(null);
}

/// <summary>Who came, left and moved.</summary>
internal sealed class MembershipTimeline(IHouseholds households) : ITimelineSource
{
    public async Task<IReadOnlyList<TimelineEntry>> Of(string county, Guid household, CancellationToken cancel) =>
        [.. (await households.History(county, household, cancel)).Select(c => new TimelineEntry(c.ObservedOn, c.RecordedAt, "member", TitleOf(c), null, c.RecordedBy, null))];

    private static Text TitleOf(MembershipChange change)
    {
        var name = change.MemberName ?? change.MemberCode;
        var state = change.ToState is { } to ? RegistryTerms.Of(to) : new("", "");
        return change.Kind switch
        {
            MembershipKind.Joined => new($"{name}：加入本户", $"{name} joined"),
            MembershipKind.Left => new($"{name}：减少（{state.Zh}）", $"{name} left ({state.En})"),
            MembershipKind.Returned => new($"{name}：恢复正常", $"{name} came back"),
            MembershipKind.Moved => new($"{name}：转入或转出", $"{name} moved between households"),
            MembershipKind.Restated => new($"{name}：人员状态改为{state.Zh}", $"{name}: now {state.En}"),
        };
    }
}
