using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Casework;

/// <summary>Where a plan stands.</summary>
public enum PlanState { Draft, Approved, Superseded }

/// <summary>One version of a household's plan 一户一策: causes and the measures that answer them. An edit makes a new version.</summary>
public sealed class Plan : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    public required string Area { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Revision { get; init; }

    public PlanState State { get; set; } = PlanState.Draft;

    /// <summary>What the plan wants to reach, in words; encrypted.</summary>
    public byte[]? GoalEnc { get; init; }

    /// <summary>Members who can work, when the plan was made; null when not known.</summary>
    public long? Able { get; init; }

    /// <summary>JSON: the measures as this version had them, for the history.</summary>
    public required string Content { get; init; }

    public required Guid MadeBy { get; init; }
    public required string MadeByName { get; init; }
    public required DateOnly MadeOn { get; init; }
    public Guid? ApprovedBy { get; set; }
    public DateOnly? ApprovedOn { get; set; }
    public long Version { get; set; } = 1;
}

/// <summary>A cause that a version of a plan answers.</summary>
public sealed class PlanCause
{
    public required string County { get; init; }
    public required Guid PlanId { get; init; }

    /// <summary>0 for the main cause, at most 4.</summary>
    public required int Position { get; init; }

    /// <summary>C-RISK.</summary>
    public required string Cause { get; init; }

    public string? Disaster { get; init; }
    public string? Remark { get; init; }
}

/// <summary>Help for a household 帮扶措施 (SM-4).</summary>
public sealed class Measure : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    public required string Area { get; init; }

    /// <summary>The cause it answers; C-RISK.</summary>
    public required string Cause { get; set; }

    /// <summary>The catalogue's code, such as <c>M101</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The catalogue's family when it was planned.</summary>
    public required string Family { get; init; }

    public required bool Developmental { get; init; }

    /// <summary>The responsible unit.</summary>
    public required string Unit { get; set; }

    /// <summary>The responsible person.</summary>
    public required string Person { get; set; }

    /// <summary>The department's code, for its own list; null where no department acts.</summary>
    public string? Department { get; set; }

    public Money? AmountFen { get; set; }

    /// <summary>What and how much: 80 株柑橘苗.</summary>
    public string? Quantity { get; set; }

    public required DateOnly PlannedOn { get; set; }

    /// <summary>The day by which it is to be done.</summary>
    public required DateOnly PlannedEndOn { get; set; }

    /// <summary>Who proposed it, and so does not approve it.</summary>
    public required Guid ProposedBy { get; init; }

    public DateOnly? StartedOn { get; set; }
    public DateOnly? DeliveredOn { get; set; }
    public MeasureState State { get; set; } = MeasureState.Proposed;
    public DateOnly? StageDueOn { get; set; }

    /// <summary>By how much it raised the yearly income, once judged.</summary>
    public Money? IncomeGainFen { get; set; }

    /// <summary>The household agreed with the judgement.</summary>
    public bool? HouseholdConfirms { get; set; }

    public long Version { get; set; } = 1;
}

internal sealed class PlanMap : IEntityTypeConfiguration<Plan>
{
    public void Configure(EntityTypeBuilder<Plan> map)
    {
        map.ToTable("plans");
        map.HasKey(p => new { p.County, p.Id });
        map.Property(p => p.Version).IsConcurrencyToken();
    }
}

internal sealed class PlanCauseMap : IEntityTypeConfiguration<PlanCause>
{
    public void Configure(EntityTypeBuilder<PlanCause> map)
    {
        map.ToTable("plan_causes");
        map.HasKey(c => new { c.County, c.PlanId, c.Position });
        map.HasOne<Plan>().WithMany().HasForeignKey(c => new { c.County, c.PlanId });
    }
}

internal sealed class MeasureMap : IEntityTypeConfiguration<Measure>
{
    public void Configure(EntityTypeBuilder<Measure> map)
    {
        map.ToTable("measures");
        map.HasKey(m => new { m.County, m.Id });
        map.Property(m => m.Version).IsConcurrencyToken();
    }
}
