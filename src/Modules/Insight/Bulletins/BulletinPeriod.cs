using System.Globalization;
using System.Text.RegularExpressions;
using Shouwang.Kernel;

namespace Shouwang.Modules.Insight.Bulletins;

/// <summary>A month, quarter or year.</summary>
internal sealed partial record BulletinPeriod(DateOnly From, DateOnly To)
{
    private int Months => (To.Year - From.Year) * 12 + To.Month - From.Month + 1;

    /// <summary>The last day of each of its months.</summary>
    public IEnumerable<DateOnly> MonthEnds => Enumerable.Range(0, Months).Select(m => EndOf(From.AddMonths(m)));

    /// <summary>As in addresses: <c>2020-06</c>, <c>2020-Q2</c>, <c>2020</c>.</summary>
    public string Text => Months switch
    {
        1 => From.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        3 => $"{From.Year}-Q{(From.Month + 2) / 3}",
        _ => $"{From.Year}",
    };

    public Text Name => Months switch
    {
        1 => new($"{From.Year}年{From.Month}月", From.ToString("MMMM yyyy", CultureInfo.InvariantCulture)),
        3 => new($"{From.Year}年第{(From.Month + 2) / 3}季度", $"quarter {(From.Month + 2) / 3} of {From.Year}"),
        _ => new($"{From.Year}年", $"{From.Year}"),
    };

    /// <summary>Null where the text is no period of that kind.</summary>
    public static BulletinPeriod? Parse(BulletinKind kind, string text)
    {
        var match = kind switch { BulletinKind.Monthly => Month().Match(text), BulletinKind.Ranking => Quarter().Match(text), BulletinKind.Appraisal => Year().Match(text) };
        if (!match.Success || int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) is var year && year is < 2000 or > 2200)
            return null;
        return kind == BulletinKind.Appraisal ? new(new(year, 1, 1), new(year, 12, 31)) : Of(kind, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) is var n && kind == BulletinKind.Ranking ? new(year, 3 * n, 1) : new(year, n, 1));
    }

    /// <summary>The one in which a day lies.</summary>
    public static BulletinPeriod Of(BulletinKind kind, DateOnly day) => kind switch
    {
        BulletinKind.Monthly => new(new(day.Year, day.Month, 1), EndOf(day)),
        BulletinKind.Ranking => new(new(day.Year, (day.Month - 1) / 3 * 3 + 1, 1), EndOf(new(day.Year, (day.Month - 1) / 3 * 3 + 3, 1))),
        BulletinKind.Appraisal => new(new(day.Year, 1, 1), new(day.Year, 12, 31)),
    };

    public static DateOnly EndOf(DateOnly day) => new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));

    [GeneratedRegex(@"^(\d{4})-(0[1-9]|1[0-2])$")]
    private static partial Regex Month();

    [GeneratedRegex(@"^(\d{4})-Q([1-4])$")]
    private static partial Regex Quarter();

    [GeneratedRegex(@"^(\d{4})$")]
    private static partial Regex Year();
}
