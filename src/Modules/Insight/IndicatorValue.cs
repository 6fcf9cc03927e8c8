using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Insight;

/// <summary>A figure of an area as of a day, as the database keeps it.</summary>
internal sealed class IndicatorValue : IPlaced
{
    public required string County { get; init; }
    public required DateOnly AsOf { get; init; }
    public required string Area { get; init; }
    public required string Code { get; init; }

    /// <summary>An exact decimal in the invariant culture.</summary>
    public required string Numerator { get; init; }

    /// <inheritdoc cref="Numerator"/>
    public required string Denominator { get; init; }

    public required DateTimeOffset ComputedAt { get; init; }

    /// <summary>The county's last event before the computation: what came later it may not have seen.</summary>
    public required long Seq { get; init; }
}

internal sealed class IndicatorValueMap : IEntityTypeConfiguration<IndicatorValue>
{
    public void Configure(EntityTypeBuilder<IndicatorValue> map)
    {
        map.ToTable("indicator_values");
        map.HasKey(v => new { v.County, v.AsOf, v.Area, v.Code });
    }
}
