using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Casework;

/// <summary>The examination of whether a household is to be monitored 识别认定 (SM-2).</summary>
public sealed class IdentificationCase : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>For people: <c>C2020-00012</c>.</summary>
    public required string Code { get; init; }

    public required Guid HouseholdId { get; init; }
    public required string Area { get; init; }

    /// <summary>The lead it came from; null where the household applied without one.</summary>
    public Guid? LeadId { get; init; }

    /// <summary>Day 0 of the clock over all steps: the day of the lead.</summary>
    public required DateOnly RaisedOn { get; init; }

    public required DateOnly OpenedOn { get; init; }
    public CaseState State { get; set; } = CaseState.Applied;

    /// <summary>Suggested by the rules at first, decided by people; a monitoring category's name.</summary>
    public string? Category { get; set; }

    /// <summary>JSON: the causes found, the main one first; see <see cref="CauseFound"/>.</summary>
    public string Causes { get; set; } = "[]";

    /// <summary>Measures come first and this case is completed later 绿色通道.</summary>
    public required bool GreenChannel { get; init; }

    /// <summary>Why; encrypted.</summary>
    public byte[]? GreenReasonEnc { get; init; }

    /// <summary>Begin of the present round: opening, or the day it was returned.</summary>
    public required DateOnly RoundOn { get; set; }

    /// <summary>The verification visit of the present round.</summary>
    public Guid? VisitId { get; set; }

    public DateOnly? VerifiedOn { get; set; }
    public DateOnly? MatchedOn { get; set; }
    public DateOnly? ReviewedOn { get; set; }
    public int? Attended { get; set; }
    public int? VotesFor { get; set; }
    public int? VotesAgainst { get; set; }
    public Guid? NoticeId { get; set; }

    /// <summary>When the notice was put up.</summary>
    public DateOnly? NoticeOn { get; set; }

    public DateOnly? NoticeClosedOn { get; set; }
    public DateOnly? TownshipOn { get; set; }

    /// <summary>When it ended, however it did.</summary>
    public DateOnly? ClosedOn { get; set; }

    /// <summary>The last day of the present stage; null once closed. While visit and matching run side by side: the visit's.</summary>
    public DateOnly? StageDueOn { get; set; }

    /// <summary>The last day for the departments' answer; null once they answered.</summary>
    public DateOnly? MatchDueOn { get; set; }

    /// <summary>The last day of all.</summary>
    public required DateOnly TotalDueOn { get; init; }

    public int TimesReturned { get; set; }

    /// <summary>Rises with every change.</summary>
    public long Version { get; set; } = 1;

    internal CaseRef Ref => new(Id, Code, HouseholdId, Area, State, RaisedOn, StageDueOn, TotalDueOn, GreenChannel);
}

/// <summary>A cause of risk 致贫返贫风险 that people found.</summary>
/// <param name="Code">C-RISK.</param>
/// <param name="Disaster">The kind of disaster, needed for cause 02.</param>
/// <param name="Remark">Needed for cause 99.</param>
public sealed record CauseFound(string Code, string? Disaster = null, string? Remark = null);

internal sealed class IdentificationCaseMap : IEntityTypeConfiguration<IdentificationCase>
{
    public void Configure(EntityTypeBuilder<IdentificationCase> map)
    {
        map.ToTable("cases");
        map.HasKey(c => new { c.County, c.Id });
        map.Property(c => c.Version).IsConcurrencyToken();
        map.Ignore(c => c.Ref);
    }
}

/// <summary>One step of anything casework moves: what happened, who did it, when, and on what evidence. Only ever added.</summary>
public sealed class CaseStep
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>What moved: <c>case</c>, <c>object</c>, <c>measure</c>, <c>elimination</c>, <c>plan</c>.</summary>
    public required string Kind { get; init; }

    public required Guid SubjectId { get; init; }
    public required Guid HouseholdId { get; init; }
    public required string Event { get; init; }
    public required string FromState { get; init; }
    public required string ToState { get; init; }
    public required Guid UserId { get; init; }

    /// <summary>Sign-in name.</summary>
    public required string Actor { get; init; }

    /// <summary>The day it counts for.</summary>
    public required DateOnly HappenedOn { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The last day it would have been in time, or null where the state had no clock.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>JSON array of kinds and content hashes.</summary>
    public required string Evidence { get; init; }

    /// <summary>Encrypted JSON: the reason, and the written evidence by kind.</summary>
    public byte[]? NoteEnc { get; init; }
}

internal sealed class CaseStepMap : IEntityTypeConfiguration<CaseStep>
{
    public void Configure(EntityTypeBuilder<CaseStep> map)
    {
        map.ToTable("case_steps");
        map.HasKey(s => new { s.County, s.Id });
    }
}
