namespace Shouwang.Modules.Programmes.Water;

/// <summary>The four indicators of safe drinking water, as a survey found them.</summary>
/// <remarks>
/// Standards ST6–ST9 (T/CHES 18-2018, as the county of Chengkou publishes them): 35 litres a head and day, 20 in a water-short
/// area; a passed test in the last twelve months; piped home, or at most 20 minutes there and back, or at most 800 m away and
/// 80 m up; at most 36 days a year without. What was not asked leaves an indicator unknown, unless the rest decides it.
/// </remarks>
internal readonly record struct WaterFindings(
    decimal? Litres, bool? ShortArea, string? Quality, DateOnly? TestedOn, bool? Piped, int? TripMinutes, int? HorizontalMetres,
    int? VerticalMetres, int? DaysShort)
{
    private const decimal EnoughLitres = 35, EnoughLitresInShortArea = 20;
    private const int NearMinutes = 20, NearMetres = 800, NearMetresUp = 80, DaysAllowed = 36, MonthsOfATest = 12;

    public bool? IsEnough => Litres switch
    {
        null => null,
        >= EnoughLitres => true,
        < EnoughLitresInShortArea => false,
        _ => ShortArea,
    };

    /// <summary>The last test was passed; false also when there was none. Null when the survey does not say.</summary>
    public bool? Passed => Quality is null ? null : Quality == WaterQualities.Pass;

    /// <param name="day">Tests older than a year on this day do not count.</param>
    public bool? IsGood(DateOnly day) => Passed is not true ? Passed : TestedOn is { } tested ? tested >= day.AddMonths(-MonthsOfATest) : null;

    public bool? IsNear
    {
        get
        {
            if (Piped is true || TripMinutes <= NearMinutes || (HorizontalMetres <= NearMetres && VerticalMetres <= NearMetresUp))
                return true;
            var far = HorizontalMetres > NearMetres || VerticalMetres > NearMetresUp;
            return Piped is false && TripMinutes > NearMinutes && far ? false : null;
        }
    }

    public bool? IsSteady => DaysShort is { } days ? days <= DaysAllowed : null;

    /// <summary>All four hold; null when none fails and one is not known.</summary>
    public bool? IsSafe(DateOnly day)
    {
        bool?[] four = [IsEnough, IsGood(day), IsNear, IsSteady];
        return four.Contains(false) ? false : four.Contains(null) ? null : true;
    }
}

internal static class WaterQualities
{
    /// <summary>The sample passed 合格; anything else, and no test at all, is not safe.</summary>
    public const string Pass = "pass";
}
