using Shouwang.Modules.Programmes.Water;
using static Shouwang.Tests.Modules.Programmes.TestProgrammes;

namespace Shouwang.Tests.Modules.Programmes;

public class WaterTests
{
    private static readonly WaterFindings Safe = new(35, false, "pass", new(2019, 6, 30), false, 20, 5_000, 300, 36);

    public static TheoryData<string, bool?> Boundaries => new()
    {
        { "as the standard asks", true },
        { "34.9 litres", false }, { "20 litres in a short area", true }, { "19.9 litres in a short area", false }, { "25 litres, area not known", null },
        { "litres not known", null }, { "tested a year and a day ago", false }, { "not tested", false }, { "tested, nobody knows when", null },
        { "21 minutes", false }, { "21 minutes, 800 m and 80 m", true }, { "21 minutes, 81 m up", false }, { "21 minutes, way not known", null },
        { "nothing known of the way, but piped", true }, { "37 days", false }, { "37 days and litres not known", false },
    };

    [Theory, MemberData(nameof(Boundaries))]
    public void Water_is_safe_when_all_four_indicators_hold(string found, bool? safe) => Assert.Equal(safe, (found switch
    {
        "as the standard asks" => Safe,
        "34.9 litres" => Safe with { Litres = 34.9m },
        "20 litres in a short area" => Safe with { Litres = 20, ShortArea = true },
        "19.9 litres in a short area" => Safe with { Litres = 19.9m, ShortArea = true },
        "25 litres, area not known" => Safe with { Litres = 25, ShortArea = null },
        "litres not known" => Safe with { Litres = null },
        "tested a year and a day ago" => Safe with { TestedOn = new(2019, 6, 29) },
        "not tested" => Safe with { Quality = "untested", TestedOn = null },
        "tested, nobody knows when" => Safe with { TestedOn = null },
        "21 minutes" => Safe with { TripMinutes = 21 },
        "21 minutes, 800 m and 80 m" => Safe with { TripMinutes = 21, HorizontalMetres = 800, VerticalMetres = 80 },
        "21 minutes, 81 m up" => Safe with { TripMinutes = 21, HorizontalMetres = 10, VerticalMetres = 81 },
        "21 minutes, way not known" => Safe with { TripMinutes = 21, HorizontalMetres = null, VerticalMetres = null },
        "nothing known of the way, but piped" => Safe with { Piped = true, TripMinutes = null, HorizontalMetres = null, VerticalMetres = null },
        "37 days" => Safe with { DaysShort = 37 },
        "37 days and litres not known" => Safe with { DaysShort = 37, Litres = null },
        _ => throw new ArgumentOutOfRangeException(nameof(found)),
    }).IsSafe(June));

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_latest_survey_by_the_day_decides_and_empty_cells_stay_unknown(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("water", June,
            Survey(First, new(2020, 6, 1), ("litres", 34.5m), ("quality", "untested"), ("minutes", 20.5m)));
        await programmes.Import("water", June, Survey(First, new(2020, 5, 1), ("litres", 80m)), Survey(Second, new(2020, 7, 1), ("litres", 80m)));

        Assert.Equal(34.5m, (await programmes.Feature("water.litres")).AsDecimal);
        Assert.Equal(21, (await programmes.Feature("water.trip_minutes")).AsInt);
        Assert.False((await programmes.Feature("water.quality_ok")).AsBool);
        Assert.False((await programmes.Feature("water.guaranteed")).AsBool);
        Assert.False((await programmes.Feature("water.days_short")).IsKnown);
        Assert.False((await programmes.Feature("water.litres", Second)).IsKnown);
        Assert.Equal((0m, 2m), await programmes.Figure("G22"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Safe_water_counts_and_unknown_is_not_safe(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("water", June,
            Survey(First, new(2020, 6, 1), ("litres", 35m), ("piped", true), ("quality", "pass"), ("tested", new DateOnly(2020, 1, 1)), ("days_short", 36L)),
            Survey(Second, new(2020, 6, 1), ("litres", 35m), ("piped", true), ("quality", "pass"), ("tested", new DateOnly(2020, 1, 1))));

        Assert.True((await programmes.Feature("water.guaranteed")).AsBool);
        Assert.False((await programmes.Feature("water.guaranteed", Second)).IsKnown);
        Assert.Equal((1m, 2m), await programmes.Figure("G22"));
    }

    private static (string?, (string, object?)[]) Survey(string household, DateOnly day, params (string, object?)[] more) =>
        (household, [("hid", household), ("surveyed", day), .. more]);
}
