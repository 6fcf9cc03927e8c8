using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
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

    /// <summary>A source of problems of the policy, such as <c>visit</c>.</summary>
    public required string Source { get; init; }

    public Guid? SourceId { get; init; }

    /// <summary>A kind of problem of the policy, such as <c>housing</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The last earlier problem of the same kind in the same place that had been struck off.</summary>
    public Guid? RecursId { get; init; }

    /// <summary>The rule of entry of the policy that entered it; null where somebody did.</summary>
    public string? Rule { get; init; }

    /// <summary>The check whose findings in the place it stands for, such as <c>DQ-02</c>; null where it stands for no check.</summary>
    public string? CheckCode { get; init; }

    /// <summary>Which time the problem is there: 1 for the first.</summary>
    public int Occurrence { get; init; } = 1;

    /// <summary>The problem this one is a part of.</summary>
    public Guid? PartOfId { get; init; }

    /// <summary>The listed object it was found at.</summary>
    public Guid? ListingId { get; init; }

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

    /// <summary>The level that has it in hand; escalation hands it up by one.</summary>
    public AreaLevel Level { get; set; } = AreaLevel.Village;

    /// <summary>The department whose queue it stands in, and since when.</summary>
    public string? Department { get; set; }

    public DateOnly? DepartmentSince { get; set; }

    /// <summary>The green channel, the day it entered, and the last day of the channel's time. A hand-over changes neither day.</summary>
    public string? Channel { get; set; }

    public DateOnly? ChannelOn { get; set; }
    public DateOnly? ChannelDueOn { get; set; }

    /// <summary>The day by which the monthly zero 月清零 wants it struck off; null where the rule does not hold.</summary>
    public DateOnly? ZeroBy { get; set; }

    /// <summary>The rectification list: what was done. Encrypted.</summary>
    public byte[]? RectificationEnc { get; set; }

    public Guid? SubmittedBy { get; set; }
    public DateOnly? SubmittedOn { get; set; }

    /// <summary>The effect list: what it changed. Encrypted.</summary>
    public byte[]? EffectEnc { get; set; }

    /// <summary>When it was last sent up above the county, under which number of the letter, if there was one.</summary>
    public DateOnly? SentUpOn { get; set; }

    public string? SentUpAs { get; set; }

    /// <summary>What the level above answered, when, and under which number. Null until it answers, and again when it is sent up anew.</summary>
    public byte[]? AnswerEnc { get; set; }

    public DateOnly? AnsweredOn { get; set; }
    public string? AnsweredAs { get; set; }

    public Guid? ExaminedBy { get; set; }
    public Guid? ClosedBy { get; set; }
    public DateOnly? ClosedOn { get; set; }
    public string? ClosedByName { get; set; }

    /// <summary>From this day on it can be told whether it held; null while it is not struck off.</summary>
    public DateOnly? CheckOn { get; set; }

    /// <summary>When it was found to have held, and in which words. Encrypted.</summary>
    public DateOnly? HeldOn { get; set; }

    public byte[]? HeldEnc { get; set; }
    public int TimesReopened { get; set; }

    /// <summary>The last day of the present stage; for one that is struck off, of the check whether it held; then null.</summary>
    public DateOnly? StageDueOn { get; set; }

    public long Version { get; set; } = 1;

    /// <summary>True when a check handed it in and not a person: nobody knows who mended it.</summary>
    internal bool IsHandedInByCheck => SubmittedBy == Guid.Empty;

    internal IssueRef Ref => new(Id, Code, HouseholdId, Area, State, Subject, FoundOn, StageDueOn, Unit, Source);
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

    /// <summary>As it stood after the step: the last day of the new stage and who answers; null on steps of older versions.</summary>
    public DateOnly? NextDueOn { get; init; }

    public string? Unit { get; init; }
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
