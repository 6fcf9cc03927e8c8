using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Modules.Notices.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Notices;

/// <summary>A list hung out in a village for objections 公示. It hangs once, in the village, and says nothing private.</summary>
public sealed class Notice : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>For people and for the public page: <c>N2020-00012</c>.</summary>
    public required string Code { get; init; }

    public required string Area { get; init; }
    public required NoticeKind Kind { get; init; }
    public required string Title { get; init; }
    public required string Body { get; init; }
    public required string Place { get; init; }
    public required string Contact { get; init; }

    /// <summary>JSON array of lines.</summary>
    public required string Lines { get; init; }

    public required DateOnly FromOn { get; init; }

    /// <summary>The day on which the time the policy demanded at publication is over.</summary>
    public required DateOnly EarliestEndOn { get; init; }

    public DateOnly? ClosedOn { get; set; }

    /// <summary>Taken down because nothing on it was to be decided any more, so it may have hung for less than its time.</summary>
    public bool Withdrawn { get; set; }

    /// <summary>JSON array of content hashes: the board as it hung.</summary>
    public string Photos { get; set; } = "[]";

    public required Guid PublishedBy { get; init; }
    public required string PublishedByName { get; init; }
    public long Version { get; set; } = 1;
}

/// <summary>Whether an objection was right.</summary>
public enum ObjectionState { Open, Founded, Unfounded }

/// <summary>What somebody said against a line of a notice 异议.</summary>
public sealed class Objection : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>What the person keeps to see the answer.</summary>
    public required string Receipt { get; init; }

    public required Guid NoticeId { get; init; }
    public required Guid SubjectId { get; init; }
    public required Guid HouseholdId { get; init; }
    public required string Area { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateOnly ReceivedOn { get; init; }
    public required DateOnly DueOn { get; init; }

    /// <summary>Encrypted JSON: name and phone as given, both optional, and the words.</summary>
    public required byte[] WordsEnc { get; init; }

    public ObjectionState State { get; set; } = ObjectionState.Open;

    /// <summary>Encrypted.</summary>
    public byte[]? FindingEnc { get; set; }

    public string? HandledBy { get; set; }
    public DateOnly? HandledOn { get; set; }
    public long Version { get; set; } = 1;
}

internal sealed class NoticeMap : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> map)
    {
        map.ToTable("notices");
        map.HasKey(n => new { n.County, n.Id });
        map.Property(n => n.Version).IsConcurrencyToken();
    }
}

internal sealed class ObjectionMap : IEntityTypeConfiguration<Objection>
{
    public void Configure(EntityTypeBuilder<Objection> map)
    {
        map.ToTable("objections");
        map.HasKey(o => new { o.County, o.Id });
        map.HasOne<Notice>().WithMany().HasForeignKey(o => new { o.County, o.NoticeId });
        map.Property(o => o.Version).IsConcurrencyToken();
    }
}
