using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Quality;

/// <summary>Runs every module's checks and brings the list up to date: new findings open, those that are gone close.</summary>
internal sealed class RunQuality(ShouwangDb db, IEnumerable<IQualityCheck> checks, Policies policies, Secrets secrets, TimeProvider clock)
{
    // What these modules write changes no figure that a check reads.
    private static readonly string[] Harmless = ["quality.", "insight.", "access.", "screening.", "backup."];

    /// <summary>Every rule there is; a rule that several modules share, such as DQ-104, is listed once.</summary>
    public IReadOnlyList<QualityRule> Rules { get; } =
        [.. checks.SelectMany(c => c.Rules).DistinctBy(r => r.Id).OrderBy(r => int.Parse(r.Id.AsSpan(3), null))];

    public async Task<QualityResult> Run(AreaCode county, DateOnly asOf, string actor, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var seq = await LastEvent(county.Digits, cancel);
        var found = await Find(new(county, asOf, await policies.For(county, asOf, cancel)), cancel);

        // Nothing is locked while the checks read; what happens meanwhile makes the next run due.
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        await TakeTurn(county.Digits, cancel);
        var (same, changed, gone) = (new List<Guid>(), new List<(Guid Id, QualityFinding Now)>(), new List<Guid>());
        await db.Read("select id, rule, kind, subject, area, household_id, message_enc from quality_findings where county = @county and closed_on is null", row =>
        {
            var id = row.GetGuid(0);
            if (!found.Remove(new(row.GetString(1), Enum.Parse<SubjectKind>(row.GetString(2)), row.GetString(3)), out var now))
                gone.Add(id);
            else if (now.Village != row.GetString(4) || now.HouseholdId != (row.IsDBNull(5) ? null : row.GetGuid(5)) || now.Message != Read(row.GetFieldValue<byte[]>(6)))
                changed.Add((id, now));
            else
                same.Add(id);
        }, cancel, ("@county", county.Digits));

        await Touch(county.Digits, same, "last_on = @day", asOf, cancel);
        await Touch(county.Digits, gone, "closed_on = @day, state = 'Fixed'", asOf, cancel);
        foreach (var (id, now) in changed)
            await Change(county.Digits, id, now, asOf, cancel);
        await Open(county.Digits, found, asOf, cancel);

        var result = new QualityResult(asOf, clock.GetUtcNow(), actor, same.Count + changed.Count + found.Count, found.Count, gone.Count);
        db.Add(new QualityRun
        {
            County = county.Digits, Id = Guid.CreateVersion7(result.At), AsOf = asOf, At = result.At, Actor = actor, Seq = seq,
            Findings = result.Findings, Opened = result.Opened, Closed = result.Closed, TookMs = watch.ElapsedMilliseconds,
        });
        db.Log("quality.run", county, county.Digits, actor, clock, new { asOf, result.Findings, result.Opened, result.Closed });
        await db.SaveChangesAsync(cancel);
        if (own is not null)
            await own.CommitAsync(cancel);
        return result;
    }

    public async Task<bool> IsDue(string county, DateOnly asOf, CancellationToken cancel)
    {
        if (await Last(county, cancel) is not { } last || last.AsOf != asOf)
            return true;
        var since = await db.Set<Event>().AsNoTracking().Where(e => e.County == county && e.Seq > last.Seq).Select(e => e.Name).Distinct().ToListAsync(cancel);
        return since.Exists(name => !Harmless.Any(h => name.StartsWith(h, StringComparison.Ordinal)));
    }

    public Task<QualityRun?> Last(string county, CancellationToken cancel) =>
        db.Set<QualityRun>().AsNoTracking().Where(r => r.County == county).OrderByDescending(r => r.At).FirstOrDefaultAsync(cancel);

    public static Text Read(Secrets secrets, byte[] message) => JsonSerializer.Deserialize<Text>(secrets.Decrypt(message)!, JsonTexts.Options);

    private Text Read(byte[] message) => Read(secrets, message);

    private byte[] Write(Text message) => secrets.Encrypt(JsonSerializer.Serialize(message, JsonTexts.Options))!;

    private async Task<Dictionary<Key, QualityFinding>> Find(QualityScope scope, CancellationToken cancel)
    {
        var found = new Dictionary<Key, QualityFinding>();
        foreach (var check in checks)
            await check.Run(scope, finding => found.TryAdd(Key.Of(finding), finding), cancel);
        return found;
    }

    /// <summary>Waits until no other run of the county is under way; the row is held until the transaction ends.</summary>
    private Task<int> TakeTurn(string county, CancellationToken cancel) => db.Execute(
        "insert into quality_turns (county, turn) values (@county, 1) on conflict (county) do update set turn = quality_turns.turn + 1", cancel, ("@county", county));

    private async Task<long> LastEvent(string county, CancellationToken cancel) =>
        await db.Set<Event>().Where(e => e.County == county).MaxAsync(e => (long?)e.Seq, cancel) ?? 0;

    private async Task Touch(string county, List<Guid> ids, string change, DateOnly day, CancellationToken cancel)
    {
        if (ids.Count > 0)
            await db.Execute($"update quality_findings set {change} where county = @county and {db.Among("id", "@ids")}", cancel,
                ("@county", county), ("@day", day), ("@ids", db.KeysOf(ids)));
    }

    // What was explained was something else: it has to be looked at again.
    private Task<int> Change(string county, Guid id, QualityFinding now, DateOnly day, CancellationToken cancel) => db.Execute("""
        update quality_findings set area = @area, household_id = @household, message_enc = @message, last_on = @day, state = 'Open'
        where county = @county and id = @id
        """, cancel, ("@county", county), ("@id", id), ("@area", now.Village), ("@household", now.HouseholdId), ("@message", Write(now.Message)), ("@day", day));

    private Task Open(string county, Dictionary<Key, QualityFinding> found, DateOnly day, CancellationToken cancel)
    {
        var severities = Rules.ToDictionary(r => r.Id, r => r.Severity);
        return new BulkInsert(db, "quality_findings",
            ("county", ColumnType.Text), ("id", ColumnType.Uuid), ("rule", ColumnType.Text), ("severity", ColumnType.Text), ("kind", ColumnType.Text),
            ("subject", ColumnType.Text), ("area", ColumnType.Text), ("household_id", ColumnType.Uuid), ("message_enc", ColumnType.Bytes),
            ("first_on", ColumnType.Date), ("last_on", ColumnType.Date), ("state", ColumnType.Text))
        .Write(found.Select(f => new object?[]
        {
            county, Guid.CreateVersion7(clock.GetUtcNow()), f.Key.Rule, severities[f.Key.Rule].ToString(), f.Key.Kind.ToString(), f.Key.Subject,
            f.Value.Village, f.Value.HouseholdId, Write(f.Value.Message), day, day, nameof(FindingState.Open),
        }), cancel);
    }

    private readonly record struct Key(string Rule, SubjectKind Kind, string Subject)
    {
        public static Key Of(QualityFinding finding) => finding switch
        {
            { Member: { } member } => new(finding.Rule, SubjectKind.Member, member),
            { Record: { } record } => new(finding.Rule, SubjectKind.Record, record),
            { Household: { } household } => new(finding.Rule, SubjectKind.Household, household),
            _ => throw new InvalidOperationException($"A finding of {finding.Rule} does not say what it is about."),
        };
    }
}
