using System.Data.Common;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Receiving;

/// <summary>Stores submissions and reads back how they stand.</summary>
/// <remarks>
/// No event is logged here: its place in the county's chain would make every phone wait for every other writer of the county. The chain
/// gets the hashes of what was received when it is applied, many at a time.
/// </remarks>
internal sealed class Submissions(ShouwangDb db, Secrets secrets, Today today)
{
    // So many rows go to PostgreSQL in one statement without a temporary table.
    private const int Chunk = 100;

    private static readonly Text OtherContent = new(
        "已收到过同一编号、内容不同的一份，两份都已保存待核。", "Something else came under the same id before; both are kept for somebody to look at.");

    private static readonly (string, ColumnType)[] Columns =
    [
        ("county", ColumnType.Text), ("id", ColumnType.Uuid), ("hash", ColumnType.Text), ("batch_id", ColumnType.Uuid), ("device_id", ColumnType.Uuid),
        ("user_id", ColumnType.Uuid), ("area", ColumnType.Text), ("kind", ColumnType.Text), ("app", ColumnType.Text), ("about_id", ColumnType.Uuid),
        ("made_at", ColumnType.BigInt), ("received_at", ColumnType.BigInt), ("state", ColumnType.Text), ("notes", ColumnType.Text),
        ("content_enc", ColumnType.Bytes), ("sealed", ColumnType.Bytes), ("tries", ColumnType.Integer), ("not_before", ColumnType.BigInt), ("changed_at", ColumnType.BigInt),
    ];

    /// <summary>Stores what several phones of a county hand in, in one transaction, and gives each its receipts.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Receipt>>> Add(string county, IReadOnlyList<(Sender From, IReadOnlyList<Incoming> Items)> handed, CancellationToken cancel)
    {
        var (batch, now) = (Guid.CreateVersion7(), today.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        // In the order of ids, so that two servers that are sent the same things do not wait for each other crosswise.
        var rows = handed.SelectMany(h => h.Items.Select(i => (h.From, Item: i))).OrderBy(r => r.Item.Id)
            .Select(r => RowOf(r.From, r.Item, batch, now)).ToList();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var chunk in rows.Chunk(Chunk))
            await new BulkUpsert(db, "field_submissions", ["county", "id", "hash"], Columns) { KeepsFirst = true }.Write(chunk, cancel);
        var stored = await Stored(county, handed.SelectMany(h => h.Items.Select(i => i.Id)).Distinct().ToList(), cancel);
        await HoldOthers(county, stored, batch, cancel);
        await transaction.CommitAsync(cancel);

        var seen = new HashSet<(Guid, string)>();
        return [.. handed.Select(h => (IReadOnlyList<Receipt>)[.. h.Items.Select(i =>
        {
            var (receipt, of) = stored[(i.Id, i.Hash)];
            return receipt with { Repeated = !seen.Add((i.Id, i.Hash)) || of != batch };
        })])];
    }

    /// <summary>What became of a user's submissions since a cursor. The cursor overlaps: what was told once may be told again.</summary>
    public async Task<(string Cursor, IReadOnlyList<Receipt> Receipts)> Since(string county, Guid user, string? cursor, CancellationToken cancel)
    {
        const int Most = 500;
        var from = long.TryParse(cursor, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var at) ? at : 0;
        var (receipts, last) = (new List<Receipt>(), from);
        await db.Read($"""
            select id, hash, received_at, state, notes, changed_at from field_submissions
            where county = @county and user_id = @user and changed_at >= @from order by changed_at, id limit {Most}
            """, row =>
        {
            receipts.Add(Read(row) with { Repeated = true });
            last = row.GetInt64(5);
        }, cancel, ("@county", county), ("@user", user), ("@from", from));
        // A transaction that began earlier may commit later; so the cursor stays behind, unless so much waits that it has to move on.
        var safe = receipts.Count == Most ? last : Math.Min(last, today.Clock.GetUtcNow().AddMinutes(-1).ToUnixTimeMilliseconds());
        return (Math.Max(from, safe).ToString(System.Globalization.CultureInfo.InvariantCulture), receipts);
    }

    private async Task<Dictionary<(Guid, string), (Receipt Receipt, Guid Batch)>> Stored(string county, List<Guid> ids, CancellationToken cancel)
    {
        var stored = new Dictionary<(Guid, string), (Receipt, Guid)>();
        await db.Read($"""
            select id, hash, received_at, state, notes, batch_id from field_submissions where county = @county and {db.Among("id", "@ids")} order by id, received_at, hash
            """, row => stored.Add((row.GetGuid(0), row.GetString(1)), (Read(row), row.GetGuid(5))), cancel, ("@county", county), ("@ids", db.KeysOf(ids)));
        return stored;
    }

    // Of several contents under one id the first that came is applied; the others are kept for somebody to look at.
    private async Task HoldOthers(string county, Dictionary<(Guid Id, string Hash), (Receipt Receipt, Guid Batch)> stored, Guid batch, CancellationToken cancel)
    {
        foreach (var same in stored.GroupBy(s => s.Key.Id).Where(g => g.Count() > 1).ToList())
        {
            foreach (var (key, (receipt, of)) in same.OrderBy(s => s.Value.Batch == batch).ThenBy(s => s.Value.Receipt.ReceivedAt).Skip(1).Where(s => s.Value.Batch == batch).ToList())
            {
                var held = receipt with { State = SubmissionState.Held, Notes = [.. receipt.Notes, OtherContent] };
                await db.Execute("update field_submissions set state = @state, notes = @notes where county = @county and id = @id and hash = @hash", cancel,
                    ("@state", held.State), ("@notes", Notes.Write(held.Notes)), ("@county", county), ("@id", key.Id), ("@hash", key.Hash));
                stored[key] = (held, of);
            }
        }
    }

    private object?[] RowOf(Sender from, Incoming item, Guid batch, long now) =>
    [
        from.County, item.Id, item.Hash, batch, from.Device, from.User, from.Area, item.Kind, item.App, item.About, item.MadeAt?.ToUnixTimeMilliseconds(), now,
        item.Problem is null ? SubmissionState.Received : SubmissionState.Held, item.Problem is { } problem ? Notes.Write([problem]) : "[]",
        item.Content is null ? null : secrets.Pack(item.Content), item.Sealed, 0, 0L, now,
    ];

    private static Receipt Read(DbDataReader row) => new(
        row.GetGuid(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), row.GetString(3), false, Notes.Read(row.GetString(4)));
}
