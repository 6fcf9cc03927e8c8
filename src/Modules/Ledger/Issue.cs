using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Ledger;

/// <summary>A problem in the ledger. The five lists — problem, task, responsibility, rectification, effect — are views of this one record.</summary>
public sealed class Issue : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>For people: <c>P2020-00012</c>.</summary>
    public required string Code { get; init; }

    public required string Area { get; init; }
    public Guid? HouseholdId { get; init; }

    /// <summary><c>visit</c>, <c>inspection</c>, <c>screening</c>, <c>self_check</c>.</summary>
    public required string Source { get; init; }

    public Guid? SourceId { get; init; }
    public required string Subject { get; init; }
    public IssueState State { get; set; } = IssueState.Found;
    public required DateOnly FoundOn { get; init; }
    public required Guid FoundBy { get; init; }
    public required string FoundByName { get; init; }

    /// <summary>The problem list: what is wrong. Encrypted.</summary>
    public required byte[] ProblemEnc { get; init; }

    /// <summary>The task list: what is to be done. Encrypted.</summary>
    public byte[]? TaskEnc { get; set; }

    /// <summary>The responsibility list: the unit, the person, and by when.</summary>
    public string? Unit { get; set; }

    public string? Person { get; set; }
    public Guid? PersonUser { get; set; }
    public DateOnly? DueOn { get; set; }

    /// <summary>The rectification list: what was done. Encrypted.</summary>
    public byte[]? RectificationEnc { get; set; }

    public Guid? SubmittedBy { get; set; }
    public DateOnly? SubmittedOn { get; set; }

    /// <summary>The effect list: what it changed. Encrypted.</summary>
    public byte[]? EffectEnc { get; set; }

    public Guid? ExaminedBy { get; set; }
    public Guid? ClosedBy { get; set; }
    public DateOnly? ClosedOn { get; set; }
    public int TimesReopened { get; set; }

    /// <summary>The last day of the present stage; null once closed.</summary>
    public DateOnly? StageDueOn { get; set; }

    public long Version { get; set; } = 1;

    internal IssueRef Ref => new(Id, Code, HouseholdId, Area, State, Subject, FoundOn, StageDueOn, Unit);
}

/// <summary>One step of a problem. Only ever added.</summary>
public sealed class IssueStep
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid IssueId { get; init; }
    public required IssueEvent Event { get; init; }
    public required IssueState FromState { get; init; }
    public required IssueState ToState { get; init; }
    public required Guid UserId { get; init; }
    public required string Actor { get; init; }
    public required DateOnly HappenedOn { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public DateOnly? DueOn { get; init; }
    public required string Evidence { get; init; }
    public byte[]? NoteEnc { get; init; }
}

internal sealed class IssueMap : IEntityTypeConfiguration<Issue>
{
    public void Configure(EntityTypeBuilder<Issue> map)
    {
        map.ToTable("issues");
        map.HasKey(i => new { i.County, i.Id });
        map.Property(i => i.Version).IsConcurrencyToken();
        map.Ignore(i => i.Ref);
    }
}

internal sealed class IssueStepMap : IEntityTypeConfiguration<IssueStep>
{
    public void Configure(EntityTypeBuilder<IssueStep> map)
    {
        map.ToTable("issue_steps");
        map.HasKey(s => new { s.County, s.Id });
        map.HasOne<Issue>().WithMany().HasForeignKey(s => new { s.County, s.IssueId });
    }
}
