using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Campaigns.Sheets;

/// <summary>One line of a sheet: what it says, and the figure.</summary>
public sealed record LineValue(SheetLine Line, string Value);

/// <summary>Everything that is signed: for whom, and each figure as of a day.</summary>
public sealed record SheetContents(string Campaign, string Sheet, string Area, string? Department, IReadOnlyList<LineValue> Lines)
{
    /// <summary>SHA-256 over the contents written one way only; whoever has the sheet on paper can work it out.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', [Campaign, Sheet, Area, Department ?? "", .. Lines.Select(l => $"{l.Line}={l.Value}")]))));
}

/// <summary>A sign-off sheet 签字背书责任清单 as somebody prepared it. Prepared anew it is another row; old ones and their signatures stay.</summary>
public sealed class Sheet : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid CampaignId { get; init; }

    /// <summary>A sheet of the plan.</summary>
    public required string Term { get; init; }

    public required string Area { get; init; }
    public string? Department { get; init; }

    /// <summary>1 for the first; the latest counts.</summary>
    public required int Revision { get; init; }

    /// <summary>JSON of <see cref="SheetContents"/>.</summary>
    public required string Contents { get; init; }

    public required string Hash { get; init; }
    public required DateOnly PreparedOn { get; init; }
    public required Guid PreparedBy { get; init; }
    public required string PreparedByName { get; init; }

    internal SheetContents ContentsOf() => JsonSerializer.Deserialize<SheetContents>(Contents, JsonTexts.Options)!;
}

/// <summary>Somebody answers for what a sheet says. Never taken back: what was wrong is prepared and signed anew.</summary>
public sealed class Signature
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid SheetId { get; init; }

    /// <summary>Which of the plan's signers it stands for, from 0.</summary>
    public required int Place { get; init; }

    public required Role Role { get; init; }
    public required Guid UserId { get; init; }
    public required string Name { get; init; }

    /// <summary>Of the contents that were signed.</summary>
    public required string Hash { get; init; }

    public required DateOnly SignedOn { get; init; }
    public required DateTimeOffset SignedAt { get; init; }
}

internal sealed class SheetMap : IEntityTypeConfiguration<Sheet>
{
    public void Configure(EntityTypeBuilder<Sheet> map)
    {
        map.ToTable("campaign_sheets");
        map.HasKey(s => new { s.County, s.Id });
        map.HasOne<Campaign>().WithMany().HasForeignKey(s => new { s.County, s.CampaignId });
    }
}

internal sealed class SignatureMap : IEntityTypeConfiguration<Signature>
{
    public void Configure(EntityTypeBuilder<Signature> map)
    {
        map.ToTable("campaign_signatures");
        map.HasKey(s => new { s.County, s.Id });
        map.HasOne<Sheet>().WithMany().HasForeignKey(s => new { s.County, s.SheetId });
    }
}
