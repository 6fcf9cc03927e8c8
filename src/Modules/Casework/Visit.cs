using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>A visit to a household 入户走访. Never changed once recorded; a mistake is put right by another visit.</summary>
public sealed class Visit : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid HouseholdId { get; init; }
    public required string Area { get; init; }
    public required DateOnly VisitedOn { get; init; }
    public required VisitPurpose Purpose { get; init; }
    public required VisitMode Mode { get; init; }

    /// <summary>JSON: account (where there is one), name and unit of each visitor.</summary>
    public required string Visitors { get; init; }

    public required int VisitorCount { get; init; }

    /// <summary>Yearly net income of the household as estimated on the spot; null when not asked.</summary>
    public Money? IncomeFen { get; init; }

    /// <summary>JSON object, subject → finding.</summary>
    public required string Findings { get; init; }

    public required bool HasProblem { get; init; }
    public required bool CardOnWall { get; init; }
    public required bool YardClean { get; init; }

    /// <summary>Whether the household is satisfied with the help; null when not asked.</summary>
    public bool? Satisfied { get; init; }

    /// <summary>Content hash of the household's signature, needed for verification and elimination.</summary>
    public string? Signature { get; init; }

    /// <summary>JSON array of content hashes.</summary>
    public required string Photos { get; init; }

    /// <summary>Encrypted JSON: who was spoken to, what was said about each subject, wishes.</summary>
    public byte[]? NotesEnc { get; init; }

    public required Guid RecordedBy { get; init; }
    public required string RecordedByName { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

internal sealed class VisitMap : IEntityTypeConfiguration<Visit>
{
    public void Configure(EntityTypeBuilder<Visit> map)
    {
        map.ToTable("visits");
        map.HasKey(v => new { v.County, v.Id });
    }

    /// <summary>Stores visits together, in the open transaction.</summary>
    public static Task Write(ShouwangDb db, IEnumerable<Visit> visits, CancellationToken cancel) => new BulkInsert(db, "visits",
        ("county", ColumnType.Text), ("id", ColumnType.Uuid), ("household_id", ColumnType.Uuid), ("area", ColumnType.Text), ("visited_on", ColumnType.Date),
        ("purpose", ColumnType.Text), ("mode", ColumnType.Text), ("visitors", ColumnType.Text), ("visitor_count", ColumnType.Integer), ("income_fen", ColumnType.BigInt),
        ("findings", ColumnType.Text), ("has_problem", ColumnType.Boolean), ("card_on_wall", ColumnType.Boolean), ("yard_clean", ColumnType.Boolean),
        ("satisfied", ColumnType.Boolean), ("signature", ColumnType.Text), ("photos", ColumnType.Text), ("notes_enc", ColumnType.Bytes),
        ("recorded_by", ColumnType.Uuid), ("recorded_by_name", ColumnType.Text), ("recorded_at", ColumnType.BigInt))
        .Write(visits.Select(v => new object?[]
        {
            v.County, v.Id, v.HouseholdId, v.Area, v.VisitedOn, v.Purpose.ToString(), v.Mode.ToString(), v.Visitors, v.VisitorCount, v.IncomeFen?.Fen, v.Findings,
            v.HasProblem, v.CardOnWall, v.YardClean, v.Satisfied, v.Signature, v.Photos, v.NotesEnc, v.RecordedBy, v.RecordedByName, v.RecordedAt.ToUnixTimeMilliseconds(),
        }), cancel);
}
