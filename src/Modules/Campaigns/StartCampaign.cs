using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Campaigns;

/// <summary>What somebody starts.</summary>
/// <param name="Areas">Empty for the whole county; otherwise townships.</param>
/// <param name="Scope">The condition; null takes that of the plan, an empty text all households.</param>
/// <param name="From">The first day of the first stage; the others follow with the lengths of the plan.</param>
/// <param name="Stages">Other days for the stages, in their order; null takes those of the plan.</param>
public sealed record NewCampaign(
    string Template, string Name, IReadOnlyList<AreaCode> Areas, string? Scope, DateOnly From, IReadOnlyList<(DateOnly From, DateOnly To)>? Stages = null);

/// <summary>Starts a drive from a template of the policy, and changes the days of its stages.</summary>
internal sealed class StartCampaign(ShouwangDb db, Policies policies, CampaignScope scope, FindCampaign find, CountCampaign count, Today today)
{
    public async Task<Outcome<Guid>> Run(Actor actor, NewCampaign wanted, CancellationToken cancel)
    {
        if (actor.IsOverCounties || !actor.May(Permissions.CampaignsRun, new(actor.County)))
            return Steps.NotPermitted(Permissions.CampaignsRun);
        var county = new AreaCode(actor.County);
        if ((await policies.For(county, today.Day, cancel)).Campaigns.FirstOrDefault(t => t.Code == wanted.Template) is not { } plan)
            return Refusals.NoTemplate(wanted.Template);
        var condition = (wanted.Scope ?? plan.Scope)?.Trim() is { Length: > 0 } text ? text : null;
        var stages = wanted.Stages is { } days && days.Count == plan.Stages.Count
            ? [.. plan.Stages.Zip(days, (s, d) => new StageDays(s.Code, s.Title, s.Kind, d.From, d.To))] : Planned(plan, wanted.From);
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(wanted.Name))
            problems.Add(Refusals.NoName);
        if (wanted.Areas.Any(a => a != county && (a.Level != AreaLevel.Township || !county.Contains(a))))
            problems.Add(Refusals.NoAreas);
        if (scope.Check(condition) is { } bad)
            problems.Add(bad);
        if (OutOfOrder(stages) is { } order)
            problems.Add(order);
        if (problems.Count > 0)
            return problems;

        return await db.Atomically<Guid>(async () =>
        {
            var areas = wanted.Areas.Count == 0 || wanted.Areas.Contains(county) ? [county] : wanted.Areas.Distinct().Order().ToList();
            var campaign = new Campaign
            {
                County = actor.County, Id = Guid.CreateVersion7(), Code = await db.TakeNumber(actor.County, 'D', today.Day, cancel), Name = wanted.Name.Trim(), Template = plan.Code,
                Plan = JsonSerializer.Serialize(plan, JsonTexts.Options), Areas = string.Join(',', areas.Select(a => a.Digits)), Scope = condition, Stages = Campaign.Write(stages),
                StartedOn = today.Day, StartedBy = actor.User, StartedByName = actor.DisplayName,
            };
            db.Add(campaign);
            db.Log("campaigns.started", county, campaign.Code, actor.Name, today.Clock, new { campaign.Template, campaign.Areas, campaign.Scope, Stages = stages.Select(s => new { s.Code, s.From, s.To }) });
            await db.SaveChangesAsync(cancel);
            await count.Keep(campaign, cancel);
            return campaign.Id;
        }, cancel);
    }

    /// <summary>Moves the days of the stages; what was done on other days stays done.</summary>
    public Task<Outcome<CampaignState>> ChangeDates(Actor actor, Guid id, IReadOnlyList<(DateOnly From, DateOnly To)> days, string reason, CancellationToken cancel) => db.Atomically<CampaignState>(async () =>
    {
        var found = await find.ToChange(actor, id, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        var campaign = found.Value;
        if (!actor.May(Permissions.CampaignsRun, new(campaign.County)))
            return Steps.NotPermitted(Permissions.CampaignsRun);
        if (string.IsNullOrWhiteSpace(reason))
            return Steps.Missing(EvidenceKinds.Reason);
        var before = campaign.StagesOf();
        List<StageDays> stages = [.. before.Zip(days, (s, d) => s with { From = d.From, To = d.To })];
        if (stages.Count != before.Count || OutOfOrder(stages) is not null)
            return OutOfOrder(stages) ?? Refusals.StagesOutOfOrder(before[^1].Title);
        campaign.Stages = Campaign.Write(stages);
        campaign.Version++;
        db.Log("campaigns.dates-changed", new(campaign.County), campaign.Code, actor.Name, today.Clock, new { Stages = stages.Select(s => new { s.Code, s.From, s.To }), Reason = reason.Trim() });
        return campaign.State;
    }, cancel);

    /// <summary>The stages of a plan from a day on, one after the other.</summary>
    public static IReadOnlyList<StageDays> Planned(CampaignTemplate plan, DateOnly from)
    {
        var stages = new List<StageDays>();
        foreach (var stage in plan.Stages)
        {
            stages.Add(new(stage.Code, stage.Title, stage.Kind, from, from.AddDays(stage.Days - 1)));
            from = from.AddDays(stage.Days);
        }
        return stages;
    }

    private static Problem? OutOfOrder(IReadOnlyList<StageDays> stages)
    {
        for (var i = 0; i < stages.Count; i++)
        {
            if (stages[i].To < stages[i].From || i > 0 && stages[i].From <= stages[i - 1].To)
                return Refusals.StagesOutOfOrder(stages[i].Title);
        }
        return null;
    }
}
