using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Field.Applying;

/// <summary>Two values for the same attribute, neither of whose authors knew of the other.</summary>
internal sealed record Conflict(
    string County, Guid Household, Guid? Member, string Area, string Attribute, Guid Visit, string? Base, DateOnly? BaseOn, string? Said, DateOnly SaidOn, string SaidBy,
    string? Other, string OtherSource, DateOnly OtherOn, string OtherBy);

/// <summary>Finds and keeps conflicts.</summary>
internal sealed class Conflicts(ShouwangDb db, IFacts facts, ICurrentFacts current, IVisits visits, Secrets secrets, Today today)
{
    /// <summary>
    /// Answers that differ from a value that came to the register after the phone saw it: the current value, or what another visit says even
    /// though a source that counts more hides it. By visit.
    /// </summary>
    public async Task<ILookup<Guid, Conflict>> Find(string county, IReadOnlyList<ArrivedVisit> arrived, CancellationToken cancel)
    {
        var changed = arrived.Select(v => (Visit: v, Answers: v.Said.Where(a => a.How != "confirmed" || Base(a) != Now(a, v.Known)?.Value).ToList()))
            .Where(v => v.Answers.Count > 0).ToList();
        if (changed.Count == 0)
            return Enumerable.Empty<Conflict>().ToLookup(c => c.Visit);
        var last = await visits.LastRecorded(county, [.. changed.Select(c => c.Visit.Household.Id)], cancel);
        var open = changed.SelectMany(c => c.Answers.Where(a => MayDiffer(c.Visit, a, last)).Select(a => (c.Visit, Answer: a))).ToList();
        var statements = (await facts.About(county, [.. open.Select(o => (o.Visit.Household.Id, o.Answer.Member)).Distinct()], cancel))
            .ToLookup(f => (f.Household, f.Member, f.Attribute));
        return open.Select(o => Between(o.Visit, o.Answer, statements)).OfType<Conflict>().ToLookup(c => c.Visit);
    }

    // Statements have to be opened one by one. Where the register still goes by what the phone saw and nobody else was there since, none can differ.
    private bool MayDiffer(ArrivedVisit visit, AnswerContent answer, IReadOnlyDictionary<Guid, DateTimeOffset> last) =>
        !current.Has(answer.Member is not null, answer.Attribute) || Base(answer) != Now(answer, visit.Known)?.Value
        || last.TryGetValue(visit.Household.Id, out var at) && at > Began(visit);

    private static DateTimeOffset Began(ArrivedVisit visit) => visit.Visit.StartedAt ?? visit.Submission.ReceivedAt;

    private static Conflict? Between(ArrivedVisit arrived, AnswerContent answer, ILookup<(Guid, Guid?, string), Fact> statements)
    {
        var (visit, household, sender) = (arrived.Visit, arrived.Household, arrived.Submission.Sender);
        var (value, seen, attribute) = (Contents.Text(answer.Value), Base(answer), $"{(answer.Member is null ? "household" : "member")}.{answer.Attribute}");
        var others = statements[(household.Id, answer.Member, attribute)].Where(f => f.Reference != visit.Id.ToString() && f.Value != value && f.Value != seen).ToList();
        var other = others.Find(f => f.Current && f.Value is not null)
            ?? others.Find(f => f.Source == "visit" && f.RecordedAt > Began(arrived));
        return other is null ? null : new(arrived.Submission.County, household.Id, answer.Member, household.Area.Digits, attribute, visit.Id, seen, answer.Base?.On, value,
            visit.VisitedOn, sender.Name, other.Value, other.Source, other.ObservedOn, other.RecordedBy);
    }

    /// <summary>Makes a task for the township of each, once the visits' facts stand in the register.</summary>
    public async Task Raise(string county, IReadOnlyList<Conflict> conflicts, CancellationToken cancel)
    {
        if (conflicts.Count == 0)
            return;
        var now = (await facts.About(county, [.. conflicts.Select(c => (c.Household, c.Member)).Distinct()], cancel)).Where(f => f.Current).ToLookup(f => (f.Household, f.Member, f.Attribute));
        await new BulkInsert(db, "field_conflicts",
            ("county", ColumnType.Text), ("id", ColumnType.Uuid), ("household_id", ColumnType.Uuid), ("member_id", ColumnType.Uuid), ("area", ColumnType.Text),
            ("attribute", ColumnType.Text), ("visit_id", ColumnType.Uuid), ("base_enc", ColumnType.Bytes), ("base_on", ColumnType.Date), ("said_enc", ColumnType.Bytes),
            ("said_on", ColumnType.Date), ("said_by", ColumnType.Text), ("other_enc", ColumnType.Bytes), ("other_source", ColumnType.Text), ("other_on", ColumnType.Date),
            ("other_by", ColumnType.Text), ("said_counts", ColumnType.Boolean), ("raised_at", ColumnType.BigInt)).Write(conflicts.Select(c => new object?[]
        {
            c.County, Guid.CreateVersion7(today.Clock.GetUtcNow()), c.Household, c.Member, c.Area, c.Attribute, c.Visit, secrets.Encrypt(c.Base), c.BaseOn,
            secrets.Encrypt(c.Said), c.SaidOn, c.SaidBy, secrets.Encrypt(c.Other), c.OtherSource, c.OtherOn, c.OtherBy,
            now[(c.Household, c.Member, c.Attribute)].Any(f => f.Value == c.Said), today.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
        }), cancel);
    }

    private static string? Base(AnswerContent answer) => answer.Base is { } seen ? Contents.Text(seen.V) : null;

    private static CurrentFact? Now(AnswerContent answer, IReadOnlyList<CurrentFacts> known) =>
        known.FirstOrDefault(k => k.Member == answer.Member)?.Values.TryGetValue(answer.Attribute, out var fact) == true ? fact : null;
}
