using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Groups;
using Shouwang.Modules.Campaigns.Proof;
using Shouwang.Modules.Campaigns.Sheets;
using Shouwang.Modules.Campaigns.Teams;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;
using static Shouwang.Modules.Campaigns.Contracts.CampaignEvent;

namespace Shouwang.Modules.Campaigns;

/// <summary>What should have been done before a drive goes on; the same list is what a drive leaves open.</summary>
internal sealed class Readiness(ShouwangDb db, SignSheets sheets, TeamRoster teams, DriveGroups groups)
{
    /// <summary>What is missing for a step, in words with numbers; empty when it can be taken.</summary>
    public async Task<IReadOnlyList<Text>> Missing(Campaign campaign, CampaignEvent happening, Board board, CancellationToken cancel)
    {
        var county = new AreaCode(campaign.County);
        return happening switch
        {
            BeginFieldWork => [.. await NoTeams(campaign, board, cancel), .. await groups.Lacking(campaign, board, StageKind.Deploy, cancel)],
            BeginDataEntry => Unless(board.Of(county).Unvisited, n => new($"{n} 户还没有入户", $"{n} households are not visited")),
            ReportUp => [.. await Unsigned(campaign, board, [SheetLevel.Village, SheetLevel.Township], cancel), .. Unless(board.Of(county).ToClean, n => new($"{n} 条数据疑点待清洗", $"{n} findings are to be cleaned")),
                .. await groups.Lacking(campaign, board, StageKind.Field, cancel)],
            FileSelfAssessment => [.. await Unchecked(campaign, cancel), .. await Unreported(campaign, board, cancel)],
            Close => [.. await Unsigned(campaign, board, Enum.GetValues<SheetLevel>(), cancel), .. await NoPack(campaign, cancel), .. await groups.Lacking(campaign, board, StageKind.Check, cancel)],
            Deploy or BeginSpotCheck or GoBack or Cancel => [],
        };
    }

    private async Task<IReadOnlyList<Text>> NoTeams(Campaign campaign, Board board, CancellationToken cancel)
    {
        var plan = campaign.PlanOf();
        var counts = await teams.Counts(campaign, cancel);
        var townships = board.Places.Where(p => p.Value.Households > 0).Select(p => TeamRoster.TownshipOf(new(p.Key))).Distinct().ToList();
        return [.. plan.Teams.Where(k => k.Duty == TeamDuty.SelfAssessment).SelectMany(k => Unless(townships.Count(t => !counts.Any(c => c.Kind == k.Code && c.Township == t)),
            n => new($"{n} 个乡镇还没有{k.Title.Zh}", $"{n} townships have no {k.Title.En}")))];
    }

    private async Task<IReadOnlyList<Text>> Unsigned(Campaign campaign, Board board, IReadOnlyCollection<SheetLevel> levels, CancellationToken cancel)
    {
        var facts = await sheets.Facts(campaign, board, cancel);
        var rows = await sheets.List(campaign, facts, new(campaign.County), cancel);
        return [.. facts.Plan.Sheets.Where(s => levels.Contains(s.Level)).SelectMany(s => Unless(rows.Count(r => r.Term.Code == s.Code && r.Signed < s.Signers.Count),
            n => new($"《{s.Title.Zh}》{n} 张未签完", $"{n} sheets '{s.Title.En}' are not signed")))];
    }

    private async Task<IReadOnlyList<Text>> Unchecked(Campaign campaign, CancellationToken cancel)
    {
        var facts = await sheets.Facts(campaign, Board.Empty(default), cancel);
        return facts.Sampled.Count == 0 ? [new("还没有抽查", "no spot check was drawn")]
            : Unless(facts.Sampled.Count(s => s.Result == Sampling.CheckResult.Waiting), n => new($"抽中 {n} 户还没有核对", $"{n} sampled households are not checked"));
    }

    private async Task<IReadOnlyList<Text>> Unreported(Campaign campaign, Board board, CancellationToken cancel)
    {
        var facts = await sheets.Facts(campaign, board, cancel);
        return Unless(facts.Plan.Reports.Count(d => !facts.Reports.ContainsKey(d)), n => new($"{n} 个部门没有报送自查评估", $"{n} departments have filed no self-assessment"));
    }

    private async Task<IReadOnlyList<Text>> NoPack(Campaign campaign, CancellationToken cancel)
    {
        var (county, id) = (campaign.County, campaign.Id);
        return await db.Set<Pack>().AnyAsync(p => p.County == county && p.CampaignId == id, cancel) ? [] : [new("还没有生成佐证材料", "no proof pack was made")];
    }

    private static IReadOnlyList<Text> Unless(int number, Func<int, Text> words) => number > 0 ? [words(number)] : [];
}
