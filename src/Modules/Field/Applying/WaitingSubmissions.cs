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
    /// <param name="About">The household, or for a signature the visit, where the content names one.</param>
    /// <param name="Area">As stored: the sender's, until the household's is known.</param>
    public sealed record Row(
        string County, Guid Id, string Hash, string Kind, Guid User, string Area, Guid? About, DateTimeOffset ReceivedAt, byte[] Content, int Tries);

    /// <summary>Counties in which something can be applied now.</summary>
    public async Task<IReadOnlyList<string>> Counties(CancellationToken cancel)
    {
        var found = new List<string>();
        // From county to county instead of past all that waits.
        await db.Read("""
            with recursive next (county) as (
                select min(county) from field_submissions where state = 'received' and not_before <= @now
                union all
                select (select min(s.county) from field_submissions s where s.state = 'received' and s.not_before <= @now and s.county > next.county)
                from next where next.county is not null)
            select county from next where county is not null
            """, row => found.Add(row.GetString(0)), cancel, ("@now", Now));
        return found;
    }

    /// <summary>The longest waiting of a county, claimed for the open transaction: other servers skip them.</summary>
    /// <param name="from">What was received before is not looked at.</param>
    public async Task<IReadOnlyList<Row>> Claim(string county, DateTimeOffset from, int most, CancellationToken cancel)
    {
        var rows = new List<Row>();
        await db.Read($"""
            select id, hash, kind, user_id, area, about_id, received_at, content_enc, tries from field_submissions
            where county = @county and state = 'received' and received_at >= @from and not_before <= @now
            order by received_at, id limit {most} {(db.Dialect == Dialect.Postgres ? "for update skip locked" : "")}
            """, row => rows.Add(new(county, row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetGuid(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetGuid(5),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)), secrets.Unpack((byte[])row.GetValue(7)), row.GetInt32(8))),
            cancel, ("@county", county), ("@from", from.ToUnixTimeMilliseconds()), ("@now", Now));
        return rows;
    }

    /// <summary>Writes down what became of submissions; most fare alike, and those are one statement.</summary>
    public async Task Settle(string county, IEnumerable<(Row Row, Verdict Verdict)> settled, CancellationToken cancel)
    {
        // Whoever hands in mostly works where the household is: then the area stays, and visits of many villages fare alike.
        foreach (var alike in settled.GroupBy(s => (s.Verdict.State, Notes: Notes.Write(s.Verdict.Notes), s.Verdict.WaitsFor, Area: s.Verdict.Area == s.Row.Area ? null : s.Verdict.Area)))
        {
            await db.Execute($"""
                update field_submissions as f set state = @state, notes = @notes, waits_for = @waits, area = coalesce(@area, area), tries = 0, not_before = @later, changed_at = @now
                from {db.PairTable("@ids", "@hashes")} where f.county = @county and f.state = 'received' and f.id = k.one and f.hash = k.other
                """, cancel, ("@state", alike.Key.State), ("@notes", alike.Key.Notes), ("@waits", alike.Key.WaitsFor), ("@area", alike.Key.Area), ("@now", Now),
                ("@later", alike.Key.WaitsFor is null ? 0 : Now + LookAgain), ("@county", county), ("@ids", db.KeysOf(alike.Select(s => s.Row.Id))),
                ("@hashes", db.KeysOf(alike.Select(s => s.Row.Hash))));
        }
    }

    /// <summary>Puts a submission off that failed, for 2, 4, 8 … seconds.</summary>
    public Task PutOff(Row row, CancellationToken cancel) => db.Execute("""
        update field_submissions set tries = @tries, not_before = @later where county = @county and id = @id and hash = @hash
        """, cancel, ("@tries", row.Tries + 1), ("@later", Now + (2_000L << row.Tries)), ("@county", row.County), ("@id", row.Id), ("@hash", row.Hash));

    /// <summary>What these submissions waited for is here.</summary>
    /// <param name="keys">Such as <c>file:HASH</c>.</param>
    public async Task Release(string county, IReadOnlyCollection<string> keys, CancellationToken cancel)
    {
        if (keys.Count > 0)
            await db.Execute($"update field_submissions set waits_for = null, not_before = 0 where county = @county and {db.Among("waits_for", "@keys")}", cancel,
                ("@county", county), ("@keys", db.KeysOf(keys)));
    }

    /// <summary>Signatures that were handed in for visits and are not held: the visit, who sent it, and the content.</summary>
    public async Task<IReadOnlyList<(Guid Visit, Guid User, byte[] Content)>> SignaturesOf(string county, IReadOnlyCollection<Guid> visits, CancellationToken cancel)
    {
        var found = new List<(Guid, Guid, byte[])>();
        if (visits.Count > 0)
            await db.Read($"""
                select about_id, user_id, content_enc from field_submissions
                where county = @county and {db.Among("about_id", "@visits")} and kind = 'signature' and state <> 'held' order by received_at
                """, row => found.Add((row.GetGuid(0), row.GetGuid(1), secrets.Unpack((byte[])row.GetValue(2)))), cancel,
                ("@county", county), ("@visits", db.KeysOf(visits)));
        return found;
    }

    /// <summary>The hashes of what was handed in as that visit; more than one where phones disagree.</summary>
    public async Task<IReadOnlyList<string>> HashesOf(string county, Guid visit, CancellationToken cancel)
    {
        var found = new List<string>();
        await db.Read("select hash from field_submissions where county = @county and id = @visit and kind = 'visit'",
            row => found.Add(row.GetString(0)), cancel, ("@county", county), ("@visit", visit));
        return found;
    }

    private long Now => today.Clock.GetUtcNow().ToUnixTimeMilliseconds();
}
