using Microsoft.EntityFrameworkCore;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Modules.Campaigns.Sampling;
using Shouwang.Modules.Campaigns.Sheets;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Campaigns;

/// <summary>Drives in people's work lists: the next step of the office, sheets that wait for one's own signature, sampled households nobody has been to.</summary>
internal sealed class CampaignWork(ShouwangDb db, FindCampaign find) : IWorkSource
{
    public async Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel)
    {
        var items = new List<WorkItem>();
        foreach (var campaign in (await find.All(actor, cancel)).Where(c => CampaignStates.Open.Contains(c.State)))
        {
            Next(actor, campaign, today, items);
            await Sheets(actor, campaign, today, items, cancel);
            await Samples(actor, campaign, today, items, cancel);
        }
        var mine = items.OrderBy(i => i.DueOn).ToList();
        return new([.. mine.Take(limit)], mine.Count(i => i.Urgency == Urgency.Overdue), mine.Count(i => i.Urgency == Urgency.DueToday), mine.Count(i => i.Urgency == Urgency.Later), 0);
    }

    private static void Next(Actor actor, Campaign campaign, DateOnly today, List<WorkItem> items)
    {
        if (CampaignStates.Life.Table.StepsFrom(campaign.State, p => actor.May(p, new(campaign.County))).FirstOrDefault(s => s.Event is not (CampaignEvent.GoBack or CampaignEvent.Cancel)) is not { } step)
            return;
        var due = DueOf(campaign);
        items.Add(new("campaign", campaign.Id, campaign.Code, null, campaign.County, CampaignStates.NameOf(campaign.State), CampaignStates.NameOf(step.Event), due, WorkQuery.UrgencyOf(due, today), true,
            WhoActs.For(step.Permission), $"/campaigns/{campaign.Id}"));
    }

    /// <summary>The last day of the stage that the drive's state belongs to.</summary>
    public static DateOnly DueOf(Campaign campaign)
    {
        var kind = campaign.State switch
        {
            CampaignState.Planned or CampaignState.Deployed => StageKind.Deploy,
            CampaignState.FieldWork or CampaignState.DataEntry => StageKind.Field,
            CampaignState.ReportedUp or CampaignState.SpotCheck or CampaignState.SelfAssessed or CampaignState.Closed or CampaignState.Cancelled => StageKind.Check,
        };
        return campaign.StagesOf().Last(s => s.Kind == kind).To;
    }

    private async Task Sheets(Actor actor, Campaign campaign, DateOnly today, List<WorkItem> items, CancellationToken cancel)
    {
        if (!actor.May(Permissions.CampaignsSign))
            return;
        var (plan, id, due) = (campaign.PlanOf(), campaign.Id, campaign.EndsOn);
        var terms = plan.Sheets.Where(t => t.Signers.Any(s => s.Contains(actor.Role))).Select(t => t.Code).ToList();
        var prepared = (await db.Set<Sheet>().AsNoTracking().VisibleTo(actor, Permissions.CampaignsSign).Where(s => s.CampaignId == id && terms.Contains(s.Term)).ToListAsync(cancel))
            .GroupBy(s => (s.Term, s.Area, s.Department)).Select(g => g.MaxBy(s => s.Revision)!).Where(s => actor.Role != Role.IndustryDept || s.Department == actor.Department).ToList();
        var (county, ids) = (campaign.County, prepared.Select(s => s.Id).ToList());
        var signed = (await db.Set<Signature>().AsNoTracking().Where(s => s.County == county && ids.Contains(s.SheetId)).Select(s => new { s.SheetId, s.Place, s.UserId }).ToListAsync(cancel)).ToLookup(s => s.SheetId);
        foreach (var sheet in prepared)
        {
            var term = plan.Sheet(sheet.Term)!;
            var free = term.Signers.Index().Any(s => s.Item.Contains(actor.Role) && signed[sheet.Id].All(x => x.Place != s.Index));
            if (!free || signed[sheet.Id].Any(s => s.UserId == actor.User))
                continue;
            items.Add(new("sheet", sheet.Id, campaign.Code, null, sheet.Area, term.Title, new("签署责任清单", "sign the sheet"), due, WorkQuery.UrgencyOf(due, today), true,
                WhoActs.For(Permissions.CampaignsSign), $"/campaigns/{id}/sheets/{sheet.Id}"));
        }
    }

    private async Task Samples(Actor actor, Campaign campaign, DateOnly today, List<WorkItem> items, CancellationToken cancel)
    {
        if (!actor.May(Permissions.CampaignsCheck))
            return;
        var (county, id, due) = (campaign.County, campaign.Id, campaign.EndsOn);
        var waiting = await db.Set<Sample>().AsNoTracking().Where(s => s.County == county && s.CampaignId == id)
            .Select(s => new { s.Id, s.Number, Count = db.Set<SampledHousehold>().Count(h => h.County == s.County && h.SampleId == s.Id && h.Result == CheckResult.Waiting) }).ToListAsync(cancel);
        foreach (var sample in waiting.Where(s => s.Count > 0))
        {
            items.Add(new("sample", sample.Id, campaign.Code, null, county, new($"第 {sample.Number} 次抽查，{sample.Count} 户未核对", $"spot check {sample.Number}, {sample.Count} not checked"),
                new("登记抽查结果", "record what was found"), due, WorkQuery.UrgencyOf(due, today), true, WhoActs.For(Permissions.CampaignsCheck), $"/campaigns/{id}/samples/{sample.Id}"));
        }
    }
}
