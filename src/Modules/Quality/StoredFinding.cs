using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Quality;

/// <summary>A finding as the database keeps it.</summary>
internal sealed class StoredFinding : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required string Rule { get; init; }
    public required QualitySeverity Severity { get; init; }
    public required SubjectKind Kind { get; init; }
    public required string Subject { get; init; }
    public required string Area { get; init; }
    public Guid? HouseholdId { get; init; }

    /// <summary>JSON, both languages; encrypted, since it may speak of illness.</summary>
    public required byte[] MessageEnc { get; init; }

    public required DateOnly FirstOn { get; init; }

    /// <summary>The last day on which a run found it.</summary>
    public required DateOnly LastOn { get; init; }

    public required FindingState State { get; set; }

    /// <summary>When a run did not find it any more; null while it is on the list.</summary>
    public DateOnly? ClosedOn { get; init; }

    public byte[]? ExplanationEnc { get; set; }
    public string? ExplainedBy { get; set; }
    public DateTimeOffset? ExplainedAt { get; set; }
}

/// <summary>One run of all checks.</summary>
internal sealed class QualityRun
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required DateOnly AsOf { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Actor { get; init; }

    /// <summary>The county's last event before the run: what came later it may not have seen.</summary>
    public required long Seq { get; init; }

    public required int Findings { get; init; }
    public required int Opened { get; init; }
    public required int Closed { get; init; }
    public required long TookMs { get; init; }
}

internal sealed class StoredFindingMap : IEntityTypeConfiguration<StoredFinding>
{
    public void Configure(EntityTypeBuilder<StoredFinding> map)
    {
        map.ToTable("quality_findings");
        map.HasKey(f => new { f.County, f.Id });
    }
}

internal sealed class QualityRunMap : IEntityTypeConfiguration<QualityRun>
{
    public void Configure(EntityTypeBuilder<QualityRun> map)
    {
        map.ToTable("quality_runs");
        map.HasKey(r => new { r.County, r.Id });
    }
}
