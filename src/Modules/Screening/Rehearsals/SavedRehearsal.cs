using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

/// <summary>A rehearsal that somebody kept, to compare it, print it, or have it published.</summary>
internal sealed class SavedRehearsal : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The area of whoever made it; the figures are of this area, or of the parts of it that were asked for.</summary>
    public required string Area { get; init; }

    /// <summary>Published for this county from a rehearsal of a larger area, which has the same id; null where it was made.</summary>
    public string? FromArea { get; init; }

    public required string Title { get; init; }

    /// <summary><see cref="RehearsalAsk.Query"/>.</summary>
    public required string Asked { get; init; }

    /// <summary>The day it was tried for.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>JSON of the <see cref="Contracts.RehearsalFigures"/> as they were then.</summary>
    public required string Figures { get; init; }

    public required Guid MadeBy { get; init; }

    /// <summary>Sign-in name.</summary>
    public required string Maker { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The first day on which it holds; null as long as it is not published.</summary>
    public DateOnly? FromOn { get; set; }

    public Guid? VersionId { get; set; }
    public string? PublishedBy { get; set; }
    public DateOnly? PublishedOn { get; set; }
    public long Version { get; set; } = 1;

    /// <summary>What was asked.</summary>
    public RehearsalAsk Ask => RehearsalAsk.Parse(Asked);

    /// <summary>The same, for somebody who may have a larger area than whoever made it.</summary>
    public RehearsalAsk AskBy(Actor actor) => Ask is { Areas.Count: 0 } ask && Area != actor.Area.Digits && actor.Sees(new(Area)) ? ask with { Areas = [Area] } : Ask;
}

internal sealed class SavedRehearsalMap : IEntityTypeConfiguration<SavedRehearsal>
{
    public void Configure(EntityTypeBuilder<SavedRehearsal> map)
    {
        map.ToTable("rehearsals");
        map.HasKey(r => new { r.County, r.Id });
        map.Property(r => r.Version).IsConcurrencyToken();
        map.Ignore(r => r.Ask);
    }
}
