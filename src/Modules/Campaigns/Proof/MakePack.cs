using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Groups;
using Shouwang.Modules.Campaigns.Sampling;
using Shouwang.Modules.Campaigns.Sheets;
using Shouwang.Modules.Campaigns.Teams;
using Shouwang.Modules.Field.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Campaigns.Proof;

/// <param name="Whole">The contents are those that were hashed.</param>
public sealed record PackRow(Guid Id, int Number, string Hash, string? Pdf, DateOnly MadeOn, string MadeBy, bool Whole);

/// <summary>Puts together what proves a drive, and keeps it as it was.</summary>
internal sealed class MakePack(
    ShouwangDb db, FindCampaign find, CampaignScope scope, CountCampaign count, SignSheets sheets, SpotChecks samples, TeamRoster teams, DriveGroups groups, RecordSupervision supervision, ISelfChecks selfChecks, IAreas areas, Policies policies, PrintPdf printer, Files files, Secrets secrets, Today today)
{
    public Task<Outcome<Guid>> Run(Actor actor, Guid id, CancellationToken cancel) => db.Atomically<Guid>(async () =>
    {
        if (await find.Open(actor, id, cancel) is not { } campaign)
            return Refusals.NotFound;
        if (!actor.May(Permissions.CampaignsProve, new(campaign.County)))
            return Steps.NotPermitted(Permissions.CampaignsProve);
        var json = (await Contents(campaign, cancel)).Write();
        var pack = new Pack
        {
            County = campaign.County, Id = Guid.CreateVersion7(), CampaignId = id,
            Number = 1 + (await db.Set<Pack>().Where(p => p.County == campaign.County && p.CampaignId == id).Select(p => (int?)p.Number).MaxAsync(cancel) ?? 0),
            Contents = json, Hash = PackContents.HashOf(json), MadeOn = today.Day, MadeBy = actor.User, MadeByName = actor.DisplayName, MadeAt = today.Clock.GetUtcNow(),
        };
        db.Add(pack);
        db.Log("campaigns.pack-made", new(campaign.County), campaign.Code, actor.Name, today.Clock, new { Pack = pack.Id, pack.Number, pack.Hash });
        return pack.Id;
    }, cancel);

    /// <summary>Packs of a drive, the latest first; only for posts of the county.</summary>
    public async Task<IReadOnlyList<PackRow>> List(Actor actor, Campaign campaign, CancellationToken cancel)
    {
        var (county, id) = (campaign.County, campaign.Id);
        return !actor.Sees(new(county)) ? [] : [.. (await db.Set<Pack>().AsNoTracking().Where(p => p.County == county && p.CampaignId == id).OrderByDescending(p => p.Number).ToListAsync(cancel))
            .Select(p => new PackRow(p.Id, p.Number, p.Hash, p.Pdf, p.MadeOn, p.MadeByName, p.IsWhole))];
    }

    /// <summary>A pack; null when there is none that the actor may see.</summary>
    public async Task<Pack?> Open(Actor actor, Guid campaign, Guid pack, CancellationToken cancel)
    {
        var county = actor.County;
        return actor.May(Permissions.CampaignsRead, new(county)) && await find.Open(actor, campaign, cancel) is not null
            ? await db.Set<Pack>().AsNoTracking().SingleOrDefaultAsync(p => p.County == county && p.CampaignId == campaign && p.Id == pack, cancel) : null;
    }

    /// <summary>The file of a pack. In Chinese it is printed on first asking and kept; in English it is printed each time.</summary>
    /// <returns>Its content hash; why it could not be printed otherwise.</returns>
    public async Task<Outcome<string>> Print(Actor actor, Guid campaign, Guid pack, Language language, CancellationToken cancel)
    {
        if (!actor.May(Permissions.CampaignsRead, new(actor.County)))
            return Refusals.NotYourCounty;
        if (await Open(actor, campaign, pack, cancel) is not { } kept)
            return Refusals.NoPack;
        if (language == Language.Zh && kept.Pdf is { } there && files.Has(there))
            return there;
        var html = await PackDocument.Html(kept, language);
        var printed = await printer.Run(html, cancel);
        if (!printed.Succeeded)
            return printed.Problems.ToList();
        using var content = new MemoryStream(printed.Value);
        var (hash, _) = await files.Store(content, cancel);
        if (language != Language.Zh)
            return hash;
        return await db.Atomically<string>(async () =>
        {
            await db.Set<Pack>().Where(p => p.County == kept.County && p.Id == pack).ExecuteUpdateAsync(p => p.SetProperty(x => x.Pdf, hash), cancel);
            db.Log("campaigns.pack-printed", new(kept.County), $"{kept.Number}", actor.Name, today.Clock, new { Pack = pack, Pdf = hash });
            return hash;
        }, cancel);
    }

    /// <summary>The drive as it stands now, counted at this moment.</summary>
    private async Task<PackContents> Contents(Campaign campaign, CancellationToken cancel)
    {
        var (county, board) = (new AreaCode(campaign.County), await count.Keep(campaign, cancel));
        var facts = await sheets.Facts(campaign, board, cancel);
        var (plan, tree, policy) = (facts.Plan, await areas.Of(campaign.County, cancel), await policies.For(county, today.Day, cancel));
        var rows = await sheets.List(campaign, facts, county, cancel);
        var signatures = await Signatures(campaign, rows, cancel);
        var drawn = await samples.List(campaign, county, cancel);
        var counts = await teams.Counts(campaign, cancel);
        var townships = board.Places.Keys.Select(p => TeamRoster.TownshipOf(new(p))).Where(t => t.Level == AreaLevel.Township && board.Of(t) is var f && f.Households + f.Found > 0).Distinct().Order().ToList();
        var signed = rows.Where(r => r.Term.Level is SheetLevel.Village or SheetLevel.Township).ToLookup(r => TeamRoster.TownshipOf(r.Area));
        var above = rows.Where(r => r.Term.Level is not (SheetLevel.Village or SheetLevel.Township)).ToList();
        return new(campaign.Code, campaign.Name, plan.Title, plan.Source, campaign.State, tree.NameOf(county), campaign.Scope, [.. campaign.AreasOf().Select(tree.NameOf)], campaign.StagesOf(), board.AsOf, board.Of(county),
            [.. townships.Select(t =>
            {
                var sampled = facts.Sampled.Where(s => s.Area.StartsWith(t.Digits, StringComparison.Ordinal)).ToList();
                return new ProvenPlace(t.Digits, tree.NameOf(t), board.Of(t), sampled.Count, sampled.Count(s => s.Result == CheckResult.Agrees), sampled.Count(s => s.Result == CheckResult.Differs),
                    signed[t].Count(r => r.Signed >= r.Term.Signers.Count), signed[t].Count());
            })],
            board.DaysOf(county), [.. plan.Teams.Select(k => new ProvenTeam(k.Title, counts.Where(c => c.Kind == k.Code).Sum(c => c.Teams), counts.Where(c => c.Kind == k.Code).Sum(c => c.Members)))],
            [.. plan.Checklist.Select(i => board.Item(i.Code, county) is var f ? new ProvenItem(i.Title, f.Fine, f.Problem, f.Open) : null!)],
            facts.Reviews.Where(r => r.Key.Duty == TeamDuty.JointReview).Sum(r => r.Value), facts.Reviews.Where(r => r.Key.Duty == TeamDuty.Examination).Sum(r => r.Value),
            facts.Villages.Count, facts.Villages.Count(v => v.Done),
            [.. drawn.OrderBy(s => s.Number).Select(s => new ProvenSample(s.Number, s.Seed, s.Percent.ToString(CultureInfo.InvariantCulture), s.Least, s.Frame, s.FrameHash, s.Drawn, s.Agrees, s.Differs, s.DrawnOn))],
            [.. rows.Where(r => r.Id is not null).Select(r => new ProvenSheet(r.Term.Title, r.Department is { } d ? policy.DepartmentName(d).Zh : Named(tree, r.Area), r.Revision, r.Hash, [.. signatures[r.Id!.Value]], r.Signed >= r.Term.Signers.Count))],
            [.. plan.Reports.Select(d => new ProvenReport(policy.DepartmentName(d), facts.Reports.GetValueOrDefault(d)?.FiledOn, facts.Reports.GetValueOrDefault(d)?.Hash))],
            await StepsOf(campaign, cancel), [.. Open(board.Of(county), facts, rows), .. await groups.Lacking(campaign, board, null, cancel)])
        {
            ScopeWords = scope.Words(campaign.Scope),
            Above = board.Places.GetValueOrDefault(county.Digits) is var own && (own is not null || above.Count > 0)
                ? new(county.Digits, tree.NameOf(county), own ?? new(), 0, 0, 0, above.Count(r => r.Signed >= r.Term.Signers.Count), above.Count) : null,
            Groups = [.. await Groups(campaign, tree, policy, cancel)],
            SelfChecks = (await selfChecks.Latest(county, campaign.StagesOf()[0].From, campaign.EndsOn, cancel)).Where(k => campaign.Contains(k.Village)).ToList() is var checks
                ? new(checks.Select(k => k.Village).Distinct().Count(), checks.Count, checks.Sum(k => k.Differing.Count)) : null,
        };
    }

    private async Task<IEnumerable<ProvenGroup>> Groups(Campaign campaign, AreaTree tree, Policy policy, CancellationToken cancel)
    {
        var visits = await supervision.Counts(campaign, cancel);
        return (await groups.List(campaign, new(campaign.County), cancel)).Select(g => new ProvenGroup(g.Kind.Title, g.Name, [.. g.Areas.Select(tree.NameOf)], [.. g.Departments.Select(policy.DepartmentName)],
            [.. g.Members.Select(m => $"{m.Name}（{(m.Post.StartsWith(m.Unit, StringComparison.Ordinal) ? "" : m.Unit)}{m.Post}）")], visits.GetValueOrDefault(g.Id).Visits, visits.GetValueOrDefault(g.Id).Problems));
    }

    private static IEnumerable<Text> Open(PlaceFigures whole, SheetFacts facts, IReadOnlyList<SheetRow> rows)
    {
        (int Count, Text Words)[] all =
        [
            (whole.Unvisited, new("户尚未入户", "households not visited")), (whole.Open, new("个问题未销号", "problems not struck off")), (whole.Overdue, new("个问题超期", "problems overdue")),
            (whole.Missing, new("项户表缺项", "values missing in household tables")), (whole.ToClean, new("条数据疑点待清洗", "findings to be cleaned")),
            (facts.Villages.Count(v => !v.Done), new("张村表未核查", "village tables not confirmed")),
            (facts.Sampled.Count(s => s.Result == CheckResult.Waiting), new("户抽中未核对", "sampled households not checked")),
            (rows.Count(r => r.Signed < r.Term.Signers.Count), new("张责任清单未签完", "sheets not fully signed")),
            (rows.Count(r => r.Standing == SheetStanding.ChangedSince), new("张责任清单签后数据有变", "sheets whose figures have changed since")),
            (facts.Plan.Reports.Count(d => !facts.Reports.ContainsKey(d)), new("个部门未报自查评估", "departments without a self-assessment")),
        ];
        return all.Where(o => o.Count > 0).Select(o => new Text($"{o.Count} {o.Words.Zh}", $"{o.Count} {o.Words.En}"));
    }

    private async Task<ILookup<Guid, SheetSignature>> Signatures(Campaign campaign, IReadOnlyList<SheetRow> rows, CancellationToken cancel)
    {
        var (county, ids) = (campaign.County, rows.Select(r => r.Id).OfType<Guid>().ToList());
        return (await db.Set<Signature>().AsNoTracking().Where(s => s.County == county && ids.Contains(s.SheetId)).OrderBy(s => s.Place).ToListAsync(cancel))
            .ToLookup(s => s.SheetId, s => new SheetSignature(RoleNames.Of(s.Role), s.Name, s.SignedOn));
    }

    private async Task<IReadOnlyList<ProvenStep>> StepsOf(Campaign campaign, CancellationToken cancel)
    {
        var (county, id) = (campaign.County, campaign.Id);
        var steps = await db.Set<CampaignStep>().AsNoTracking().Where(s => s.County == county && s.CampaignId == id).OrderBy(s => s.RecordedAt).ThenBy(s => s.Id).ToListAsync(cancel);
        return [new(campaign.StartedOn, new("发起", "started"), campaign.StartedByName, null), .. steps.Select(s =>
        {
            var note = StepNote.Read(s.NoteEnc, secrets);
            return new ProvenStep(s.HappenedOn, CampaignStates.NameOf(s.Event), s.Actor, note.Reason ?? note.Texts.Values.FirstOrDefault());
        })];
    }

    private static string Named(AreaTree tree, AreaCode area) => area.Level == AreaLevel.Village ? $"{tree.NameOf(area.Parent)} {tree.NameOf(area)}" : tree.NameOf(area);
}
