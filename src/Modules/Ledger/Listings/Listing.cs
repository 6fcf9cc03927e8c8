using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Ledger.Listings;

/// <summary>What is put under listed supervision 挂牌督战: seeds 2 and 4 list villages, relocation sites and households.</summary>
public enum ListedKind { Village, Site, Household }

public enum ListingState { Listed, RemovalProposed, Removed }

public enum ListingEvent { List, Supervise, ProposeRemoval, Reject, Remove, Relist }

/// <summary>A village, site or household on the published list, under a named leader until its target is reached.</summary>
public sealed class Listing : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>For people: <c>S2020-00003</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The village; of a site, where it lies.</summary>
    public required string Area { get; init; }

    public required ListedKind Kind { get; init; }
    public Guid? HouseholdId { get; init; }

    /// <summary>The name of a site; null for villages and households, which have theirs elsewhere.</summary>
    public string? Name { get; init; }

    /// <summary>The leader who answers for it, with the post.</summary>
    public required string Leader { get; set; }

    /// <summary>What has to be reached. Encrypted, since of a household it may speak of illness.</summary>
    public required byte[] TargetEnc { get; set; }

    public required DateOnly TargetOn { get; set; }

    /// <summary>The document that put it on the list.</summary>
    public required string Basis { get; init; }

    public required Money FundsFen { get; set; }

    /// <summary>Of the funds, what the log says was spent.</summary>
    public required Money SpentFen { get; set; }

    public ListingState State { get; set; }
    public required DateOnly ListedOn { get; init; }
    public DateOnly? RemovedOn { get; set; }
    public Guid? ProposedBy { get; set; }

    /// <summary>The last day on which the removal should be decided; null unless one is proposed.</summary>
    public DateOnly? StageDueOn { get; set; }

    public DateOnly? SupervisedOn { get; set; }
    public long Version { get; set; } = 1;
}

/// <summary>An entry of the log of a listed object, or a step of it. Only ever added.</summary>
public sealed class ListingStep
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid ListingId { get; init; }
    public required ListingEvent Event { get; init; }
    public required ListingState FromState { get; init; }
    public required ListingState ToState { get; init; }
    public required Guid UserId { get; init; }
    public required string Actor { get; init; }
    public required DateOnly HappenedOn { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>What was spent on it, with an entry about supervision.</summary>
    public Money? SpentFen { get; init; }

    public required string Evidence { get; init; }
    public byte[]? NoteEnc { get; init; }
}

internal sealed class ListingMap : IEntityTypeConfiguration<Listing>
{
    public void Configure(EntityTypeBuilder<Listing> map)
    {
        map.ToTable("listings");
        map.HasKey(l => new { l.County, l.Id });
        map.Property(l => l.Version).IsConcurrencyToken();
    }
}

internal sealed class ListingStepMap : IEntityTypeConfiguration<ListingStep>
{
    public void Configure(EntityTypeBuilder<ListingStep> map)
    {
        map.ToTable("listing_steps");
        map.HasKey(s => new { s.County, s.Id });
        map.HasOne<Listing>().WithMany().HasForeignKey(s => new { s.County, s.ListingId });
    }
}
