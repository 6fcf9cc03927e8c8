using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shouwang.Modules.Ledger.Entering;

/// <summary>A finding or lead that a problem stands for.</summary>
internal sealed class IssueSubject
{
    public required string County { get; init; }
    public required Guid IssueId { get; init; }

    /// <summary>The finding or lead.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>The rule of entry.</summary>
    public required string Rule { get; init; }

    /// <summary>By which people know it; null where they do not.</summary>
    public string? Code { get; init; }

    public Guid? HouseholdId { get; init; }

    /// <summary>Since when it was there, as its module says.</summary>
    public required DateOnly Since { get; init; }

    public required DateOnly EnteredOn { get; init; }

    /// <summary>When it was looked for and not found any more; null while it stands.</summary>
    public DateOnly? GoneOn { get; set; }
}

internal sealed class IssueSubjectMap : IEntityTypeConfiguration<IssueSubject>
{
    public void Configure(EntityTypeBuilder<IssueSubject> map)
    {
        map.ToTable("issue_subjects");
        map.HasKey(s => new { s.County, s.IssueId, s.SubjectId });
        map.HasOne<Issue>().WithMany().HasForeignKey(s => new { s.County, s.IssueId });
    }
}
