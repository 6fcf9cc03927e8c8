using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Registry;

/// <summary>A household as lists show it. The other columns are read and written by <see cref="Facts.RegisterRows"/>.</summary>
internal sealed class Household : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Area { get; init; }
    public string? VillageName { get; init; }
    public string? GroupName { get; init; }
    public string? HeadName { get; init; }
    public byte[]? PhoneHash { get; init; }
    public byte[]? HeadIdHash { get; init; }
    public string? Status { get; init; }
    public required string MonCat { get; init; }
    public string? ElimState { get; init; }
}

/// <inheritdoc cref="Household"/>
internal sealed class Member : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string Area { get; init; }
    public required Guid HouseholdId { get; init; }
    public string? Name { get; init; }
    public string? Initials { get; init; }
    public byte[]? IdHash { get; init; }
    public byte[]? PhoneHash { get; init; }
    public required string Life { get; init; }

    public static readonly string Normal = nameof(LifeState.Normal);
}

internal sealed class HouseholdMap : IEntityTypeConfiguration<Household>
{
    public void Configure(EntityTypeBuilder<Household> map)
    {
        map.ToTable("households");
        map.HasKey(h => new { h.County, h.Id });
    }
}

internal sealed class MemberMap : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> map)
    {
        map.ToTable("members");
        map.HasKey(m => new { m.County, m.Id });
    }
}
