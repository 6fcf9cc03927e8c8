using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Campaigns.Reviews;

/// <summary>The figures of a village on a day, as a review found them.</summary>
/// <param name="Visited">Households visited on the day.</param>
/// <param name="Found">Problems found on the day.</param>
/// <param name="OnSpot">Of them, put right at once.</param>
/// <param name="VisitedSoFar">Households in scope that were visited until then.</param>
/// <param name="Households">In scope.</param>
/// <param name="Codes">The problems of the day, by their codes.</param>
public sealed record ReviewFigures(int Visited, int Found, int OnSpot, int VisitedSoFar, int Households, IReadOnlyList<string> Codes);

/// <summary>An evening review 会审 or an examination 审查 of a village. Its figures are filled in from what was done; people write the conclusion.</summary>
public sealed class Review : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid CampaignId { get; init; }

    /// <summary>Joint review or examination.</summary>
    public required TeamDuty Duty { get; init; }

    public required string Area { get; init; }
    public required DateOnly HeldOn { get; init; }

    /// <summary>JSON of <see cref="ReviewFigures"/>.</summary>
    public required string Figures { get; init; }

    /// <summary>Of an examination: it found the work in order. Of a review: nothing has to be done again.</summary>
    public required bool Passed { get; init; }

    /// <summary>Who was there.</summary>
    public required string Present { get; init; }

    /// <summary>Encrypted, since it may speak of illness.</summary>
    public required byte[] ConclusionEnc { get; init; }

    public required Guid RecordedBy { get; init; }
    public required string RecordedByName { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    internal ReviewFigures FiguresOf() => JsonSerializer.Deserialize<ReviewFigures>(Figures, JsonTexts.Options)!;
}

internal sealed class ReviewMap : IEntityTypeConfiguration<Review>
{
    public void Configure(EntityTypeBuilder<Review> map)
    {
        map.ToTable("campaign_reviews");
        map.HasKey(r => new { r.County, r.Id });
        map.HasOne<Campaign>().WithMany().HasForeignKey(r => new { r.County, r.CampaignId });
    }
}
