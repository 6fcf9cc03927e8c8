using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Organisation.Pages;

/// <summary>What stands in addresses and forms of these pages.</summary>
internal static class OrganisationAddress
{
    public static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A whole number; null where nothing was filled in, below zero where it is none.</summary>
    public static int? Count(string text) => text.Trim().Length == 0 ? null : int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : -1;

    /// <summary>Yuan; 0 where nothing was filled in, below zero where it is no amount.</summary>
    public static decimal Yuan(string text) => text.Trim().Length == 0 ? 0
        : decimal.TryParse(text.Replace(",", "", StringComparison.Ordinal).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan) && yuan < 1_000_000_000_000m ? yuan : -1;

    /// <summary>The villages of an area, in the order of codes; the area itself where it is one.</summary>
    public static IReadOnlyList<AreaCode> Villages(Screen screen, AreaCode area) => area.Level switch
    {
        AreaLevel.Village => [area],
        AreaLevel.Township => screen.AreasBelow(area),
        _ => [.. screen.AreasBelow(area).SelectMany(t => Villages(screen, t))],
    };

    /// <summary>The area and everything below it down to the village.</summary>
    public static IReadOnlyList<AreaCode> Below(Screen screen, Actor actor) => actor.Area.Level == AreaLevel.Village ? [actor.Area]
        : [actor.Area, .. screen.AreasBelow(actor.Area).SelectMany(a => (IEnumerable<AreaCode>)[a, .. a.Level == AreaLevel.Township ? screen.AreasBelow(a) : []])];

    /// <summary>A day with its weekday.</summary>
    public static Text Weekday(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Monday => new($"周一 {day:MM-dd}", $"Mon {day:MM-dd}"),
        DayOfWeek.Tuesday => new($"周二 {day:MM-dd}", $"Tue {day:MM-dd}"),
        DayOfWeek.Wednesday => new($"周三 {day:MM-dd}", $"Wed {day:MM-dd}"),
        DayOfWeek.Thursday => new($"周四 {day:MM-dd}", $"Thu {day:MM-dd}"),
        DayOfWeek.Friday => new($"周五 {day:MM-dd}", $"Fri {day:MM-dd}"),
        DayOfWeek.Saturday => new($"周六 {day:MM-dd}", $"Sat {day:MM-dd}"),
        DayOfWeek.Sunday => new($"周日 {day:MM-dd}", $"Sun {day:MM-dd}"),
    };
}
