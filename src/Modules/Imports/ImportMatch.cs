using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Imports;

/// <summary>How it stands with a row that found nobody, or several people.</summary>
internal enum MatchState
{
    /// <summary>Fits nobody; tried again when people are registered.</summary>
    Unmatched,

    /// <summary>Fits several; a clerk decides.</summary>
    Doubtful,

    /// <summary>Has found its person, and was taken.</summary>
    Taken,

    /// <summary>A clerk found that it is nobody of the register.</summary>
    LaidAside,
}

/// <summary>A row of a department's file that waits for its person.</summary>
internal sealed class ImportMatch : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid ImportId { get; init; }

    /// <summary>The village the row names where it is known, else the import's area.</summary>
    public required string Area { get; init; }

    public required string Sheet { get; init; }
    public required int RowNo { get; init; }
    public MatchState State { get; set; }

    /// <summary>Ids of the members it fits, parted by commas.</summary>
    public required string Candidates { get; set; }

    /// <summary>A <c>StoredRow</c> as JSON.</summary>
    public required byte[] RowEnc { get; init; }

    public Guid? MemberId { get; set; }
    public Guid? HouseholdId { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? DecidedBy { get; set; }
}

/// <summary>What a sender's headings mean, as somebody confirmed it.</summary>
internal sealed class RememberedMapping
{
    public required string County { get; init; }
    public required string Sender { get; init; }

    /// <summary>Of the headings concerned.</summary>
    public required string Signature { get; init; }

    /// <summary>A <c>LearnedMapping</c> as JSON.</summary>
    public required string Mapping { get; set; }

    public required DateTimeOffset AcceptedAt { get; set; }
    public required string AcceptedBy { get; set; }
}

internal sealed class ImportMatchMap : IEntityTypeConfiguration<ImportMatch>
{
    public void Configure(EntityTypeBuilder<ImportMatch> map)
    {
        map.ToTable("import_matches");
        map.HasKey(m => new { m.County, m.Id });
    }
}

internal sealed class RememberedMappingMap : IEntityTypeConfiguration<RememberedMapping>
{
    public void Configure(EntityTypeBuilder<RememberedMapping> map)
    {
        map.ToTable("import_mappings");
        map.HasKey(m => new { m.County, m.Sender, m.Signature });
    }
}
