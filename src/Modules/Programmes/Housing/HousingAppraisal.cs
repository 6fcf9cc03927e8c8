using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Housing;

/// <summary>What an appraiser found about one building 住房安全鉴定. FIELDS A20.</summary>
internal sealed class HousingAppraisal : DepartmentRecord
{
    /// <summary>The plate on the house 挂牌编号; where there is none, a key of its own for the row.</summary>
    public required string HouseKey { get; init; }

    public string? PlateNo { get; init; }

    /// <summary>Code list <c>house_structure</c>.</summary>
    public string? Structure { get; init; }

    public int? BuiltYear { get; init; }

    /// <summary>Square metres, a decimal.</summary>
    public string? FloorArea { get; init; }

    /// <summary>A safe, B basically safe, C partly dangerous, D dangerous 鉴定等级.</summary>
    public required string Grade { get; init; }

    public DateOnly? AppraisedOn { get; init; }

    /// <summary>Somebody lives in it; null where the file does not say, which counts as lived in.</summary>
    public bool? LivedIn { get; init; }

    /// <summary>Code list <c>renovation</c>.</summary>
    public string? Renovation { get; init; }

    public DateOnly? PlannedEndOn { get; init; }

    /// <summary>The renovation was inspected and accepted 验收: the house is safe from that day.</summary>
    public DateOnly? AcceptedOn { get; init; }

    public string? Remark { get; init; }

    public static readonly RecordTable Table = new("housing_appraisals", Key: "house_key", FullList: false,
        ("plate_no", ColumnType.Text), ("structure", ColumnType.Text), ("built_year", ColumnType.Integer),
        ("floor_area", ColumnType.Text), ("grade", ColumnType.Text), ("appraised_on", ColumnType.Date), ("lived_in", ColumnType.Boolean),
        ("renovation", ColumnType.Text), ("planned_end_on", ColumnType.Date), ("accepted_on", ColumnType.Date), ("remark", ColumnType.Text));
}

internal static class HouseGrades
{
    /// <summary>C or D: not fit to live in until it is renovated or left 危房.</summary>
    public static bool IsUnsafe(string? grade) => grade is "C" or "D";
}

internal sealed class HousingAppraisalMap : IEntityTypeConfiguration<HousingAppraisal>
{
    public void Configure(EntityTypeBuilder<HousingAppraisal> map)
    {
        map.ToTable("housing_appraisals");
        map.HasKey(a => new { a.County, a.Id });
    }
}
