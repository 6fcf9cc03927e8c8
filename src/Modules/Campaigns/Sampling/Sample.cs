using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Campaigns.Sampling;

/// <summary>What a spot check found at a household.</summary>
public enum CheckResult
{
    /// <summary>Nobody has been there yet.</summary>
    Waiting,

    /// <summary>What records and visits say agrees with what was seen.</summary>
    Agrees,

    /// <summary>It does not; the difference stands in the ledger as a problem.</summary>
    Differs,
}

/// <summary>A spot check as it was drawn, with everything needed to draw it again.</summary>
public sealed class Sample : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid CampaignId { get; init; }

    /// <summary>1 for the first of the drive.</summary>
    public required int Number { get; init; }

    public required string Seed { get; init; }

    /// <summary>Of each stratum, as it was written.</summary>
    public required string Percent { get; init; }

    public required int Least { get; init; }

    /// <summary>The condition whose households were a stratum of their own in each township.</summary>
    public string? Apart { get; init; }

    /// <summary>The county, or the township drawn from.</summary>
    public required string Area { get; init; }

    public required int FrameCount { get; init; }

    /// <summary>See <see cref="Draw.FrameHash"/>.</summary>
    public required string FrameHash { get; init; }

    /// <summary>JSON of <see cref="Stratum"/>.</summary>
    public required string Strata { get; init; }

    public required DateOnly DrawnOn { get; init; }
    public required Guid DrawnBy { get; init; }
    public required string DrawnByName { get; init; }

    internal decimal PercentOf() => decimal.Parse(Percent, CultureInfo.InvariantCulture);

    internal IReadOnlyList<Stratum> StrataOf() => JsonSerializer.Deserialize<List<Stratum>>(Strata, JsonTexts.Options)!;
}

/// <summary>A household of a sample, and what was found there.</summary>
public sealed class SampledHousehold : IPlaced
{
    public required string County { get; init; }
    public required Guid SampleId { get; init; }
    public required Guid HouseholdId { get; init; }
    public required string Code { get; init; }
    public required string Area { get; init; }
    public required string Stratum { get; init; }

    /// <summary>In which order it was drawn.</summary>
    public required int Position { get; init; }

    /// <summary>The team that goes there.</summary>
    public Guid? TeamId { get; set; }

    public CheckResult Result { get; set; }

    /// <summary>What differs. Encrypted.</summary>
    public byte[]? WordsEnc { get; set; }

    /// <summary>The problem of the ledger.</summary>
    public Guid? IssueId { get; set; }

    public DateOnly? CheckedOn { get; set; }
    public Guid? CheckedBy { get; set; }
    public string? CheckedByName { get; set; }
    public long Version { get; set; } = 1;
}

internal sealed class SampleMap : IEntityTypeConfiguration<Sample>
{
    public void Configure(EntityTypeBuilder<Sample> map)
    {
        map.ToTable("campaign_samples");
        map.HasKey(s => new { s.County, s.Id });
        map.HasOne<Campaign>().WithMany().HasForeignKey(s => new { s.County, s.CampaignId });
    }
}

internal sealed class SampledHouseholdMap : IEntityTypeConfiguration<SampledHousehold>
{
    public void Configure(EntityTypeBuilder<SampledHousehold> map)
    {
        map.ToTable("campaign_sample_households");
        map.HasKey(s => new { s.County, s.SampleId, s.HouseholdId });
        map.Property(s => s.Version).IsConcurrencyToken();
        map.HasOne<Sample>().WithMany().HasForeignKey(s => new { s.County, s.SampleId });
    }
}
