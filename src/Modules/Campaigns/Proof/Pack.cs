using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Campaigns.Proof;

/// <summary>One township in a pack.</summary>
public sealed record ProvenPlace(string Area, string Name, PlaceFigures Figures, int Sampled, int Agrees, int Differs, int SheetsSigned, int Sheets);

public sealed record ProvenStep(DateOnly On, Text What, string By, string? Words);

public sealed record ProvenTeam(Text Kind, int Teams, int Members);

/// <param name="Members">Names with posts, those who lead first.</param>
/// <param name="Problems">Of the ledger, found on its visits.</param>
public sealed record ProvenGroup(Text Kind, string Name, IReadOnlyList<string> Townships, IReadOnlyList<Text> Departments, IReadOnlyList<string> Members, int Visits, int Problems);

public sealed record ProvenSelfChecks(int Villages, int Tables, int Differing);

public sealed record ProvenSheet(Text Title, string For, int Revision, string? Hash, SheetSignature[] Signatures, bool Complete);

public sealed record SheetSignature(Text Role, string Name, DateOnly On);

public sealed record ProvenSample(int Number, string Seed, string Percent, int Least, int Frame, string FrameHash, int Drawn, int Agrees, int Differs, DateOnly On);

public sealed record ProvenReport(Text Department, DateOnly? FiledOn, string? Hash);

public sealed record ProvenItem(Text Title, int Fine, int Problem, int Open);

/// <summary>A drive as it stood: planned, visited, found, mended, signed, sampled, still open. Names of households are not in it.</summary>
public sealed record PackContents(
    string Code, string Name, Text Plan, Text Source, CampaignState State, string County, string? Scope, IReadOnlyList<string> Areas, IReadOnlyList<StageDays> Stages, DateOnly AsOf, PlaceFigures Whole,
    IReadOnlyList<ProvenPlace> Places, IReadOnlyList<DayFigures> Days, IReadOnlyList<ProvenTeam> Teams, IReadOnlyList<ProvenItem> Checklist, int Reviews, int Examinations, int VillageTables, int VillageTablesDone,
    IReadOnlyList<ProvenSample> Samples, IReadOnlyList<ProvenSheet> Sheets, IReadOnlyList<ProvenReport> Reports, IReadOnlyList<ProvenStep> Steps, IReadOnlyList<Text> Open)
{
    /// <summary>Groups over townships; none in packs of before there were any.</summary>
    public IReadOnlyList<ProvenGroup> Groups { get; init; } = [];

    /// <summary>The condition on households in plain words; null for all, and in packs of before it was kept.</summary>
    public Text? ScopeWords { get; init; }

    /// <summary>Problems, findings and sheets of the county itself, which lie in no township; null where there are none, and in packs of before they were told apart.</summary>
    public ProvenPlace? Above { get; init; }

    /// <summary>Villages that compared paper tables with the register on a phone, the tables, and the households that differed.</summary>
    public ProvenSelfChecks? SelfChecks { get; init; }

    internal string Write() => JsonSerializer.Serialize(this, JsonTexts.Options);

    internal static PackContents Read(string json) => JsonSerializer.Deserialize<PackContents>(json, JsonTexts.Options)!;

    /// <summary>SHA-256 of the contents as they are stored.</summary>
    internal static string HashOf(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}

/// <summary>A proof pack 佐证材料. Never changed: a later one is another pack.</summary>
public sealed class Pack
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid CampaignId { get; init; }

    /// <summary>1 for the first of the drive.</summary>
    public required int Number { get; init; }

    /// <summary>JSON of <see cref="PackContents"/>.</summary>
    public required string Contents { get; init; }

    public required string Hash { get; init; }

    /// <summary>The content hash of the file; null until one was printed.</summary>
    public string? Pdf { get; set; }

    public required DateOnly MadeOn { get; init; }
    public required Guid MadeBy { get; init; }
    public required string MadeByName { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The contents are those that were hashed.</summary>
    internal bool IsWhole => PackContents.HashOf(Contents) == Hash;
}

internal sealed class PackMap : IEntityTypeConfiguration<Pack>
{
    public void Configure(EntityTypeBuilder<Pack> map)
    {
        map.ToTable("campaign_packs");
        map.HasKey(p => new { p.County, p.Id });
        map.HasOne<Campaign>().WithMany().HasForeignKey(p => new { p.County, p.CampaignId });
    }
}
