using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Ledger.Books;

/// <summary>A list of another level that somebody brought for a reconciliation. It is kept, so that the result can be opened, printed and taken away again.</summary>
internal sealed class KeptList : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The area of whoever brought it; who sees that area may open it.</summary>
    public required string Area { get; init; }

    /// <summary>The file's name; null for what was pasted.</summary>
    public string? Name { get; init; }

    /// <summary>The content, among the stored files.</summary>
    public required string Hash { get; init; }

    public required DateOnly TakenOn { get; init; }
    public required DateTimeOffset TakenAt { get; init; }
    public required Guid UserId { get; init; }
    public required string Actor { get; init; }
}

internal sealed class KeptListMap : IEntityTypeConfiguration<KeptList>
{
    public void Configure(EntityTypeBuilder<KeptList> map)
    {
        map.ToTable("ledger_lists");
        map.HasKey(l => new { l.County, l.Id });
    }
}
