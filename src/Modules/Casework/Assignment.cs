using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Casework;

/// <summary>A person who answers for a household by name, from a day on until handed over.</summary>
public sealed class Assignment : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    public required string Area { get; init; }
    public required Post Post { get; init; }

    /// <summary>The account, where the person has one: it then sees the household.</summary>
    public Guid? UserId { get; init; }

    public required string Person { get; init; }
    public required string Unit { get; init; }
    public byte[]? PhoneEnc { get; init; }
    public required DateOnly FromOn { get; init; }

    /// <summary>The last day; null for who answers today.</summary>
    public DateOnly? ToOn { get; set; }

    /// <summary>Why it was handed over, and what the next person has to know.</summary>
    public string? HandedOver { get; set; }

    public required string SetBy { get; init; }
    public long Version { get; set; } = 1;
}

internal sealed class AssignmentMap : IEntityTypeConfiguration<Assignment>
{
    public void Configure(EntityTypeBuilder<Assignment> map)
    {
        map.ToTable("assignments");
        map.HasKey(a => new { a.County, a.Id });
        map.Property(a => a.Version).IsConcurrencyToken();
    }
}
