using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Modules.Organisation.Groups;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Organisation.Duty;

/// <summary>The duty roster 值班表 of a township for a week. A plan, and nothing else: nobody signs in, and no place of a person is kept.</summary>
public sealed class DutyRoster : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The township.</summary>
    public required string Area { get; init; }

    /// <summary>The Monday of the week.</summary>
    public required DateOnly WeekOn { get; init; }

    public required string MadeBy { get; set; }
    public required DateOnly MadeOn { get; set; }

    /// <summary>Who let it stand, with a reason for each gap; null while it is a draft.</summary>
    public string? ConfirmedBy { get; set; }

    public DateOnly? ConfirmedOn { get; set; }
    public long Version { get; set; } = 1;
}

/// <summary>Where somebody is planned to be on a day. Who is nowhere on a day has no entry for it.</summary>
public sealed class DutyEntry
{
    public required string County { get; init; }
    public required Guid RosterId { get; init; }

    /// <summary>A member of the township's staff.</summary>
    public required Guid MemberId { get; init; }

    public required DateOnly DayOn { get; init; }

    /// <summary>The township, or the village the person is posted to.</summary>
    public required string Place { get; init; }
}

/// <summary>Why a rule of duty is not kept on a day.</summary>
public sealed class DutyException
{
    public required string County { get; init; }
    public required Guid RosterId { get; init; }
    public required DateOnly DayOn { get; init; }
    public required string Rule { get; init; }
    public required string Reason { get; init; }
    public required string SetBy { get; init; }
}

internal sealed class DutyRosterMap : IEntityTypeConfiguration<DutyRoster>
{
    public void Configure(EntityTypeBuilder<DutyRoster> map)
    {
        map.ToTable("duty_rosters");
        map.HasKey(r => new { r.County, r.Id });
        map.Property(r => r.Version).IsConcurrencyToken();
    }
}

internal sealed class DutyEntryMap : IEntityTypeConfiguration<DutyEntry>
{
    public void Configure(EntityTypeBuilder<DutyEntry> map)
    {
        map.ToTable("duty_entries");
        map.HasKey(e => new { e.County, e.RosterId, e.MemberId, e.DayOn });
        map.HasOne<DutyRoster>().WithMany().HasForeignKey(e => new { e.County, e.RosterId });
        map.HasOne<OrgMember>().WithMany().HasForeignKey(e => new { e.County, e.MemberId });
    }
}

internal sealed class DutyExceptionMap : IEntityTypeConfiguration<DutyException>
{
    public void Configure(EntityTypeBuilder<DutyException> map)
    {
        map.ToTable("duty_exceptions");
        map.HasKey(e => new { e.County, e.RosterId, e.DayOn, e.Rule });
        map.HasOne<DutyRoster>().WithMany().HasForeignKey(e => new { e.County, e.RosterId });
    }
}
