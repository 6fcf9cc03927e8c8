using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Modules.Organisation.Groups;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Organisation.Meetings;

public enum MeetingState { Planned, Held, Signed, Cancelled }

public enum MeetingEvent { Hold, Decide, Sign, Cancel }

/// <summary>A meeting 会议: called, held with minutes and decisions, and signed.</summary>
public sealed class Meeting : IPlaced
{
    /// <summary>Under this source of the policy its decisions stand in the ledger.</summary>
    public const string Source = "meeting";

    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>For people: <c>M2020-00012</c>.</summary>
    public required string Code { get; init; }

    public required string Area { get; init; }

    /// <summary>A kind of meeting of the policy.</summary>
    public required string Kind { get; init; }

    /// <summary>The group that meets, where it is one of ours.</summary>
    public Guid? GroupId { get; init; }

    public required string Title { get; set; }

    /// <summary>The day on which it is or was held; of an evening review also the day whose visits it goes over.</summary>
    public required DateOnly HeldOn { get; init; }

    public MeetingState State { get; set; }
    public required string Chair { get; set; }
    public string? Place { get; set; }
    public string? Agenda { get; set; }

    /// <summary>JSON array: the units that were there. Who came is told by units, and how many people.</summary>
    public required string Units { get; set; }

    public int? Attended { get; set; }

    /// <summary>Households that took part, of a courtyard meeting.</summary>
    public int? Households { get; set; }

    /// <summary>Why it was held on a day that is kept free of meetings.</summary>
    public string? FieldDayReason { get; set; }

    /// <summary>Encrypted, as it may speak of illness.</summary>
    public byte[]? MinutesEnc { get; set; }

    /// <summary>What people of the village raised, one point a line. Encrypted.</summary>
    public byte[]? PointsEnc { get; set; }

    /// <summary>What the evening review had before it, as it stood then. Encrypted JSON.</summary>
    public byte[]? PreparedEnc { get; set; }

    public required string CalledBy { get; init; }
    public Guid? RecordedBy { get; set; }
    public string? RecordedByName { get; set; }
    public DateTimeOffset? RecordedAt { get; set; }
    public string? SignedBy { get; set; }
    public DateOnly? SignedOn { get; set; }
    public string? CancelledWhy { get; set; }
    public long Version { get; set; } = 1;
}

/// <summary>Something decided at a meeting. What becomes of it stands in the ledger, not here.</summary>
public sealed class MeetingDecision
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid MeetingId { get; init; }

    /// <summary>1, 2, … in the minutes.</summary>
    public required int Number { get; init; }

    public Guid? HouseholdId { get; init; }

    /// <summary>The problem of the ledger that it became.</summary>
    public required Guid IssueId { get; init; }

    /// <summary>As it was decided. Encrypted.</summary>
    public required byte[] TextEnc { get; init; }

    /// <summary>Who was given it then; who has it now stands in the ledger.</summary>
    public required string Unit { get; init; }

    public required string Person { get; init; }
    public required DateOnly DueOn { get; init; }
}

internal sealed class MeetingMap : IEntityTypeConfiguration<Meeting>
{
    public void Configure(EntityTypeBuilder<Meeting> map)
    {
        map.ToTable("meetings");
        map.HasKey(m => new { m.County, m.Id });
        map.HasOne<OrgGroup>().WithMany().HasForeignKey(m => new { m.County, m.GroupId });
        map.Property(m => m.Version).IsConcurrencyToken();
    }
}

internal sealed class MeetingDecisionMap : IEntityTypeConfiguration<MeetingDecision>
{
    public void Configure(EntityTypeBuilder<MeetingDecision> map)
    {
        map.ToTable("meeting_decisions");
        map.HasKey(d => new { d.County, d.Id });
        map.HasOne<Meeting>().WithMany().HasForeignKey(d => new { d.County, d.MeetingId });
    }
}
