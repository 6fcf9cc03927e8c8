using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Water;

/// <summary>What a survey found about a household's drinking water 饮水安全调查: the four indicators. FIELDS A21.</summary>
/// <remarks>Null where the question was not asked; such an indicator cannot be told.</remarks>
internal sealed class WaterSurvey : DepartmentRecord
{
    /// <summary>The household's code and the day of the survey.</summary>
    public required string SurveyKey { get; init; }

    /// <summary>Code list <c>water_supply</c>.</summary>
    public string? Supply { get; init; }

    /// <summary>Water comes into the house 是否入户.</summary>
    public bool? Piped { get; init; }

    /// <summary>Litres a head and day, a decimal.</summary>
    public string? Litres { get; init; }

    /// <summary>A water-short area, where less is enough 缺水地区.</summary>
    public bool? ShortArea { get; init; }

    /// <summary>Code list <c>water_quality</c>.</summary>
    public string? Quality { get; init; }

    public DateOnly? TestedOn { get; init; }

    /// <summary>Minutes to fetch water, there and back.</summary>
    public int? TripMinutes { get; init; }

    public int? HorizontalMetres { get; init; }

    public int? VerticalMetres { get; init; }

    /// <summary>Days without enough water in a year.</summary>
    public int? DaysShort { get; init; }

    public bool? SeasonalShortage { get; init; }

    public DateOnly? SurveyedOn { get; init; }

    public static readonly RecordTable Table = new("water_surveys", Key: "survey_key", FullList: false,
        ("supply", ColumnType.Text), ("piped", ColumnType.Boolean), ("litres", ColumnType.Text),
        ("short_area", ColumnType.Boolean), ("quality", ColumnType.Text), ("tested_on", ColumnType.Date), ("trip_minutes", ColumnType.Integer),
        ("horizontal_metres", ColumnType.Integer), ("vertical_metres", ColumnType.Integer), ("days_short", ColumnType.Integer),
        ("seasonal_shortage", ColumnType.Boolean), ("surveyed_on", ColumnType.Date));
}

internal sealed class WaterSurveyMap : IEntityTypeConfiguration<WaterSurvey>
{
    public void Configure(EntityTypeBuilder<WaterSurvey> map)
    {
        map.ToTable("water_surveys");
        map.HasKey(s => new { s.County, s.Id });
    }
}
