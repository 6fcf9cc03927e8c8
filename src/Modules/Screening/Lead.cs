using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

/// <summary>A sign that a household may be at risk 线索. Signals from any source join the household's one open lead and its one clock.</summary>
public sealed class Lead : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>For people: <c>L2020-00012</c>.</summary>
    public required string Code { get; init; }

    public required Guid HouseholdId { get; init; }

    /// <summary>The household's village.</summary>
    public required string Area { get; init; }

    public LeadState State { get; set; } = LeadState.New;

    /// <summary>The level of the most urgent reason: <c>Red</c>, <c>Yellow</c>, <c>Green</c>.</summary>
    public required string Level { get; set; }

    public required LeadSource Source { get; init; }

    /// <summary>JSON array of the rules' ids; empty for leads from people.</summary>
    public required string Rules { get; set; }

    /// <summary>Day 0 of the clock.</summary>
    public required DateOnly RaisedOn { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The last day for the household to be registered, if it comes to that.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>The last day of the present stage; null once closed.</summary>
    public DateOnly? StageDueOn { get; set; }

    public DateOnly? DispatchedOn { get; set; }

    /// <summary>The last day for the visit.</summary>
    public DateOnly? VerifyDueOn { get; set; }

    /// <summary>Who was asked to go, in words.</summary>
    public string? AssignedTo { get; set; }

    public Guid? AssignedUser { get; set; }

    /// <summary>The monitoring category the rules suggest; people decide it.</summary>
    public string? Category { get; set; }

    /// <summary>In what the lead ended, for people.</summary>
    public string? Result { get; set; }

    /// <summary>The reason given at the end; encrypted, since it may speak of illness.</summary>
    public byte[]? ResultEnc { get; set; }

    public Guid? VisitId { get; set; }
    public Guid? CaseId { get; set; }
    public DateOnly? ClosedOn { get; set; }

    /// <summary>Rises with every change, so that two people do not overwrite each other.</summary>
    public long Version { get; set; } = 1;

    internal LeadRef Ref => new(Id, Code, HouseholdId, Area, State, Source, Level, Category, RaisedOn, DueOn, StageDueOn, Version);
}

/// <summary>One step of a lead: what happened, who did it, when, and on what evidence. Only ever added.</summary>
public sealed class LeadStep
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid LeadId { get; init; }
    public required LeadEvent Event { get; init; }
    public required LeadState FromState { get; init; }
    public required LeadState ToState { get; init; }
    public required Guid UserId { get; init; }

    /// <summary>Sign-in name.</summary>
    public required string Actor { get; init; }

    /// <summary>The day it counts for.</summary>
    public required DateOnly HappenedOn { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The last day it would have been in time, or null where the state had no clock.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>JSON array of kinds and content hashes; the written evidence is in <see cref="NoteEnc"/>.</summary>
    public required string Evidence { get; init; }

    /// <summary>Encrypted JSON: the reason, and the written evidence by kind.</summary>
    public byte[]? NoteEnc { get; init; }
}

internal sealed class LeadMap : IEntityTypeConfiguration<Lead>
{
    public void Configure(EntityTypeBuilder<Lead> map)
    {
        map.ToTable("leads");
        map.HasKey(l => new { l.County, l.Id });
        map.Property(l => l.Version).IsConcurrencyToken();
        map.Ignore(l => l.Ref);
    }
}

internal sealed class LeadStepMap : IEntityTypeConfiguration<LeadStep>
{
    public void Configure(EntityTypeBuilder<LeadStep> map)
    {
        map.ToTable("lead_steps");
        map.HasKey(s => new { s.County, s.Id });
        map.HasOne<Lead>().WithMany().HasForeignKey(s => new { s.County, s.LeadId });
    }
}
