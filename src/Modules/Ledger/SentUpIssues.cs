using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Entering;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger;

/// <summary>A problem that a county sent up.</summary>
/// <param name="Kind">The kind as that county's policy calls it.</param>
/// <param name="Reason">Why the county cannot solve it.</param>
/// <param name="Letter">The number of the county's letter, if it wrote one.</param>
/// <param name="Answer">What was answered; null while it waits.</param>
/// <param name="DueOn">By when it is to be answered; null once it is.</param>
internal sealed record SentUpIssue(
    Guid Id, string Code, AreaCode County, string Area, Text Kind, Text? Problem, AreaLevel Level, string? Reason, DateOnly SentUpOn, string? Letter,
    IssueState State, string? Answer, DateOnly? AnsweredOn, DateOnly? DueOn);

/// <summary>What counties sent up to the prefecture or province: for the office above over all its counties, for a county its own.</summary>
internal sealed class SentUpIssues(ShouwangDb db, Policies policies, Secrets secrets, Today today)
{
    /// <summary>The most that are shown; what waits comes first, the most urgent before the others.</summary>
    private const int Most = 500;

    public async Task<IReadOnlyList<SentUpIssue>> Of(Actor actor, bool waitingOnly, CancellationToken cancel)
    {
        var rows = db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).Where(i => i.SentUpOn != null);
        if (waitingOnly)
            rows = rows.Where(i => i.State == IssueState.SentUp);
        var issues = await rows.OrderBy(i => i.State != IssueState.SentUp).ThenBy(i => i.State == IssueState.SentUp ? i.StageDueOn : null).ThenByDescending(i => i.SentUpOn).ThenBy(i => i.Code)
            .Take(Most).ToListAsync(cancel);
        var reasons = await Reasons(issues, cancel);
        var found = new List<SentUpIssue>();
        var policyOf = new Dictionary<string, Policy>();
        foreach (var i in issues)
        {
            if (!policyOf.TryGetValue(i.County, out var policy))
                policyOf[i.County] = policy = await policies.For(new(i.County), today.Day, cancel);
            var (reads, waits) = (i.IsReadBy(actor), i.State == IssueState.SentUp);
            found.Add(new(i.Id, i.Code, new(i.County), i.Area, policy.KindName(i.Subject), EntryWords.Shown(i.ProblemEnc, reads, secrets), i.Level,
                reads ? StepNote.Read(reasons.GetValueOrDefault(i.Id), secrets).Reason : null, i.SentUpOn!.Value, i.SentUpAs, i.State,
                reads ? secrets.Decrypt(i.AnswerEnc) : null, i.AnsweredOn, waits ? i.StageDueOn : null));
        }
        return found;
    }

    /// <summary>The note of the last time each was sent up.</summary>
    private async Task<Dictionary<Guid, byte[]?>> Reasons(List<Issue> issues, CancellationToken cancel)
    {
        var (counties, ids) = (issues.Select(i => i.County).Distinct().ToList(), issues.Select(i => i.Id).ToList());
        return (await db.Set<IssueStep>().AsNoTracking().Where(s => counties.Contains(s.County) && ids.Contains(s.IssueId) && s.Event == IssueEvent.SendUp)
            .Select(s => new { s.IssueId, s.RecordedAt, s.NoteEnc }).ToListAsync(cancel))
            .GroupBy(s => s.IssueId).ToDictionary(g => g.Key, g => g.MaxBy(s => s.RecordedAt)!.NoteEnc);
    }
}
