using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Insight.Bulletins;

/// <summary>一月一通报、季度一排名、年度一考核.</summary>
public enum BulletinKind
{
    /// <summary>What a month came to in the county.</summary>
    Monthly,

    /// <summary>Units ranked at the end of a quarter.</summary>
    Ranking,

    /// <summary>The card of one unit for a year.</summary>
    Appraisal,
}

public enum BulletinState { Draft, PutForward, Signed, Published, Withdrawn, Replaced, Discarded }

public enum BulletinEvent { Write, Edit, Submit, Remark, Answer, Return, Sign, Publish, Withdraw, Replace, Discard }

/// <summary>A bulletin, ranking or card with its text as it stands.</summary>
public sealed class Bulletin : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>For people: <c>B2020-00001</c>; R of rankings, A of cards.</summary>
    public required string Code { get; init; }

    /// <summary>The county; of the card of a township or village that area.</summary>
    public required string Area { get; init; }

    public required BulletinKind Kind { get; init; }

    /// <summary>The template of the policy, or the set of indicators.</summary>
    public required string Template { get; init; }

    /// <summary>Whose card it is: an area's digits or a department's code; empty otherwise.</summary>
    public required string Unit { get; init; }

    public required DateOnly PeriodFrom { get; init; }
    public required DateOnly PeriodTo { get; init; }

    /// <summary>The day of the figures.</summary>
    public required DateOnly AsOf { get; init; }

    public BulletinState State { get; set; }

    /// <summary><see cref="BulletinContent"/> as JSON. What was signed is these very characters.</summary>
    public required string Content { get; set; }

    public required Guid WrittenBy { get; init; }
    public required string WrittenByName { get; init; }
    public required DateOnly WrittenOn { get; init; }

    /// <summary>Put forward: from here on a unit may answer its card.</summary>
    public DateOnly? SubmittedOn { get; set; }

    public Guid? SignedBy { get; set; }
    public string? SignedByName { get; set; }
    public DateOnly? SignedOn { get; set; }
    public DateOnly? PublishedOn { get; set; }

    /// <summary>SHA-256 in hexadecimal of what was signed, see <see cref="BulletinSeal"/>; null until then.</summary>
    public string? Digest { get; set; }

    /// <summary>The published one that this one corrects.</summary>
    public Guid? ReplacesId { get; init; }

    public long Version { get; set; } = 1;
}

/// <summary>A step of a bulletin. Only ever added.</summary>
public sealed class BulletinStep
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid BulletinId { get; init; }
    public required BulletinEvent Event { get; init; }
    public required BulletinState FromState { get; init; }
    public required BulletinState ToState { get; init; }
    public required Guid UserId { get; init; }
    public required string Actor { get; init; }
    public required DateOnly HappenedOn { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required string Evidence { get; init; }
    public byte[]? NoteEnc { get; init; }
}

internal sealed class BulletinMap : IEntityTypeConfiguration<Bulletin>
{
    public void Configure(EntityTypeBuilder<Bulletin> map)
    {
        map.ToTable("bulletins");
        map.HasKey(b => new { b.County, b.Id });
        map.Property(b => b.Version).IsConcurrencyToken();
    }
}

internal sealed class BulletinStepMap : IEntityTypeConfiguration<BulletinStep>
{
    public void Configure(EntityTypeBuilder<BulletinStep> map)
    {
        map.ToTable("bulletin_steps");
        map.HasKey(s => new { s.County, s.Id });
        map.HasOne<Bulletin>().WithMany().HasForeignKey(s => new { s.County, s.BulletinId });
    }
}
