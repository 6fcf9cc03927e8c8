using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

/// <summary>What somebody reported about a household's hardship, on the public page, by telephone or in a file.</summary>
internal sealed class PublicReport : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>Hash of the receipt code; whoever has the code can follow the case, nobody else.</summary>
    public byte[]? ReceiptHash { get; init; }

    public required string Area { get; init; }
    public Guid? HouseholdId { get; set; }
    public required MatchedBy MatchedBy { get; set; }
    public byte[]? NameEnc { get; init; }
    public byte[]? PhoneEnc { get; init; }
    public byte[]? PhoneHash { get; init; }
    public required string Subject { get; set; }
    public required byte[] WordsEnc { get; init; }

    /// <summary>How it came: <c>page</c>, or the file's own words such as 12317电话.</summary>
    public required string Channel { get; init; }

    public required DateOnly ReceivedOn { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The lead it opened or joined; null while nobody knows whose household it is, and for complaints about others.</summary>
    public Guid? LeadId { get; set; }

    /// <summary>An earlier report of the same household about the same subject in the last 30 days.</summary>
    public Guid? RepeatOf { get; init; }

    public Guid? ImportId { get; init; }
    public int? RowNumber { get; init; }
}

internal sealed class PublicReportMap : IEntityTypeConfiguration<PublicReport>
{
    public void Configure(EntityTypeBuilder<PublicReport> map)
    {
        map.ToTable("public_reports");
        map.HasKey(r => new { r.County, r.Id });
    }
}
