using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Sheets;
using Shouwang.Modules.Campaigns.Teams;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Campaigns;

/// <summary>What INDICATORS asks of drives: teams (C04), checklist answered (C06), sheets signed (C07), households visited (M21), tables checked (M25), food and clothing (G26). Drives that ended before the day's year do not count.</summary>
internal sealed class CampaignIndicators(ShouwangDb db, CountCampaign count, SignSheets sheets) : IIndicatorSource
{
    public IReadOnlyList<string> Codes => ["C04", "C04a", "C04b", "C04c", "C06", "C07", "G26", "M21", "M25"];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var (key, year) = (county.Digits, new DateOnly(asOf.Year, 1, 1));
        foreach (var campaign in await db.Set<Campaign>().AsNoTracking().Where(c => c.County == key && c.StartedOn <= asOf && (c.ClosedOn == null || c.ClosedOn >= year)).ToListAsync(cancel))
        {
            var (plan, id) = (campaign.PlanOf(), campaign.Id);
            foreach (var team in await db.Set<Team>().AsNoTracking().Where(t => t.County == key && t.CampaignId == id && t.FormedOn <= asOf && (t.EndedOn == null || t.EndedOn > asOf)).Select(t => new { t.Kind, t.Area }).ToListAsync(cancel))
            {
                var duty = plan.Team(team.Kind)?.Duty switch { TeamDuty.JointReview => "C04b", TeamDuty.Examination => "C04c", TeamDuty.SelfAssessment or null => "C04a" };
                part(new("C04", team.Area, null, 1, 0));
                part(new(duty, team.Area, null, 1, 0));
            }
            if (await count.Kept(campaign, cancel) is not { } board)
                continue;
            foreach (var (area, figures) in board.Places.Where(p => p.Value.Households > 0))
            {
                var items = plan.Checklist.Count * figures.Households;
                part(new("M21", area, null, figures.Visited, figures.Households));
                part(new("C06", area, null, items - figures.ChecklistOpen, items));
                part(new("M25", area, null, figures.Complete, figures.Households) { By = Of("village") });
            }
            foreach (var item in plan.Checklist.Where(c => c.From == "food_and_clothing").SelectMany(c => board.Checklist.Where(i => i.Item == c.Code)))
                part(new("G26", item.Area, null, item.Fine, item.Fine + item.Problem));
            var facts = await sheets.Facts(campaign, board, cancel);
            foreach (var village in plan.VillageTable.Count > 0 ? facts.Villages : [])
                part(new("M25", village.Area.Digits, null, village.CheckedOn <= asOf ? 1 : 0, 1) { By = Of("township") });
            foreach (var table in facts.County)
                part(new("M25", table.Area.Digits, null, table.CheckedOn <= asOf ? 1 : 0, 1) { By = Of(table.Department ?? "") });
            foreach (var sheet in await sheets.List(campaign, facts, county, cancel))
                part(new("C07", sheet.Area.Digits, null, sheet.Signed >= sheet.Term.Signers.Count ? 1 : 0, 1) { By = Of(sheet.Department ?? OfficeOf(sheet.Term.Level)) });
        }
    }

    private static (string, string)[] Of(string department) => [("department", department)];

    // Who keeps what no department answers for, as the policy's departments call it.
    private static string OfficeOf(SheetLevel level) => level switch
    {
        SheetLevel.Village => "village",
        SheetLevel.Township => "township",
        SheetLevel.County => "county_office",
        SheetLevel.Department => "",
    };
}
