using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Welfare;

/// <summary>A decision of the civil affairs office about subsistence allowance 低保 or support of the destitute 特困供养.</summary>
internal sealed class AllowanceDecision : DepartmentRecord
{
    /// <summary>A keyed hash of person, kind and day.</summary>
    public required string DecisionKey { get; init; }

    /// <summary>Code list <c>welfare_kind</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Code list <c>welfare_result</c>; empty where the file does not say.</summary>
    public required string Result { get; init; }

    public DateOnly? DecidedOn { get; init; }

    /// <summary>The first month paid, as a number: 202006.</summary>
    public int? SinceMonth { get; init; }

    public Money? MonthlyFen { get; init; }

    public static readonly RecordTable Table = new("allowance_decisions", Key: "decision_key", FullList: false,
        ("kind", ColumnType.Text), ("result", ColumnType.Text), ("decided_on", ColumnType.Date),
        ("since_month", ColumnType.Integer), ("monthly_fen", ColumnType.BigInt));
}

internal static class AllowanceKinds
{
    /// <summary>Subsistence allowance 低保.</summary>
    public const string Allowance = "allowance";

    /// <summary>Support of the destitute 特困供养.</summary>
    public const string Destitute = "destitute";
}

internal static class AllowanceResults
{
    public const string Granted = "granted";
    public const string Refused = "refused";
    public const string Stopped = "stopped";

    public static Text? TitleOf(string result) => result switch
    {
        Granted => new("批准", "granted"),
        Refused => new("不予批准", "refused"),
        Stopped => new("停保", "stopped"),
        _ => null,
    };
}

internal sealed class AllowanceDecisionMap : IEntityTypeConfiguration<AllowanceDecision>
{
    public void Configure(EntityTypeBuilder<AllowanceDecision> map)
    {
        map.ToTable("allowance_decisions");
        map.HasKey(d => new { d.County, d.Id });
    }
}
