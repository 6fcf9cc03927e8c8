using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Organisation.Groups;

/// <summary>A group: a leading group, a working group, a resident team, the staff of a township.</summary>
public sealed class OrgGroup : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The area it belongs to; of a resident team the village it is posted to.</summary>
    public required string Area { get; init; }

    /// <summary>A kind of group of the policy.</summary>
    public required string Kind { get; init; }

    public Guid? ParentId { get; init; }
    public required string Name { get; set; }

    /// <summary>The unit that leads it; of a resident team the one that posts it 派出单位.</summary>
    public string? Unit { get; set; }

    /// <summary>The document that set it up.</summary>
    public string? Basis { get; set; }

    public required DateOnly FromOn { get; init; }

    /// <summary>The last day; null while it goes on.</summary>
    public DateOnly? ToOn { get; set; }

    public required string SetBy { get; init; }
    public long Version { get; set; } = 1;
}

/// <summary>A member of a group, from a day to a day.</summary>
public sealed class OrgMember
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid GroupId { get; init; }

    /// <summary>The account, where the person has one.</summary>
    public Guid? UserId { get; init; }

    public required string Person { get; init; }

    /// <summary>The person's office elsewhere 职务, such as secretary of the township.</summary>
    public required string Post { get; init; }

    public required string Unit { get; init; }

    /// <summary>A role of the group's kind.</summary>
    public required string Role { get; init; }

    public required DateOnly FromOn { get; init; }

    /// <summary>The last day; null for who is a member now.</summary>
    public DateOnly? ToOn { get; set; }

    public required string SetBy { get; init; }
    public long Version { get; set; } = 1;

    internal bool IsThereOn(DateOnly day) => FromOn <= day && (ToOn is null || ToOn >= day);
}

/// <summary>A leader who looks after an area 联点, from a day to a day.</summary>
public sealed class AreaLink : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required string Area { get; init; }

    /// <summary>A kind of link of the policy.</summary>
    public required string Kind { get; init; }

    public Guid? UserId { get; init; }
    public required string Person { get; init; }
    public required string Post { get; init; }
    public required string Unit { get; init; }
    public required DateOnly FromOn { get; init; }
    public DateOnly? ToOn { get; set; }
    public required string SetBy { get; init; }
    public long Version { get; set; } = 1;
}

internal sealed class OrgGroupMap : IEntityTypeConfiguration<OrgGroup>
{
    public void Configure(EntityTypeBuilder<OrgGroup> map)
    {
        map.ToTable("org_groups");
        map.HasKey(g => new { g.County, g.Id });
        map.Property(g => g.Version).IsConcurrencyToken();
    }
}

internal sealed class OrgMemberMap : IEntityTypeConfiguration<OrgMember>
{
    public void Configure(EntityTypeBuilder<OrgMember> map)
    {
        map.ToTable("org_members");
        map.HasKey(m => new { m.County, m.Id });
        map.HasOne<OrgGroup>().WithMany().HasForeignKey(m => new { m.County, m.GroupId });
        map.Property(m => m.Version).IsConcurrencyToken();
    }
}

internal sealed class AreaLinkMap : IEntityTypeConfiguration<AreaLink>
{
    public void Configure(EntityTypeBuilder<AreaLink> map)
    {
        map.ToTable("area_links");
        map.HasKey(l => new { l.County, l.Id });
        map.Property(l => l.Version).IsConcurrencyToken();
    }
}
