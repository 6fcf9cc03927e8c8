using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry.Facts;

/// <summary>Reading and adding rows of <c>statements</c>.</summary>
internal sealed class StatementStore(ShouwangDb db, Secrets secrets)
{
    [ThreadStatic]
    private static System.Buffers.ArrayBufferWriter<byte>? _json;

    /// <summary>The statements about subjects that count: those of withdrawn imports do not.</summary>
    public async Task<Dictionary<Guid, List<KeptStatement>>> Live(Subject subject, string county, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var found = new Dictionary<Guid, List<KeptStatement>>();
        if (ids.Count == 0)
            return found;
        await db.Read($"""
            select s.subject_id, s.id, s.source, s.source_ref, s.observed_on, s.recorded_at, s.recorded_by, s.import_id, s.content_hash, s.values_enc
            from statements s
            where s.county = @county and {db.Among("s.subject_id", "@ids")}
              and not exists (select 1 from withdrawn_imports w where w.county = s.county and w.import_id = s.import_id)
            """, row =>
        {
            var values = (byte[])row.GetValue(9);
            if (!found.TryGetValue(row.GetGuid(0), out var statements))
                found.Add(row.GetGuid(0), statements = []);
            statements.Add(new(() => Said.FromJson(subject, secrets.Decrypt(values)!))
            {
                Id = row.GetGuid(1), Source = row.GetString(2), Reference = row.IsDBNull(3) ? null : row.GetString(3),
                ObservedOn = row.GetFieldValue<DateOnly>(4), RecordedAt = row.GetInt64(5), RecordedBy = row.GetString(6),
                Import = row.IsDBNull(7) ? null : row.GetGuid(7), Hash = (byte[])row.GetValue(8),
            });
        }, cancel, ("@county", county), ("@ids", db.KeysOf(ids)));
        foreach (var statements in found.Values)
            statements.Sort((a, b) => (a.ObservedOn, a.RecordedAt).CompareTo((b.ObservedOn, b.RecordedAt)));
        return found;
    }

    /// <summary>
    /// The statement to add to those there are, with its row; or null when its source said just that last on that day.
    /// </summary>
    public (KeptStatement Kept, object?[] Row)? Next(
        Subject subject, StatementContext context, Guid id, Incoming incoming, IReadOnlyList<KeptStatement> before, long now)
    {
        var json = _json ??= new(1024);
        json.ResetWrittenCount();
        var content = incoming.Said.WriteJson(json);
        var hash = secrets.Hash(json.WrittenSpan[..content]);
        KeptStatement? last = null;
        foreach (var earlier in before)
        {
            if (earlier.Source == incoming.Source && earlier.ObservedOn == incoming.ObservedOn && (last is null || earlier.IsLaterThan(last)))
                last = earlier;
            now = Math.Max(now, earlier.RecordedAt + 1);
        }
        if (last is not null && last.Hash.AsSpan().SequenceEqual(hash))
            return null;
        var said = incoming.Said;
        var kept = new KeptStatement(() => said)
        {
            Id = Guid.CreateVersion7(), Source = incoming.Source, Reference = incoming.Reference, ObservedOn = incoming.ObservedOn,
            RecordedAt = now, RecordedBy = incoming.By ?? context.Actor, Import = context.Import, Hash = hash,
        };
        return (kept,
        [
            context.County, id, kept.Id, subject.IsMember, kept.Source, kept.Reference, kept.ObservedOn, kept.RecordedAt, kept.RecordedBy,
            kept.Import, hash, secrets.Encrypt(json.WrittenSpan),
        ]);
    }

    public Task Add(IEnumerable<object?[]> rows, CancellationToken cancel) => new BulkInsert(db, "statements",
        ("county", ColumnType.Text), ("subject_id", ColumnType.Uuid), ("id", ColumnType.Uuid), ("member", ColumnType.Boolean),
        ("source", ColumnType.Text), ("source_ref", ColumnType.Text), ("observed_on", ColumnType.Date), ("recorded_at", ColumnType.BigInt),
        ("recorded_by", ColumnType.Text), ("import_id", ColumnType.Uuid), ("content_hash", ColumnType.Bytes), ("values_enc", ColumnType.Bytes))
        .Write(rows, cancel);
}

/// <summary>A statement on its way in.</summary>
/// <param name="Code">Names the subject.</param>
/// <param name="Id">The id a new subject shall have, or null for a fresh one.</param>
/// <param name="By">Who says it; null for the context's actor.</param>
internal sealed record Incoming(string Code, Guid? Id, string Source, string? Reference, DateOnly ObservedOn, Said Said, string? By = null);
