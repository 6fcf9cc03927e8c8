using System.Data.Common;
using Shouwang.Kernel;
using Shouwang.Modules.Field.Receiving;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Field.Adjudication;

/// <summary>A conflict as the township sees it, both values side by side.</summary>
/// <param name="SaidCounts">The register goes by the visit, until somebody decides.</param>
internal sealed record OpenConflict(
    Guid Id, Guid Household, Guid? Member, string Area, string Attribute, string? Base, DateOnly? BaseOn, string? Said, DateOnly SaidOn, string SaidBy,
    string? Other, string OtherSource, DateOnly OtherOn, string OtherBy, bool SaidCounts, DateTimeOffset RaisedAt);

/// <summary>A submission that could not be applied.</summary>
/// <param name="Readable">It was opened: it can be tried again.</param>
internal sealed record HeldSubmission(Guid Id, string Hash, string Kind, string Area, Guid User, Guid? About, DateTimeOffset ReceivedAt, IReadOnlyList<Text> Notes, bool Readable);

/// <summary>What phones brought and people have to decide.</summary>
internal sealed class Decisions(ShouwangDb db, IFacts facts, Policies policies, Secrets secrets, Today today)
{
    private static readonly Problem
        Decided = new("field.decided", 409, new("该冲突已有人裁定。", "Somebody has decided this already."), new("请刷新列表。", "Look at the list again.")),
        NoReason = new("field.no-reason", 422, new("未填写理由。", "The reason is missing."), new("请写明依据。", "Write down why."));

    /// <summary>Conflicts nobody has decided yet, the longest waiting first.</summary>
    public async Task<IReadOnlyList<OpenConflict>> Open(Actor actor, int most, CancellationToken cancel)
    {
        var found = new List<OpenConflict>();
        if (actor.May(Permissions.MatchesDecide))
            await db.Read($"""
                select id, household_id, member_id, area, attribute, base_enc, base_on, said_enc, said_on, said_by, other_enc, other_source, other_on, other_by, said_counts, raised_at
                from field_conflicts where county = @county and area >= @from and area < @to and decided is null order by raised_at, id limit {most}
                """, row => found.Add(new(row.GetGuid(0), row.GetGuid(1), row.IsDBNull(2) ? null : row.GetGuid(2), row.GetString(3), row.GetString(4),
                    Private(row, 5), Day(row, 6), Private(row, 7), Day(row, 8)!.Value, row.GetString(9), Private(row, 10), row.GetString(11), Day(row, 12)!.Value,
                    row.GetString(13), row.GetBoolean(14), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(15)))), cancel, In(actor));
        return found;
    }

    /// <summary>The values of a household's open conflict become one: what is chosen is stated by the desk and counts from today.</summary>
    /// <param name="said">The visit is right; otherwise the other is.</param>
    public async Task<Outcome<bool>> Decide(Actor actor, Guid id, bool said, string why, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(why))
            return NoReason;
        if ((await Open(actor, int.MaxValue, cancel)).FirstOrDefault(c => c.Id == id) is not { } conflict)
            return Decided;
        return await db.Atomically<bool>(async () =>
        {
            var changed = await db.Execute("""
                update field_conflicts set decided = @decided, decided_by = @by, decided_on = @on, why_enc = @why where county = @county and id = @id and decided is null
                """, cancel, ("@decided", said ? "said" : "other"), ("@by", actor.Name), ("@on", today.Day), ("@why", secrets.Encrypt(why)), ("@county", actor.County), ("@id", id));
            if (changed == 0)
                return Decided;
            var (area, field) = (new AreaCode(conflict.Area), conflict.Attribute[(conflict.Attribute.IndexOf('.', StringComparison.Ordinal) + 1)..]);
            // Whichever of the two outranks the other for this attribute: a decision must count.
            var source = (await policies.For(area, today.Day, cancel)).SourceOrder.For(conflict.Attribute).First(s => s is "desk" or "visit");
            await facts.State(new(area, actor.Name), [new Statement(conflict.Household, conflict.Member, source, id.ToString(), today.Day,
                new Dictionary<string, object?> { [field] = said ? conflict.Said : conflict.Other })], cancel);
            db.Log("field.conflict-decided", area, id.ToString(), actor.Name, today.Clock, new { conflict.Household, conflict.Attribute, For = said ? "visit" : conflict.OtherSource });
            return true;
        }, cancel);
    }

    /// <summary>Submissions that are held and that nobody has set aside, the longest waiting first.</summary>
    public async Task<IReadOnlyList<HeldSubmission>> Held(Actor actor, int most, CancellationToken cancel)
    {
        var found = new List<HeldSubmission>();
        if (actor.May(Permissions.MatchesDecide))
            await db.Read($"""
                select id, hash, kind, area, user_id, about_id, received_at, notes, content_enc is not null from field_submissions
                where county = @county and area >= @from and area < @to and state = 'held' and settled_by is null order by received_at, id limit {most}
                """, row => found.Add(new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetGuid(4), row.IsDBNull(5) ? null : row.GetGuid(5),
                    DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)), Notes.Read(row.GetString(7)), row.GetBoolean(8))), cancel, In(actor));
        return found;
    }

    /// <summary>Applies a held submission again: the household is there now, or the person has the post.</summary>
    public async Task<Outcome<bool>> TryAgain(Actor actor, Guid id, string hash, CancellationToken cancel) =>
        await Update(actor, id, hash, "state = 'received', waits_for = null, not_before = 0", "content_enc is not null", "field.tried-again", new { }, cancel);

    /// <summary>Leaves a held submission as it is, with the reason. It stays stored.</summary>
    public async Task<Outcome<bool>> SetAside(Actor actor, Guid id, string hash, string why, CancellationToken cancel) => string.IsNullOrWhiteSpace(why)
        ? NoReason
        : await Update(actor, id, hash, "settled_by = @by, settled_why = @why", "1 = 1", "field.set-aside", new { Reason = why.Trim() }, cancel, ("@by", actor.Name), ("@why", why.Trim()));

    private Task<Outcome<bool>> Update(
        Actor actor, Guid id, string hash, string set, string condition, string logged, object details, CancellationToken cancel, params (string, object?)[] parameters) =>
        db.Atomically<bool>(async () =>
        {
            var changed = actor.May(Permissions.MatchesDecide) ? await db.Execute($"""
                update field_submissions set {set}, changed_at = @now
                where county = @county and area >= @from and area < @to and id = @id and hash = @hash and state = 'held' and settled_by is null and {condition}
                """, cancel, [.. In(actor), ("@id", id), ("@hash", hash), ("@now", today.Clock.GetUtcNow().ToUnixTimeMilliseconds()), .. parameters]) : 0;
            if (changed == 0)
                return Decided;
            db.Log(logged, actor.Area, id.ToString(), actor.Name, today.Clock, details);
            return true;
        }, cancel);

    private static (string, object?)[] In(Actor actor) => [("@county", actor.County), ("@from", actor.Area.Digits), ("@to", actor.Area.RangeEnd)];

    private string? Private(DbDataReader row, int at) => row.IsDBNull(at) ? null : secrets.Decrypt((byte[])row.GetValue(at));

    private static DateOnly? Day(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetFieldValue<DateOnly>(at);
}
