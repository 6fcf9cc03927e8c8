using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Imports;

/// <summary>One kind of data in one uploaded file, and how far it has come.</summary>
internal sealed class Import : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required string Area { get; init; }
    public required string FileName { get; init; }

    /// <summary>Under which the content lies among the files.</summary>
    public required string ContentHash { get; init; }

    public required long Bytes { get; init; }
    public string? Kind { get; set; }
    public ImportState State { get; set; }

    /// <summary>The day the data stand for: as stated in the file, else the day asked for at upload.</summary>
    public required DateOnly AsOfOn { get; set; }

    public DateOnly? WindowFromOn { get; set; }
    public DateOnly? WindowToOn { get; set; }

    /// <summary>The source of its facts in the policy's order.</summary>
    public string? Source { get; set; }

    /// <summary>Whose remembered mappings apply.</summary>
    public required string Sender { get; init; }

    public string? Signature { get; set; }

    /// <summary>A <c>FileMapping</c> as JSON; null until it is certain.</summary>
    public string? Mapping { get; set; }

    public string? MappingHash { get; set; }

    /// <summary>What somebody said about the file, for the mapping page to start from.</summary>
    public string? Proposals { get; set; }

    public int RowCount { get; set; }
    public int Warned { get; set; }
    public int Refused { get; set; }
    public int ById { get; set; }
    public int ByHousehold { get; set; }
    public int ByName { get; set; }
    public int Doubtful { get; set; }
    public int Unmatched { get; set; }

    /// <summary>Why it failed or has to wait, as JSON.</summary>
    public string? Problem { get; set; }

    /// <summary>The process that is running it.</summary>
    public string? Worker { get; set; }

    public required DateTimeOffset UploadedAt { get; init; }
    public required string UploadedBy { get; init; }
    public DateTimeOffset? AppliedAt { get; set; }
    public string? AppliedBy { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }
    public string? UndoneBy { get; set; }

    public ImportCounts Counts
    {
        get => new(RowCount, Warned, Refused, ById, ByHousehold, ByName, Doubtful, Unmatched);
        set => (RowCount, Warned, Refused, ById, ByHousehold, ByName, Doubtful, Unmatched) =
            (value.Rows, value.Warned, value.Refused, value.ById, value.ByHousehold, value.ByName, value.Doubtful, value.Unmatched);
    }

    public ImportSummary Summary(Text? kindTitle = null, bool repeated = false) => new(
        Id, new(Area), FileName, Kind, kindTitle, State, AsOfOn, Counts, UploadedAt, UploadedBy, AppliedAt, UndoneAt,
        Problem is null ? null : StoredProblem.Read(Problem), repeated);
}

/// <summary>A problem in a text column.</summary>
internal static class StoredProblem
{
    public static string Write(Problem problem) => System.Text.Json.JsonSerializer.Serialize(problem, Platform.Storage.JsonTexts.Options);

    public static Problem Read(string json) => System.Text.Json.JsonSerializer.Deserialize<Problem>(json, Platform.Storage.JsonTexts.Options)!;
}

internal sealed class ImportMap : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> map)
    {
        map.ToTable("imports");
        map.HasKey(i => new { i.County, i.Id });
        map.Ignore(i => i.Counts);
    }
}
