using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Entering;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger;

/// <summary>Problems in people's work lists: what is to be put right, and what was struck off long enough ago to see whether it held.</summary>
internal sealed class IssueWork(ShouwangDb db, IssueGuards guards, Policies policies, Secrets secrets) : IWorkSource
{
    // As much as tells one problem from another; the rest stands on its page.
    private const int MostLetters = 60;

    // Nobody waits for these to happen.
    private static readonly IssueEvent[] Exceptions = [IssueEvent.Escalate, IssueEvent.HandOver, IssueEvent.Reopen, IssueEvent.SendUp, IssueEvent.Recheck];

    public async Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel)
    {
        var rows = db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead)
            .Where(i => i.State != IssueState.Held && (i.State != IssueState.Closed || i.CheckOn <= today));
        if (actor.Role == Role.IndustryDept)
        {
            var own = actor.Department;
            rows = rows.Where(i => i.Department == own);
        }
        var part = await IssueStates.Life.Work(
            rows.Select(i => new WorkRow<IssueState> { Id = i.Id, Code = i.Code, Household = i.HouseholdId, Area = i.Area, State = i.State, DueOn = i.StageDueOn }),
            "issue", "/ledger", Exceptions, actor, today, limit, cancel, guards.WaitingForOthers(rows, actor).Select(i => i.Id));
        var (ids, policy) = (part.Items.Select(i => i.Subject).ToList(), await policies.For(actor.Area, today, cancel));
        var issues = (await rows.Where(i => ids.Contains(i.Id)).ToListAsync(cancel)).ToDictionary(i => i.Id);
        return part with { Items = [.. part.Items.Select(i => i with { About = About(issues[i.Subject]) })] };

        Text About(Issue issue)
        {
            var (kind, words) = (policy.KindName(issue.Subject), EntryWords.Shown(issue.ProblemEnc, issue.IsReadBy(actor), secrets) ?? new("", ""));
            return new($"{kind.Zh}：{Short(words.Zh)}", $"{kind.En}: {Short(words.En)}");
        }
    }

    private static string Short(string words) => words.Length <= MostLetters ? words : words[..MostLetters] + "…";
}
