using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;

namespace Shouwang.Platform.Storage;

/// <summary>Something that happened, by whom and to what. The log is the audit trail; it is only ever added to.</summary>
/// <remarks>Each row carries the hash of the one before it in the county, so that a changed or missing row shows.</remarks>
public sealed class Event
{
    public required string County { get; init; }

    /// <summary>Position in the county's chain, from 1 without gaps. Given when the unit of work is stored.</summary>
    public long Seq { get; set; }

    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Sign-in name of the person, or <c>system</c>.</summary>
    public required string Actor { get; init; }

    /// <summary><c>module.verb</c>, such as <c>imports.applied</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it happened to: an id or code. Never a citizen id, phone or account number.</summary>
    public required string Subject { get; init; }

    /// <summary>The area concerned, which decides who may read the event.</summary>
    public required string Area { get; init; }

    /// <summary>The details as JSON. Personal data that is encrypted elsewhere must not be in here.</summary>
    public required string Details { get; init; }

    public string Hash { get; set; } = "";

    public T Read<T>() => JsonSerializer.Deserialize<T>(Details, JsonTexts.Options)!;
}

/// <summary>How the product writes JSON: camel case, Chinese characters as they are.</summary>
public static class JsonTexts
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new AreaCodeConverter() },
    };

    /// <summary>An area is its digits.</summary>
    private sealed class AreaCodeConverter : JsonConverter<AreaCode>
    {
        public override AreaCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            AreaCode.TryParse(reader.GetString(), out var area) ? area : throw new JsonException($"'{reader.GetString()}' is no area code.");

        public override void Write(Utf8JsonWriter writer, AreaCode value, JsonSerializerOptions options) => writer.WriteStringValue(value.Digits);
    }
}

public static class EventLog
{
    // Until the unit of work is stored an event has no place in the chain, but the context needs keys that differ.
    private static long _waiting;

    extension(ShouwangDb db)
    {
        /// <summary>Adds an event to the unit of work; it is stored if, and only if, the rest of it is.</summary>
        public void Log(string name, AreaCode area, string subject, string actor, TimeProvider clock, object details) => db.Add(new Event
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()), Seq = Interlocked.Decrement(ref _waiting), County = area.CountyKey, Area = area.Digits, Name = name,
            Subject = subject, Actor = actor, At = clock.GetUtcNow(), Details = JsonSerializer.Serialize(details, JsonTexts.Options),
        });
    }
}

/// <summary>The chain of hashes over a county's events.</summary>
public static class EventChain
{
    // Up to so many are written by the context, with everything else of a unit of work.
    private const int Few = 20;

    internal static async Task Append(ShouwangDb db, List<Event> events, ModelSetup setup, CancellationToken cancel)
    {
        foreach (var county in events.GroupBy(e => e.County))
        {
            // The update locks the county's head row, so two writers line up here and nowhere else.
            await db.Execute("insert into event_heads (county, seq, hash) values (@county, 0, '') on conflict do nothing", cancel, ("@county", county.Key));
            var (seq, hash) = (0L, "");
            await db.Read("update event_heads set seq = seq + @count where county = @county returning seq, hash",
                row => (seq, hash) = (row.GetInt64(0), row.GetString(1)), cancel, ("@county", county.Key), ("@count", (long)county.Count()));
            seq -= county.Count();
            foreach (var happened in county)
            {
                happened.Seq = ++seq;
                happened.Hash = hash = HashOf(happened, hash);
                foreach (var followUp in setup.FollowUps[happened.Name])
                    db.Add(new EventWork { County = county.Key, Seq = seq, FollowUp = followUp, NotBefore = happened.At });
            }
            await db.Execute("update event_heads set hash = @hash where county = @county", cancel, ("@county", county.Key), ("@hash", hash));
        }
        if (events.Count > Few)
            await WriteTogether(db, events, cancel);
    }

    // A batch of visits brings hundreds; the context would write each with a statement of its own.
    private static async Task WriteTogether(ShouwangDb db, List<Event> events, CancellationToken cancel)
    {
        await new BulkInsert(db, "events",
            ("county", ColumnType.Text), ("seq", ColumnType.BigInt), ("id", ColumnType.Uuid), ("at", ColumnType.BigInt), ("actor", ColumnType.Text),
            ("name", ColumnType.Text), ("subject", ColumnType.Text), ("area", ColumnType.Text), ("details", ColumnType.Text), ("hash", ColumnType.Text))
            .Write(events.Select(e => new object?[] { e.County, e.Seq, e.Id, e.At.ToUnixTimeMilliseconds(), e.Actor, e.Name, e.Subject, e.Area, e.Details, e.Hash }), cancel);
        foreach (var written in events)
            db.Entry(written).State = Microsoft.EntityFrameworkCore.EntityState.Detached;
    }

    /// <summary>The hash a row must carry, given the one before it.</summary>
    public static string HashOf(Event e, string previous) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        previous, e.County, e.Seq.ToString(CultureInfo.InvariantCulture), e.Id.ToString(), e.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        e.Actor, e.Name, e.Subject, e.Area, e.Details))));

    /// <summary>Walks a county's chain.</summary>
    /// <returns>How many events stand in it, and the first position that does not fit (null when all do).</returns>
    public static async Task<(long Count, long? BrokenAt)> Verify(ShouwangDb db, string county, CancellationToken cancel)
    {
        // The county goes on writing meanwhile: where its head has moved past what was read, the walk goes on from there.
        var (previous, reached, owed) = ("", 0L, 0L);
        while (true)
        {
            var from = reached;
            await foreach (var e in db.Set<Event>().AsNoTracking().Where(e => e.County == county && e.Seq > from).OrderBy(e => e.Seq).AsAsyncEnumerable().WithCancellation(cancel))
            {
                if (e.Seq != ++reached || e.Hash != HashOf(e, previous))
                    return (reached, reached);
                previous = e.Hash;
            }
            if (reached < owed)
                return (reached, reached + 1);
            var (headSeq, headHash) = (0L, "");
            await db.Read("select seq, hash from event_heads where county = @county", r => (headSeq, headHash) = (r.GetInt64(0), r.GetString(1)), cancel, ("@county", county));
            if (headSeq <= reached)
                return (reached, headSeq == reached && headHash == previous ? null : reached + 1);
            owed = headSeq;
        }
    }
}

/// <summary>A follow-up that still has to be done for an event.</summary>
public sealed class EventWork
{
    public required string County { get; init; }
    public required long Seq { get; init; }
    public required string FollowUp { get; init; }
    public int Tries { get; set; }
    public required DateTimeOffset NotBefore { get; set; }
    public string? Error { get; set; }
}

internal sealed class EventMap : IEntityTypeConfiguration<Event>
{
    public void Configure(EntityTypeBuilder<Event> map)
    {
        map.ToTable("events");
        map.HasKey(e => new { e.County, e.Seq });
        map.Property(e => e.Seq).ValueGeneratedNever();
    }
}

internal sealed class EventWorkMap : IEntityTypeConfiguration<EventWork>
{
    public void Configure(EntityTypeBuilder<EventWork> map)
    {
        map.ToTable("event_work");
        map.HasKey(e => new { e.County, e.Seq, e.FollowUp });
        map.Property(e => e.Seq).ValueGeneratedNever();
    }
}
