using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Imports;

/// <summary>Something found in a cell or row of a file.</summary>
internal sealed class ImportFinding
{
    public required string County { get; init; }
    public required Guid ImportId { get; init; }

    /// <summary>From 1, in the order of the file.</summary>
    public required int Seq { get; init; }

    public required string Sheet { get; init; }

    /// <summary>As the spreadsheet numbers it.</summary>
    public required int RowNo { get; init; }

    /// <summary>The column from 0; null for the row as a whole.</summary>
    public int? Col { get; init; }

    public string? Heading { get; init; }
    public string? Field { get; init; }

    /// <summary>What the cell holds: it may be a citizen id or an account.</summary>
    public byte[]? ValueEnc { get; init; }

    public required string Code { get; init; }
    public required Verdict Verdict { get; init; }
    public required string ReasonZh { get; init; }
    public required string ReasonEn { get; init; }
    public required string RemedyZh { get; init; }
    public required string RemedyEn { get; init; }
}

internal sealed class ImportFindingMap : IEntityTypeConfiguration<ImportFinding>
{
    public void Configure(EntityTypeBuilder<ImportFinding> map)
    {
        map.ToTable("import_findings");
        map.HasKey(f => new { f.County, f.ImportId, f.Seq });
        map.Property(f => f.Seq).ValueGeneratedNever();
    }
}
