using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Ledger.Weekly;

/// <summary>What a township says at the end of a week about one kind of problem 周报, also when there is nothing 零报告. Figures stay as they were filed.</summary>
public sealed class WeeklyReport : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The township.</summary>
    public required string Area { get; init; }

    public required string Kind { get; init; }

    /// <summary>The Monday of the week.</summary>
    public required DateOnly WeekOn { get; init; }

    public required int FoundCount { get; init; }
    public required int EndedCount { get; init; }
    public required int OpenCount { get; init; }
    public required int OverdueCount { get; init; }
    public required DateOnly FiledOn { get; init; }
    public required Guid FiledBy { get; init; }
    public required string FiledByName { get; init; }

    /// <summary>What the township adds in words. Encrypted.</summary>
    public byte[]? NoteEnc { get; init; }
}

/// <summary>A problem as the report has it, so that the township's book can be held against the county's later.</summary>
public sealed class WeeklyReportItem
{
    public required string County { get; init; }
    public required Guid ReportId { get; init; }
    public required Guid IssueId { get; init; }
    public required string Code { get; init; }
    public required IssueState State { get; init; }
    public string? Unit { get; init; }
    public DateOnly? DueOn { get; init; }
}

internal sealed class WeeklyReportMap : IEntityTypeConfiguration<WeeklyReport>
{
    public void Configure(EntityTypeBuilder<WeeklyReport> map)
    {
        map.ToTable("weekly_reports");
        map.HasKey(r => new { r.County, r.Id });
    }
}

internal sealed class WeeklyReportItemMap : IEntityTypeConfiguration<WeeklyReportItem>
{
    public void Configure(EntityTypeBuilder<WeeklyReportItem> map)
    {
        map.ToTable("weekly_report_items");
        map.HasKey(i => new { i.County, i.ReportId, i.IssueId });
        map.HasOne<WeeklyReport>().WithMany().HasForeignKey(i => new { i.County, i.ReportId });
    }
}
