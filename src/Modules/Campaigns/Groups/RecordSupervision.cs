using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Campaigns.Groups;

/// <summary>A problem that a group found.</summary>
/// <param name="Kind">A kind of problem of the policy.</param>
/// <param name="Area">The village it is about; null for the place that was visited.</param>
public sealed record FoundProblem(string Kind, string Words, AreaCode? Area = null);

/// <summary>A visit to be recorded.</summary>
/// <param name="Area">A township the group covers, or a village in one.</param>
public sealed record NewSupervision(Guid Group, AreaCode Area, DateOnly On, string Words, IReadOnlyList<FoundProblem> Problems);

/// <param name="Issues">Problems of the ledger it gave rise to.</param>
public sealed record SupervisionRow(Guid Id, string Group, AreaCode Area, DateOnly On, string Words, IReadOnlyList<IssueRef> Issues, string By);

/// <summary>Records the visits of groups to their townships: where, when, what was found. What is wrong goes into the ledger at once.</summary>
internal sealed class RecordSupervision(ShouwangDb db, FindCampaign find, ILedger ledger, Secrets secrets, Today today)
{
    public Task<Outcome<Guid>> Run(Actor actor, Guid id, NewSupervision visit, CancellationToken cancel) => db.Atomically<Guid>(async () =>
    {
        var found = await find.ToChange(actor, id, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        var campaign = found.Value;
        if (!actor.May(Permissions.CampaignsSupervise, visit.Area))
            return Steps.NotPermitted(Permissions.CampaignsSupervise);
        if (await db.Set<DriveGroup>().AsNoTracking().SingleOrDefaultAsync(g => g.County == campaign.County && g.CampaignId == id && g.Id == visit.Group && g.EndedOn == null, cancel) is not { } group)
            return Refusals.NoGroup;
        if (!group.Covers(visit.Area))
            return Refusals.NotCovered(group.Name);
        var (first, last) = (campaign.StagesOf()[0].From, today.Day < campaign.EndsOn ? today.Day : campaign.EndsOn);
        if (visit.On < first || visit.On > last)
            return Refusals.NoSupervisionDay(first, last);
        if (string.IsNullOrWhiteSpace(visit.Words))
            return Refusals.NoWords;
        if (visit.Problems.Any(p => string.IsNullOrWhiteSpace(p.Kind) || string.IsNullOrWhiteSpace(p.Words)))
            return Refusals.ProblemIncomplete;
        if (visit.Problems.Select(p => p.Area ?? visit.Area).Where(a => !visit.Area.Contains(a)).ToList() is [var outside, ..])
            return Refusals.OutsideScope(outside.Digits);
        var (made, issues) = (Guid.CreateVersion7(), new List<Guid>());
        foreach (var problem in visit.Problems)
        {
            var issue = await ledger.Report(new("inspection", made, problem.Area ?? visit.Area, null, problem.Kind, problem.Words.Trim(), visit.On), actor, cancel);
            if (!issue.Succeeded)
                return issue.Problems.ToList();
            issues.Add(issue.Value);
        }
        db.Add(new SupervisionVisit
        {
            County = campaign.County, Id = made, CampaignId = id, GroupId = group.Id, Area = visit.Area.Digits, VisitedOn = visit.On, WordsEnc = secrets.Encrypt(visit.Words.Trim())!,
            Issues = JsonSerializer.Serialize(issues, JsonTexts.Options), RecordedBy = actor.User, RecordedByName = actor.DisplayName, RecordedAt = today.Clock.GetUtcNow(),
        });
        db.Log("campaigns.supervised", visit.Area, campaign.Code, actor.Name, today.Clock, new { Visit = made, Group = group.Id, visit.On, Issues = issues });
        return made;
    }, cancel);

    /// <summary>Visits inside an area of the actor, the latest first.</summary>
    /// <param name="group">Only of that group; null for all.</param>
    public async Task<IReadOnlyList<SupervisionRow>> List(Actor actor, Guid campaign, AreaCode within, Guid? group, int limit, CancellationToken cancel)
    {
        var (county, from, to) = (actor.County, within.Digits, within.RangeEnd);
        var rows = await db.Set<SupervisionVisit>().AsNoTracking().VisibleTo(actor, Permissions.CampaignsRead)
            .Where(v => v.CampaignId == campaign && (group == null || v.GroupId == group) && string.Compare(v.Area, from) >= 0 && string.Compare(v.Area, to) < 0)
            .OrderByDescending(v => v.VisitedOn).ThenByDescending(v => v.Id).Take(limit).ToListAsync(cancel);
        var names = await db.Set<DriveGroup>().AsNoTracking().Where(g => g.County == county && g.CampaignId == campaign).ToDictionaryAsync(g => g.Id, g => g.Name, cancel);
        var issues = await ledger.Find(county, [.. rows.SelectMany(r => r.IssuesOf())], cancel);
        return [.. rows.Select(r => new SupervisionRow(r.Id, names[r.GroupId], new(r.Area), r.VisitedOn, secrets.Decrypt(r.WordsEnc) ?? "", [.. r.IssuesOf().Where(issues.ContainsKey).Select(i => issues[i])], r.RecordedByName))];
    }

    /// <summary>Visits of each group of a drive, and the problems they found.</summary>
    public async Task<IReadOnlyDictionary<Guid, (int Visits, int Problems)>> Counts(Campaign campaign, CancellationToken cancel)
    {
        var (county, id) = (campaign.County, campaign.Id);
        return (await db.Set<SupervisionVisit>().AsNoTracking().Where(v => v.County == county && v.CampaignId == id).ToListAsync(cancel)).GroupBy(v => v.GroupId)
            .ToDictionary(g => g.Key, g => (g.Count(), g.Sum(v => v.IssuesOf().Count)));
    }
}
