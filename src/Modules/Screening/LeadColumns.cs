using System.Globalization;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening;

/// <summary>The list of leads: what the address narrows it to, and its columns, for page and workbook alike.</summary>
internal static class LeadColumns
{
    public static readonly IReadOnlyList<Choice.Option> States =
    [
        new("all", new("全部", "All")), new("overdue", new("已逾期", "Overdue")), new("closed", new("已办结", "Closed")),
        new("confirmed", new("核实属实", "Confirmed")),
        .. Enum.GetValues<LeadState>().Select(s => new Choice.Option(s.ToString(), LeadStates.NameOf(s))),
    ];

    public static readonly IReadOnlyList<Choice.Option> Levels =
        [.. Enum.GetValues<RuleLevel>().OrderDescending().Select(l => new Choice.Option(l.ToString(), LeadWords.Of(l)))];

    public static LeadFilter FilterOf(Screen screen) => new(
        screen.Query("state"), Enum.TryParse<RuleLevel>(screen.Query("level"), out var level) ? level : null,
        AreaFilter.Of(screen.Query("area"), screen.Actor), screen.Query("rule"), screen.Query("after"),
        Enum.TryParse<LeadSource>(screen.Query("source"), out var source) ? source : null, Day(screen.Query("from")), Day(screen.Query("to")));

    public static readonly IReadOnlyList<Choice.Option> Sources = [.. Enum.GetValues<LeadSource>().Select(s => new Choice.Option(s.ToString(), LeadWords.Of(s)))];

    /// <summary>The day a date field sends, or null.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static IReadOnlyList<Column<LeadRow>> All(Screen screen, Policy policy) =>
    [
        new(new("户主", "Head"), l => l.Head),
        new(new("级别", "Level"), l => LeadWords.Of(l.Level)),
        new(new("风险", "Rules"), l => string.Join("；", l.Rules.Select(r => $"{r} {screen.Say(policy.Rule(r)?.Title ?? new("", ""))}"))),
        new(new("村", "Village"), l => screen.AreaPath(l.Area)),
        new(new("状态", "State"), l => LeadStates.NameOf(l.State)),
        new(new("本步时限", "Stage due"), l => l.StageDue),
        new(new("总时限", "Due"), l => l.Due) { Minor = true },
        new(new("线索编号", "Code"), l => l.Code) { Minor = true },
        new(new("户编号", "Household"), l => l.Household) { Hidden = true },
        new(new("来源", "Source"), l => LeadWords.Of(l.Source)) { Hidden = true },
        new(new("发现日期", "Raised"), l => l.Raised) { Hidden = true },
        new(new("交办对象", "Assigned to"), l => l.AssignedTo) { Hidden = true },
    ];
}
