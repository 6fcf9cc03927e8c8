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
internal sealed class Conflicts(ShouwangDb db, IFacts facts, Secrets secrets, Today today)
{
    /// <summary>
    /// Answers that differ from a value that came to the register after the phone saw it: the current value, or what another visit says even
    /// though a source that counts more hides it.
    /// </summary>
    public async Task<IReadOnlyList<Conflict>> Find(
        Submission submission, VisitContent visit, HouseholdRef household, IReadOnlyList<AnswerContent> said, IReadOnlyList<CurrentFacts> known, CancellationToken cancel)
    {
        var changed = said.Where(a => a.How != "confirmed" || Base(a) != Now(a, known)?.Value).ToList();
        if (changed.Count == 0)
            return [];
        var statements = (await facts.Of(submission.County, household.Id, false, cancel)).Where(f => f.Reference != visit.Id.ToString()).ToLookup(f => (f.Member, f.Attribute));
        var found = new List<Conflict>();
        foreach (var answer in changed)
        {
            var (value, seen, attribute) = (Contents.Text(answer.Value), Base(answer), $"{(answer.Member is null ? "household" : "member")}.{answer.Attribute}");
            var others = statements[(answer.Member, attribute)].Where(f => f.Value != value && f.Value != seen).ToList();
            var other = others.Find(f => f.Current && f.Value is not null)
                ?? others.Find(f => f.Source == "visit" && f.RecordedAt > (visit.StartedAt ?? submission.ReceivedAt));
            if (other is not null)
                found.Add(new(submission.County, household.Id, answer.Member, household.Area.Digits, attribute, visit.Id, seen, answer.Base?.On, value, visit.VisitedOn,
                    submission.Sender.Name, other.Value, other.Source, other.ObservedOn, other.RecordedBy));
        }
        return found;
    }

    /// <summary>Makes a task for the township of each, once the visit's facts stand in the register.</summary>
    public async Task Raise(IReadOnlyList<Conflict> conflicts, CancellationToken cancel)
    {
        if (conflicts.Count == 0)
            return;
        var now = (await facts.Of(conflicts[0].County, conflicts[0].Household, false, cancel)).Where(f => f.Current).ToLookup(f => (f.Member, f.Attribute));
        await new BulkInsert(db, "field_conflicts",
            ("county", ColumnType.Text), ("id", ColumnType.Uuid), ("household_id", ColumnType.Uuid), ("member_id", ColumnType.Uuid), ("area", ColumnType.Text),
            ("attribute", ColumnType.Text), ("visit_id", ColumnType.Uuid), ("base_enc", ColumnType.Bytes), ("base_on", ColumnType.Date), ("said_enc", ColumnType.Bytes),
            ("said_on", ColumnType.Date), ("said_by", ColumnType.Text), ("other_enc", ColumnType.Bytes), ("other_source", ColumnType.Text), ("other_on", ColumnType.Date),
            ("other_by", ColumnType.Text), ("said_counts", ColumnType.Boolean), ("raised_at", ColumnType.BigInt)).Write(conflicts.Select(c => new object?[]
        {
            c.County, Guid.CreateVersion7(today.Clock.GetUtcNow()), c.Household, c.Member, c.Area, c.Attribute, c.Visit, secrets.Encrypt(c.Base), c.BaseOn,
            secrets.Encrypt(c.Said), c.SaidOn, c.SaidBy, secrets.Encrypt(c.Other), c.OtherSource, c.OtherOn, c.OtherBy,
            now[(c.Member, c.Attribute)].Any(f => f.Value == c.Said), today.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
        }), cancel);
    }

    private static string? Base(AnswerContent answer) => answer.Base is { } seen ? Contents.Text(seen.V) : null;

    private static CurrentFact? Now(AnswerContent answer, IReadOnlyList<CurrentFacts> known) =>
        known.FirstOrDefault(k => k.Member == answer.Member)?.Values.TryGetValue(answer.Attribute, out var fact) == true ? fact : null;
}
