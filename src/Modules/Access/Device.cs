using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shouwang.Modules.Access;

/// <summary>A phone on which the field app signs in without a password, until somebody ends it.</summary>
internal sealed class Device
{
    public required string County { get; init; }

    /// <summary>Made on the phone.</summary>
    public required Guid Id { get; init; }

    public required Guid UserId { get; set; }
    public required byte[] TokenHash { get; set; }
    public required string Name { get; set; }

    /// <summary>The version of the app when it last enrolled.</summary>
    public required string App { get; set; }

    public required string Address { get; set; }
    public required DateTimeOffset EnrolledAt { get; set; }
    public required DateTimeOffset SeenAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Sign-in name.</summary>
    public string? EndedBy { get; set; }
}

internal sealed class DeviceMap : IEntityTypeConfiguration<Device>
{
    public void Configure(EntityTypeBuilder<Device> map)
    {
        map.ToTable("devices");
        map.HasKey(d => new { d.County, d.Id });
        map.HasOne<User>().WithMany().HasForeignKey(d => new { d.County, d.UserId });
    }
}
