using Shouwang.Platform;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Bundle;

/// <summary>What a phone holds since a bundle.</summary>
/// <param name="Cards">The beginning of each card's hash, by household.</param>
internal sealed record Held(string PolicyHash, IReadOnlyDictionary<Guid, ulong> Cards);

/// <summary>Remembers for each phone what its last three bundles left it with, and what it says it holds, however many answers were lost since.</summary>
internal sealed class Cursors(ShouwangDb db, Today today)
{
    private const int Kept = 3, Entry = 24;

    /// <summary>What the phone holds, or null where the cursor is not one of its last.</summary>
    public async Task<Held?> Find(string county, Guid device, string? cursor, CancellationToken cancel)
    {
        Held? held = null;
        if (Guid.TryParse(cursor, out var id))
            await db.Read("select policy_hash, cards from field_cursors where county = @county and device_id = @device and id = @id",
                row => held = new(row.GetString(0), Unpack((byte[])row.GetValue(1))), cancel, ("@county", county), ("@device", device), ("@id", id));
        return held;
    }

    /// <summary>Remembers what the phone will hold.</summary>
    /// <param name="asked">The cursor it asked with: as long as it does, nothing newer has arrived there.</param>
    /// <returns>The cursor.</returns>
    public async Task<string> Keep(string county, Guid device, string? asked, Held held, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7(today.Clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Later than the one before, whatever the clock says: which are the last three must not depend on how ids fall.
        await db.Execute("""
            insert into field_cursors (county, device_id, id, issued_at, policy_hash, cards)
            select @county, @device, @id, case when max(issued_at) >= @now then max(issued_at) + 1 else @now end, @policy, @cards
            from field_cursors where county = @county and device_id = @device
            """, cancel, ("@county", county), ("@device", device), ("@id", id), ("@now", today.Clock.GetUtcNow().ToUnixTimeMilliseconds()),
            ("@policy", held.PolicyHash), ("@cards", Pack(held.Cards)));
        await db.Execute($"""
            delete from field_cursors where county = @county and device_id = @device and id <> @asked and id not in
                (select id from field_cursors where county = @county and device_id = @device order by issued_at desc, id desc limit {Kept})
            """, cancel, ("@county", county), ("@device", device), ("@asked", Guid.TryParse(asked, out var presented) ? presented : id));
        await transaction.CommitAsync(cancel);
        return id.ToString();
    }

    private static byte[] Pack(IReadOnlyDictionary<Guid, ulong> cards)
    {
        var bytes = new byte[cards.Count * Entry];
        foreach (var (at, (id, hash)) in cards.Index())
        {
            id.TryWriteBytes(bytes.AsSpan(at * Entry));
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(at * Entry + 16), hash);
        }
        return bytes;
    }

    private static Dictionary<Guid, ulong> Unpack(byte[] bytes)
    {
        var cards = new Dictionary<Guid, ulong>(bytes.Length / Entry);
        for (var at = 0; at < bytes.Length; at += Entry)
            cards[new(bytes.AsSpan(at, 16))] = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at + 16));
        return cards;
    }
}
