using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Programmes.Water;

/// <summary>Puts a survey and what visits saw together, answer by answer.</summary>
internal sealed class WaterAnswers(IReadOnlyDictionary<string, FeatureColumn> columns, FromVisits visits)
{
    private readonly FeatureColumn _litres = columns["water.litres"], _short = columns["water.short_area"], _piped = columns["water.piped"],
        _minutes = columns["water.trip_minutes"], _horizontal = columns["water.horizontal"], _vertical = columns["water.vertical"],
        _days = columns["water.days_short"], _seasonal = columns["water.seasonal_shortage"];

    /// <param name="survey">Of the survey; without one, nothing is known in it and <paramref name="from"/> is null.</param>
    /// <returns>The findings with what counts of each answer.</returns>
    public WaterFindings Write(int place, WaterFindings survey, bool? seasonal, FeatureSource? from)
    {
        var all = survey with
        {
            Litres = Set(_litres, "water_litres", survey.Litres, static (seen, field) => seen.Number(field), static (column, at, value, source) => column.Set(at, value, source)),
            ShortArea = Flag(_short, "water_short", survey.ShortArea),
            Piped = Flag(_piped, "water_piped", survey.Piped),
            TripMinutes = Whole(_minutes, "water_minutes", survey.TripMinutes),
            HorizontalMetres = Whole(_horizontal, "water_horizontal", survey.HorizontalMetres),
            VerticalMetres = Whole(_vertical, "water_vertical", survey.VerticalMetres),
            DaysShort = Whole(_days, "water_days_short", survey.DaysShort),
        };
        Flag(_seasonal, "water_seasonal", seasonal);
        return all;

        bool? Flag(FeatureColumn column, string field, bool? value) =>
            Set(column, field, value, static (seen, name) => seen.Flag(name), static (to, at, found, source) => to.Set(at, found, source));

        int? Whole(FeatureColumn column, string field, int? value) =>
            Set(column, field, value, static (seen, name) => (int?)seen.Whole(name), static (to, at, found, source) => to.Set(at, (long?)found, source));

        T? Set<T>(FeatureColumn column, string field, T? recorded, Func<Seen, string, T?> said, Action<FeatureColumn, int, T?, FeatureSource?> set) where T : struct
        {
            var seen = visits.Of(place, field, recorded is null ? null : from!.Date);
            var value = seen is null ? recorded : said(seen, field);
            set(column, place, value, seen is null ? from : visits.Source(seen, field));
            return value;
        }
    }
}
