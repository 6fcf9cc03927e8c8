using Shouwang.Modules.Field.Receiving;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Applying;

/// <summary>Rows of <c>field_submissions</c> for those who apply them.</summary>
internal sealed class WaitingSubmissions(ShouwangDb db, Secrets secrets, Today today)
{
    /// <summary>After so many failures a submission is held, for somebody to look at.</summary>
    public const int MostTries = 6;

    // What is waited for may arrive in the very moment in which it is found missing; so the wait is looked at again in any case.
    private const long LookAgain = 10 * 60_000;

    /// <summary>A row to be applied.</summary>
    public sealed record Row(string County, Guid Id, string Hash, string Kind, Guid User, DateTimeOffset ReceivedAt, byte[] Content, int Tries);

    /// <summary>Counties in which something can be applied now.</summary>
    public async Task<IReadOnlyList<string>> Counties(CancellationToken cancel)
    {
        var found = new List<string>();
        await db.Read("select distinct county from field_submissions where state = 'received' and not_before <= @now",
            row => found.Add(row.GetString(0)), cancel, ("@now", Now));
        return found;
    }

    /// <summary>The longest waiting of a county, claimed for the open transaction: other servers skip them.</summary>
    public async Task<IReadOnlyList<Row>> Claim(string county, int most, CancellationToken cancel)
    {
        var rows = new List<Row>();
        await db.Read($"""
            select id, hash, kind, user_id, received_at, content_enc, tries from field_submissions
            where county = @county and state = 'received' and not_before <= @now
            order by received_at, id limit {most} {(db.Dialect == Dialect.Postgres ? "for update skip locked" : "")}
            """, row => rows.Add(new(county, row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetGuid(3),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)), secrets.DecryptBytes((byte[])row.GetValue(5)), row.GetInt32(6))),
            cancel, ("@county", county), ("@now", Now));
        return rows;
    }

    /// <summary>Writes down what became of a submission.</summary>
    public Task Settle(Row row, Verdict verdict, CancellationToken cancel) => db.Execute("""
        update field_submissions set state = @state, notes = @notes, waits_for = @waits, area = coalesce(@area, area), tries = 0, not_before = @later, changed_at = @now
        where county = @county and id = @id and hash = @hash
        """, cancel, ("@state", verdict.State), ("@notes", Notes.Write(verdict.Notes)), ("@waits", verdict.WaitsFor), ("@area", verdict.Area), ("@now", Now), ("@later", verdict.WaitsFor is null ? 0 : Now + LookAgain),
        ("@county", row.County), ("@id", row.Id), ("@hash", row.Hash));

    /// <summary>Puts a submission off that failed, for 2, 4, 8 … seconds.</summary>
    public Task PutOff(Row row, CancellationToken cancel) => db.Execute("""
        update field_submissions set tries = @tries, not_before = @later where county = @county and id = @id and hash = @hash
        """, cancel, ("@tries", row.Tries + 1), ("@later", Now + (2_000L << row.Tries)), ("@county", row.County), ("@id", row.Id), ("@hash", row.Hash));

    /// <summary>What these submissions waited for is here.</summary>
    /// <param name="key">Such as <c>file:HASH</c>.</param>
    public Task Release(string county, string key, CancellationToken cancel) =>
        db.Execute("update field_submissions set waits_for = null, not_before = 0 where county = @county and waits_for = @key", cancel, ("@county", county), ("@key", key));

    /// <summary>Signatures that were handed in for a visit and are not held: the content and who sent it.</summary>
    public async Task<IReadOnlyList<(Guid User, byte[] Content)>> SignaturesOf(string county, Guid visit, CancellationToken cancel)
    {
        var found = new List<(Guid, byte[])>();
        await db.Read("""
            select user_id, content_enc from field_submissions
            where county = @county and about_id = @visit and kind = 'signature' and state <> 'held' order by received_at
            """, row => found.Add((row.GetGuid(0), secrets.DecryptBytes((byte[])row.GetValue(1)))), cancel, ("@county", county), ("@visit", visit));
        return found;
    }

    private long Now => today.Clock.GetUtcNow().ToUnixTimeMilliseconds();
}
