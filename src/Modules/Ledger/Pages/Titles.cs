using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Books;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Listings;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Ledger.Pages;

/// <summary>How the pages of the ledger call and colour things.</summary>
internal static class Titles
{
    public static Text Of(IssueList list) => list switch
    {
        IssueList.Problem => new("问题清单", "Problems"),
        IssueList.Rectification => new("整改清单", "Rectification"),
        IssueList.Task => new("任务清单", "Tasks"),
        IssueList.Responsibility => new("责任清单", "Responsibility"),
        IssueList.Effect => new("成效清单", "Effects"),
    };

    public static Text Of(IssueShow show) => show switch
    {
        IssueShow.Open => new("未销号", "Open"),
        IssueShow.Overdue => new("已超期", "Overdue"),
        IssueShow.Ended => new("已销号", "Struck off"),
        IssueShow.ToCheck => new("待复核成效", "To be checked"),
        IssueShow.All => new("全部", "All"),
    };

    public static Tone ToneOf(IssueState state, bool overdue) => overdue ? Tone.Bad : IssueStates.Ended.Contains(state) ? Tone.Good : Tone.Note;

    public static Text Of(DifferenceKind kind) => kind switch
    {
        DifferenceKind.OnlyFirst => new("账二没有", "missing in the second"),
        DifferenceKind.OnlySecond => new("账一没有", "missing in the first"),
        DifferenceKind.StruckOff => new("已销号", "struck off"),
        DifferenceKind.Reopened => new("重新打开", "reopened"),
        DifferenceKind.State => new("环节不同", "another stage"),
        DifferenceKind.Unit => new("责任单位不同", "another unit"),
        DifferenceKind.Due => new("期限不同", "another day"),
        DifferenceKind.Kind => new("类别不同", "another kind"),
        DifferenceKind.Found => new("发现日期不同", "found on another day"),
    };

    /// <summary>What a book says of a problem, in that in which the books differ.</summary>
    public static object? Told(DifferenceKind kind, BookEntry? entry, Policy policy) => entry is null ? new Text("没有", "not there") : kind switch
    {
        DifferenceKind.Unit => entry.Unit,
        DifferenceKind.Due => entry.DueOn,
        DifferenceKind.Kind => entry.Kind is { } code ? policy.KindName(code) : null,
        DifferenceKind.Found => entry.FoundOn,
        DifferenceKind.OnlyFirst or DifferenceKind.OnlySecond or DifferenceKind.StruckOff or DifferenceKind.Reopened or DifferenceKind.State =>
            entry.State is { } state ? IssueStates.NameOf(state) : entry.Ended == true ? new Text("已销号", "struck off") : new Text("未销号", "open"),
    };

    public static Tone ToneOf(ListingState state, bool late) => state == ListingState.Removed ? Tone.Good : late ? Tone.Bad : state == ListingState.RemovalProposed ? Tone.Warn : Tone.Note;

    /// <summary>Where a problem is: the village, and the household's head where it is about one.</summary>
    public static string PlaceOf(IssueRow row, Screen screen, IReadOnlyDictionary<Guid, HouseholdRef> homes)
    {
        var place = screen.AreaPath(new(row.Area));
        return row.Household is { } id && homes.TryGetValue(id, out var home) ? $"{place} {home.HeadFor(screen.Actor)}" : place;
    }

    /// <summary>What a listed object is called: the village, the site in its village, the household's head.</summary>
    public static string NameOf(ListingRow row, Screen screen, IReadOnlyDictionary<Guid, HouseholdRef> homes)
    {
        var place = screen.AreaPath(new(row.Area));
        return row.Name is { } name ? $"{place} {name}" : row.Household is { } id && homes.TryGetValue(id, out var home) ? $"{place} {(row.Reads ? home.HeadName : home.HeadFor(screen.Actor))}" : place;
    }

    /// <summary>A value of a list as it stands on paper.</summary>
    public static string Plain(object? value, Screen screen) => value switch
    {
        Text text => screen.Say(text),
        DateOnly day => Screen.Date(day),
        null or "" => "—",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "—",
    };

    /// <summary>An amount of yuan as people type it, with at most two decimals; null where it is none.</summary>
    public static decimal? Amount(string text) =>
        decimal.TryParse(text.Trim().Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var yuan)
            && decimal.Round(yuan, 2) == yuan && Math.Abs(yuan) < 1_000_000_000_000 ? yuan : null;
}
