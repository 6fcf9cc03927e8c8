using System.Globalization;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Ledger.Pages;

/// <summary>What the address of a ledger page says. Filters of another list count as well, so that changing the list shows the same problems.</summary>
internal static class LedgerAddress
{
    /// <param name="otherwise">What is shown where the address does not say it.</param>
    public static IssueFilter FilterOf(Screen screen, Actor actor, IssueShow otherwise) => new(
        Enum.TryParse<IssueShow>(screen.Query("show"), out var show) ? show : otherwise, AreaFilter.Of(screen.Query("area"), actor), Word(screen, "kind"), Word(screen, "source"),
        Enum.TryParse<IssueState>(screen.Query("state"), out var state) ? state : null, Word(screen, "channel"), Word(screen, "department"), Day(screen.Query("from")),
        Day(screen.Query("to")), Word(screen, "q"), screen.Query("recurring") == "true");

    /// <summary>A day as browsers write it, or null.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Word(Screen screen, string name) => screen.Query(name) is { Length: > 0 } word ? word : null;
}
