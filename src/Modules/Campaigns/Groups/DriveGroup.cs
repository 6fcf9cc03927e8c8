using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Campaigns.Groups;

/// <summary>A group of the county in a drive: leaders who answer for townships, or who supervise them. Its members are those of the county's group.</summary>
public sealed class DriveGroup
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid CampaignId { get; init; }

    /// <summary>A kind of group of the plan.</summary>
    public required string Kind { get; init; }

    /// <summary>The county's group.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>As the county's group was called when it was taken over.</summary>
    public required string Name { get; init; }

    /// <summary>Codes of townships, parted by commas.</summary>
    public required string Areas { get; set; }

    /// <summary>Codes of departments, parted by commas; often empty.</summary>
    public required string Departments { get; set; }

    public required DateOnly TakenOn { get; init; }
    public required string TakenBy { get; init; }

    /// <summary>Null while it goes on.</summary>
    public DateOnly? EndedOn { get; set; }

    public long Version { get; set; } = 1;

    internal IReadOnlyList<AreaCode> AreasOf() => [.. Words(Areas).Select(a => new AreaCode(a))];

    internal IReadOnlyList<string> DepartmentsOf() => Words(Departments);

    internal bool Covers(AreaCode area) => AreasOf().Any(a => a.Contains(area));

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A visit of a group to one of its townships 督导. Only ever added.</summary>
public sealed class SupervisionVisit : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid CampaignId { get; init; }
    public required Guid GroupId { get; init; }

    /// <summary>The township, or the village in it that was visited.</summary>
    public required string Area { get; init; }

    public required DateOnly VisitedOn { get; init; }

    /// <summary>What was found. Encrypted, since it may speak of households.</summary>
    public required byte[] WordsEnc { get; init; }

    /// <summary>JSON array: the problems of the ledger it gave rise to.</summary>
    public required string Issues { get; init; }

    public required Guid RecordedBy { get; init; }
    public required string RecordedByName { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    internal IReadOnlyList<Guid> IssuesOf() => JsonSerializer.Deserialize<List<Guid>>(Issues, JsonTexts.Options)!;
}

internal sealed class DriveGroupMap : IEntityTypeConfiguration<DriveGroup>
{
    public void Configure(EntityTypeBuilder<DriveGroup> map)
    {
        map.ToTable("campaign_groups");
        map.HasKey(g => new { g.County, g.Id });
        map.Property(g => g.Version).IsConcurrencyToken();
        map.HasOne<Campaign>().WithMany().HasForeignKey(g => new { g.County, g.CampaignId });
    }
}

internal sealed class SupervisionVisitMap : IEntityTypeConfiguration<SupervisionVisit>
{
    public void Configure(EntityTypeBuilder<SupervisionVisit> map)
    {
        map.ToTable("campaign_supervision");
        map.HasKey(v => new { v.County, v.Id });
        map.HasOne<Campaign>().WithMany().HasForeignKey(v => new { v.County, v.CampaignId });
        map.HasOne<DriveGroup>().WithMany().HasForeignKey(v => new { v.County, v.GroupId });
    }
}
