using System.Globalization;
using System.Text.RegularExpressions;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Imports.Recognition;

/// <summary>What the lines above a heading say about time.</summary>
/// <param name="AsOf">The day the data stand for 统计截止时间.</param>
/// <param name="WindowFrom">First day of the accounting period 核算周期.</param>
/// <param name="WindowTo">Its last day.</param>
internal sealed partial record StatedDates(DateOnly? AsOf, DateOnly? WindowFrom, DateOnly? WindowTo)
{
    public static readonly StatedDates None = new(null, null, null);

    /// <param name="lines">Title lines and the sheet's name; a file's name is not evidence.</param>
    public static StatedDates In(IEnumerable<string> lines)
    {
        var stated = None;
        foreach (var line in lines.Select(Spelling.Normal))
        {
            if (stated.WindowFrom is null && Window().Match(line) is { Success: true } window
                && Month(window.Groups[1], window.Groups[2]) is { } from && Month(window.Groups[3], window.Groups[4]) is { } last && from <= last)
                stated = stated with { WindowFrom = from, WindowTo = last.AddMonths(1).AddDays(-1) };
            if (stated.AsOf is null && Day().Match(line) is { Success: true } day && DateOnly.TryParseExact(
                $"{day.Groups[1].Value}-{day.Groups[2].Value}-{day.Groups[3].Value}", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asOf))
                stated = stated with { AsOf = asOf };
        }
        return stated;
    }

    public StatedDates Or(StatedDates other) =>
        new(AsOf ?? other.AsOf, WindowFrom ?? other.WindowFrom, WindowFrom is null ? other.WindowTo : WindowTo);

    private static DateOnly? Month(Group year, Group month) =>
        int.Parse(month.Value, CultureInfo.InvariantCulture) is >= 1 and <= 12 and var m
            ? new(int.Parse(year.Value, CultureInfo.InvariantCulture), m, 1) : null;

    // A day counts where the line says what it is: 截止, 截至, 时点, 统计日期.
    [GeneratedRegex(@"(?:截止|截至|止于|时点|统计时间|统计日期|数据日期)[^\d]{0,6}((?:19|20)\d\d)[年.\-/]?(\d\d?)[月.\-/]?(\d\d?)(?!\d)")]
    private static partial Regex Day();

    [GeneratedRegex(@"((?:19|20)\d\d)[年.\-/]?(\d\d?)月?(?:至|到|-|—|–|~)+((?:19|20)\d\d)[年.\-/]?(\d\d?)(?!\d)")]
    private static partial Regex Window();
}
