using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Casework;

/// <summary>A household admitted to monitoring 监测对象 (SM-3).</summary>
public sealed class MonitoredObject : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    public required string Area { get; init; }

    /// <summary>The case that admitted it; null for households that the register brought along.</summary>
    public Guid? CaseId { get; set; }

    /// <summary>A monitoring category's name.</summary>
    public required string Category { get; set; }

    /// <summary>JSON: the causes, the main one first.</summary>
    public required string Causes { get; set; }

    public required DateOnly IdentifiedOn { get; set; }

    /// <summary>The register gives a month only: then the day stands for its first.</summary>
    public required bool DayKnown { get; set; }

    public ObjectState State { get; set; } = ObjectState.Identified;

    /// <summary>The last day of the present stage; null where no clock runs.</summary>
    public DateOnly? StageDueOn { get; set; }

    public EliminationWay? Way { get; set; }
    public DateOnly? EliminatedOn { get; set; }

    /// <summary>The latest visit to the household by anyone.</summary>
    public DateOnly? VisitedOn { get; set; }

    public long Version { get; set; } = 1;
}

internal sealed class MonitoredObjectMap : IEntityTypeConfiguration<MonitoredObject>
{
    public void Configure(EntityTypeBuilder<MonitoredObject> map)
    {
        map.ToTable("monitored_objects");
        map.HasKey(o => new { o.County, o.Id });
        map.Property(o => o.Version).IsConcurrencyToken();
    }
}

/// <summary>A proposal to record that the risk is gone 风险消除 (SM-5).</summary>
public sealed class Elimination : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>For people: <c>E2020-00012</c>.</summary>
    public required string Code { get; init; }

    public required Guid HouseholdId { get; init; }
    public required string Area { get; init; }
    public required Guid ObjectId { get; init; }
    public required EliminationWay Way { get; init; }
    public EliminationState State { get; set; } = EliminationState.ListProposed;
    public required DateOnly ProposedOn { get; init; }

    /// <summary>Where the object goes back to when this is refused.</summary>
    public required ObjectState ObjectBefore { get; init; }

    public Guid? VisitId { get; set; }
    public int? Attended { get; set; }
    public int? VotesFor { get; set; }
    public int? VotesAgainst { get; set; }
    public Guid? NoticeId { get; set; }
    public DateOnly? NoticeOn { get; set; }

    /// <summary>Net income per head in fen at the confirmation, as the record after elimination needs it; null before.</summary>
    public long? NetPerHeadFen { get; set; }

    public DateOnly? FlaggedOn { get; set; }
    public DateOnly? ClosedOn { get; set; }
    public DateOnly? StageDueOn { get; set; }
    public long Version { get; set; } = 1;
}

internal sealed class EliminationMap : IEntityTypeConfiguration<Elimination>
{
    public void Configure(EntityTypeBuilder<Elimination> map)
    {
        map.ToTable("eliminations");
        map.HasKey(e => new { e.County, e.Id });
        map.HasOne<MonitoredObject>().WithMany().HasForeignKey(e => new { e.County, e.ObjectId });
        map.Property(e => e.Version).IsConcurrencyToken();
    }
}
