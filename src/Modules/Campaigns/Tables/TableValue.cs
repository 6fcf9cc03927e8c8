using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Campaigns.Tables;

/// <summary>A value entered into a village or county table. Only ever added; it belongs to the county and no drive, so that the next one finds it.</summary>
public sealed class TableValue : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required string Area { get; init; }

    /// <summary>A column of a table of a plan.</summary>
    public required string Code { get; init; }

    /// <summary>A number with a point, or <c>true</c> and <c>false</c>.</summary>
    public required string Value { get; init; }

    public required DateOnly ObservedOn { get; init; }
    public required Guid EnteredBy { get; init; }
    public required string EnteredByName { get; init; }
    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>What a phone handed in, if it was entered there.</summary>
    public Guid? SubmissionId { get; init; }
}

/// <summary>Somebody confirmed that a village's tables, or a department's part of the county table, are right.</summary>
public sealed class TableCheck : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid CampaignId { get; init; }

    /// <summary>The village; the county for a department's part.</summary>
    public required string Area { get; init; }

    /// <summary>Empty for villages.</summary>
    public required string Department { get; init; }

    public required DateOnly CheckedOn { get; init; }
    public required Guid CheckedBy { get; init; }
    public required string CheckedByName { get; init; }
}

internal sealed class TableValueMap : IEntityTypeConfiguration<TableValue>
{
    public void Configure(EntityTypeBuilder<TableValue> map)
    {
        map.ToTable("campaign_table_values");
        map.HasKey(v => new { v.County, v.Id });
    }
}

internal sealed class TableCheckMap : IEntityTypeConfiguration<TableCheck>
{
    public void Configure(EntityTypeBuilder<TableCheck> map)
    {
        map.ToTable("campaign_table_checks");
        map.HasKey(c => new { c.County, c.Id });
        map.HasOne<Campaign>().WithMany().HasForeignKey(c => new { c.County, c.CampaignId });
    }
}
