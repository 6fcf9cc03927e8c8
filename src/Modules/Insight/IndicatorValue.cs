using System.Globalization;
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

    /// <summary>Of the indicator; with what it is told apart by behind a slash where it is a part: <c>R18/01</c>, <c>R02/gender=2</c>.</summary>
    public required string Code { get; init; }

    /// <summary>An exact decimal in the invariant culture.</summary>
    public required string Numerator { get; init; }

    /// <inheritdoc cref="Numerator"/>
    public required string Denominator { get; init; }

    /// <summary>When it became what it is; <see cref="IndicatorRun"/> says when it was last looked at.</summary>
    public required DateTimeOffset ComputedAt { get; init; }

    /// <summary>The county's last event before that computation.</summary>
    public required long Seq { get; init; }

    /// <summary>Of the definition it was worked out by.</summary>
    public required int Version { get; init; }
}

internal sealed class IndicatorValueMap : IEntityTypeConfiguration<IndicatorValue>
{
    public void Configure(EntityTypeBuilder<IndicatorValue> map)
    {
        map.ToTable("indicator_values");
        map.HasKey(v => new { v.County, v.AsOf, v.Area, v.Code });
    }
}

/// <summary>When the figures of a day were last worked out.</summary>
internal sealed class IndicatorRun
{
    public required string County { get; init; }
    public required DateOnly AsOf { get; init; }
    public required DateTimeOffset ComputedAt { get; init; }

    /// <summary>The county's last event before: what came later may not be in the figures.</summary>
    public required long Seq { get; init; }
}

internal sealed class IndicatorRunMap : IEntityTypeConfiguration<IndicatorRun>
{
    public void Configure(EntityTypeBuilder<IndicatorRun> map)
    {
        map.ToTable("indicator_runs");
        map.HasKey(r => new { r.County, r.AsOf });
    }
}

/// <summary>A figure that somebody reported, or put in place of a computed one. Never changed: a later entry for the same counts instead.</summary>
internal sealed class IndicatorEntry : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required DateOnly AsOf { get; init; }
    public required string Area { get; init; }
    public required string Code { get; init; }

    /// <summary>It stands in place of a figure that was worked out.</summary>
    public required bool Adjusts { get; init; }

    /// <inheritdoc cref="IndicatorValue.Numerator"/>
    public required string Numerator { get; init; }

    /// <summary>Null for counts, and where the base of a share was not given.</summary>
    public string? Denominator { get; init; }

    public required string Reason { get; init; }
    public required Guid UserId { get; init; }
    public required string EnteredBy { get; init; }
    public required DateTimeOffset EnteredAt { get; init; }
}

internal sealed class IndicatorEntryMap : IEntityTypeConfiguration<IndicatorEntry>
{
    public void Configure(EntityTypeBuilder<IndicatorEntry> map)
    {
        map.ToTable("indicator_entries");
        map.HasKey(e => new { e.County, e.Id });
    }
}

/// <summary>All figures of a county as of a day, published: they stay as they are, with the households behind them.</summary>
internal sealed class IndicatorSet
{
    public required string County { get; init; }
    public required DateOnly AsOf { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required string PublishedBy { get; init; }

    /// <summary>JSON: what the cross-checks found, <see cref="CheckResult"/>.</summary>
    public required string Checks { get; init; }

    /// <summary>The households of sets published before <see cref="KeptSection"/>; empty since.</summary>
    public byte[] ContentsEnc { get; init; } = [];

    /// <summary>The digest of the households behind it; stands in the chain of events as well.</summary>
    public required string Digest { get; init; }
}

internal sealed class IndicatorSetMap : IEntityTypeConfiguration<IndicatorSet>
{
    public void Configure(EntityTypeBuilder<IndicatorSet> map)
    {
        map.ToTable("indicator_sets");
        map.HasKey(s => new { s.County, s.AsOf });
    }
}

/// <summary>A part of the households behind the figures of a day that was published, or ended a month: <see cref="ContentSection"/>.</summary>
internal sealed class KeptSection
{
    public required string County { get; init; }
    public required DateOnly AsOf { get; init; }

    /// <summary>Of the figure; empty for the places.</summary>
    public required string Code { get; init; }

    /// <summary>Packed and encrypted.</summary>
    public required byte[] SectionEnc { get; init; }

    /// <inheritdoc cref="ContentSection"/>
    public required string Digest { get; init; }
}

internal sealed class KeptSectionMap : IEntityTypeConfiguration<KeptSection>
{
    public void Configure(EntityTypeBuilder<KeptSection> map)
    {
        map.ToTable("indicator_contents");
        map.HasKey(c => new { c.County, c.AsOf, c.Code });
    }
}

/// <summary>Exact decimals as the database keeps them.</summary>
internal static class Exact
{
    public static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    public static decimal Value(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
