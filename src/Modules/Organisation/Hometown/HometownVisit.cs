using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Organisation.Hometown;

/// <summary>A hometown visit 亲邻返乡走访: public employees or people who work elsewhere go home in their holidays, and see kin and neighbours.</summary>
/// <remarks>Counts only: whom they saw is nobody's business here. What concerns a household is a visit, a lead or a problem of its own.</remarks>
public sealed class HometownVisit : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The village.</summary>
    public required string Area { get; init; }

    public required DateOnly VisitedOn { get; init; }

    /// <summary>Who came, or who led them, and from which unit.</summary>
    public required string Visitor { get; init; }

    public required string Unit { get; init; }

    /// <summary>How many people came.</summary>
    public required int Visitors { get; init; }

    public required int Households { get; init; }
    public required int People { get; init; }

    /// <summary>Suggestions collected, disputes settled, people helped into work, problems solved.</summary>
    public required int Suggestions { get; init; }

    public required int Disputes { get; init; }
    public required int Jobs { get; init; }
    public required int Solved { get; init; }

    /// <summary>Money raised for the village.</summary>
    public required Money FundsFen { get; init; }

    /// <summary>What was said and done. Encrypted.</summary>
    public byte[]? NoteEnc { get; init; }

    public required Guid RecordedBy { get; init; }
    public required string RecordedByName { get; init; }
    public required DateOnly RecordedOn { get; init; }
}

internal sealed class HometownVisitMap : IEntityTypeConfiguration<HometownVisit>
{
    public void Configure(EntityTypeBuilder<HometownVisit> map)
    {
        map.ToTable("hometown_visits");
        map.HasKey(v => new { v.County, v.Id });
    }
}
