using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Employment;

/// <summary>A line of the labour office's list of working people 就业信息.</summary>
internal sealed class EmploymentRecord : DepartmentRecord
{
    /// <summary>A keyed hash of the citizen id; where there is none, a key of its own for the row.</summary>
    public required string PersonKey { get; init; }

    /// <summary>The township (or the area of the import) whose full list this row belongs to.</summary>
    public required string ListArea { get; init; }

    public string? Place { get; init; }

    /// <summary>Months in work this year.</summary>
    public int? MonthsWorked { get; init; }

    /// <summary>Code list <c>employment_state</c>.</summary>
    public string? State { get; init; }

    /// <summary>The first day without work 失业起始日期.</summary>
    public DateOnly? UnemployedOn { get; init; }

    /// <summary>The day a migrant came back home 返乡日期.</summary>
    public DateOnly? ReturnedOn { get; init; }

    /// <summary>Has work again since coming back.</summary>
    public bool? WorkingAgain { get; init; }

    /// <summary>The public-welfare post 公益性岗位 held, code list <c>post_type</c>.</summary>
    public string? PostKind { get; init; }

    public DateOnly? PostEndsOn { get; init; }

    public static readonly RecordTable Table = new("employment_records", Key: "person_key", FullList: true,
        ("place", ColumnType.Text), ("months_worked", ColumnType.Integer),
        ("state", ColumnType.Text), ("unemployed_on", ColumnType.Date), ("returned_on", ColumnType.Date), ("working_again", ColumnType.Boolean),
        ("post_kind", ColumnType.Text), ("post_ends_on", ColumnType.Date));
}

internal sealed class EmploymentRecordMap : IEntityTypeConfiguration<EmploymentRecord>
{
    public void Configure(EntityTypeBuilder<EmploymentRecord> map)
    {
        map.ToTable("employment_records");
        map.HasKey(e => new { e.County, e.Id });
    }
}

internal static class EmploymentStates
{
    public const string Unemployed = "unemployed";
}
