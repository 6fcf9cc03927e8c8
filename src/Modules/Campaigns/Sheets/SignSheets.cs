using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Reports;
using Shouwang.Modules.Campaigns.Reviews;
using Shouwang.Modules.Campaigns.Sampling;
using Shouwang.Modules.Campaigns.Tables;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Campaigns.Sheets;

/// <summary>How far a sheet is.</summary>
public enum SheetStanding { NotPrepared, Prepared, Signed, ChangedSince }

/// <summary>A sheet of the drive for one area or department, prepared or not.</summary>
/// <param name="Id">Of the latest revision; null while nobody prepared it.</param>
/// <param name="Signed">How many of the signatures it has.</param>
public sealed record SheetRow(SheetTerm Term, AreaCode Area, string? Department, Guid? Id, int Revision, SheetStanding Standing, int Signed, string? Hash, DateOnly? PreparedOn);

/// <param name="Now">What it would say now; null where that is the same.</param>
/// <param name="CanSign">The signer's place of the plan that the asking person can sign for, or null.</param>
public sealed record SheetPage(
    SheetRow Row, SheetContents Contents, SheetContents? Now, string PreparedBy, IReadOnlyList<Signature> Signatures, int? CanSign, IReadOnlyList<(int Revision, Guid Id, string Hash, DateOnly On)> Revisions);

/// <summary>Prepares sheets out of what was counted, and has them signed. Whoever prepared one cannot be the only one who signs it.</summary>
internal sealed class SignSheets(
    ShouwangDb db, FindCampaign find, CountCampaign count, DriveTables tables, Reviewing reviews, FileReports reports, IAreas areas, Today today)
{
    /// <summary>Everything sheets can say, with what was counted.</summary>
    public async Task<SheetFacts> Facts(Campaign campaign, Board board, CancellationToken cancel)
    {
        var (county, id) = (campaign.County, campaign.Id);
        var samples = await db.Set<Sample>().AsNoTracking().Where(s => s.County == county && s.CampaignId == id).Select(s => s.Id).ToListAsync(cancel);
        var sampled = await db.Set<SampledHousehold>().AsNoTracking().Where(h => h.County == county && samples.Contains(h.SampleId)).Select(h => new { h.Area, h.Result }).ToListAsync(cancel);
        return new(campaign, campaign.PlanOf(), board, await tables.Villages(campaign, board, new(county), cancel), await tables.County(campaign, board, cancel),
            await reviews.Counts(campaign, cancel), [.. sampled.Select(s => (s.Area, s.Result))], await reports.Latest(campaign, cancel));
    }

    /// <summary>Every sheet the drive needs inside an area; those of departments and the county only over the whole county.</summary>
    public async Task<IReadOnlyList<SheetRow>> List(Campaign campaign, SheetFacts facts, AreaCode within, CancellationToken cancel)
    {
        var (county, id) = (campaign.County, campaign.Id);
        var prepared = (await db.Set<Sheet>().AsNoTracking().Where(s => s.County == county && s.CampaignId == id).ToListAsync(cancel))
            .GroupBy(s => (s.Term, s.Area, s.Department)).ToDictionary(g => g.Key, g => g.MaxBy(s => s.Revision)!);
        var ids = prepared.Values.Select(s => s.Id).ToList();
        var signed = (await db.Set<Signature>().AsNoTracking().Where(s => s.County == county && ids.Contains(s.SheetId)).Select(s => s.SheetId).ToListAsync(cancel)).CountBy(s => s).ToDictionary();
        var tree = await areas.Of(county, cancel);
        return [.. Needed(facts, tree, within).Select(n =>
        {
            var sheet = prepared.GetValueOrDefault((n.Term.Code, n.Area.Digits, n.Department));
            var signatures = sheet is null ? 0 : signed.GetValueOrDefault(sheet.Id);
            var standing = sheet is null ? SheetStanding.NotPrepared : facts.Contents(n.Term, n.Area, n.Department).Hash() != sheet.Hash && CampaignStates.Open.Contains(campaign.State) ? SheetStanding.ChangedSince
                : signatures >= n.Term.Signers.Count ? SheetStanding.Signed : SheetStanding.Prepared;
            return new SheetRow(n.Term, n.Area, n.Department, sheet?.Id, sheet?.Revision ?? 0, standing, signatures, sheet?.Hash, sheet?.PreparedOn);
        })];
    }

    /// <summary>Prepares a sheet out of what is counted now; anew where it says something else than before.</summary>
    public Task<Outcome<Guid>> Prepare(Actor actor, Guid id, string term, AreaCode area, string? department, CancellationToken cancel) => db.Atomically<Guid>(async () =>
    {
        var found = await find.ToChange(actor, id, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        var campaign = found.Value;
        if (campaign.PlanOf().Sheet(term) is not { } wanted)
            return Refusals.NoSheet;
        if (!actor.May(Permissions.CampaignsSign, area) || actor.Role == Role.IndustryDept && department != actor.Department)
            return Steps.NotPermitted(Permissions.CampaignsSign);
        // Counted at this moment, and kept, so that no page sets older figures beside it.
        var facts = await Facts(campaign, await count.Keep(campaign, cancel), cancel);
        if (!Needed(facts, await areas.Of(campaign.County, cancel), area).Any(n => n.Term.Code == wanted.Code && n.Area == area && n.Department == department))
            return Refusals.NoSheet;
        var (contents, place) = (facts.Contents(wanted, area, department), area.Digits);
        var before = await db.Set<Sheet>().AsNoTracking().Where(s => s.County == campaign.County && s.CampaignId == id && s.Term == term && s.Area == place && s.Department == department)
            .OrderByDescending(s => s.Revision).FirstOrDefaultAsync(cancel);
        if (before?.Hash == contents.Hash())
            return Refusals.SheetUnchanged;
        var sheet = new Sheet
        {
            County = campaign.County, Id = Guid.CreateVersion7(), CampaignId = id, Term = term, Area = place, Department = department, Revision = (before?.Revision ?? 0) + 1,
            Contents = JsonSerializer.Serialize(contents, JsonTexts.Options), Hash = contents.Hash(), PreparedOn = today.Day, PreparedBy = actor.User, PreparedByName = actor.DisplayName,
        };
        db.Add(sheet);
        db.Log("campaigns.sheet-prepared", area, campaign.Code, actor.Name, today.Clock, new { Sheet = sheet.Id, term, department, sheet.Revision, sheet.Hash });
        return sheet.Id;
    }, cancel);

    /// <summary>Signs a sheet as it was prepared. What has changed before anybody signed has to be prepared anew first.</summary>
    public Task<Outcome<SheetStanding>> Sign(Actor actor, Guid id, CancellationToken cancel) => db.Atomically<SheetStanding>(async () =>
    {
        if (await db.Set<Sheet>().AsNoTracking().VisibleTo(actor, Permissions.CampaignsRead).SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } sheet)
            return Refusals.NoSheet;
        var found = await find.ToChange(actor, sheet.CampaignId, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        var (campaign, area) = (found.Value, new AreaCode(sheet.Area));
        var term = campaign.PlanOf().Sheet(sheet.Term)!;
        if (!actor.May(Permissions.CampaignsSign, area) || actor.Role == Role.IndustryDept && sheet.Department != actor.Department)
            return Steps.NotPermitted(Permissions.CampaignsSign);
        var signatures = await db.Set<Signature>().AsNoTracking().Where(s => s.County == sheet.County && s.SheetId == id).ToListAsync(cancel);
        if (signatures.Exists(s => s.UserId == actor.User))
            return Refusals.SignedAlready;
        if (PlaceOf(actor, term, signatures) is not { } place)
            return Refusals.NotASigner([.. term.Signers.Select(Names)]);
        if (signatures.Count + 1 == term.Signers.Count && sheet.PreparedBy == actor.User && signatures.TrueForAll(s => s.UserId == actor.User))
            return Refusals.OnlyPreparer;
        // Nobody signs first what is known to be out of date; whoever comes after signs what the first one did, and sees what has changed since.
        if (signatures.Count == 0 && (await Facts(campaign, await count.Now(campaign, cancel), cancel)).Contents(term, area, sheet.Department).Hash() != sheet.Hash)
            return Refusals.ChangedSince;
        db.Add(new Signature
        {
            County = sheet.County, Id = Guid.CreateVersion7(), SheetId = id, Place = place, Role = actor.Role, UserId = actor.User, Name = actor.DisplayName, Hash = sheet.Hash, SignedOn = today.Day,
            SignedAt = today.Clock.GetUtcNow(),
        });
        db.Log("campaigns.sheet-signed", area, campaign.Code, actor.Name, today.Clock, new { Sheet = id, sheet.Term, sheet.Hash, actor.Role });
        return signatures.Count + 1 == term.Signers.Count ? SheetStanding.Signed : SheetStanding.Prepared;
    }, cancel);

    /// <summary>A sheet with its signatures, and what it would say by what was counted last; null when there is none in the actor's area.</summary>
    public async Task<SheetPage?> Open(Actor actor, Guid id, CancellationToken cancel)
    {
        if (await db.Set<Sheet>().AsNoTracking().VisibleTo(actor, Permissions.CampaignsRead).SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } sheet
            || await find.Open(actor, sheet.CampaignId, cancel) is not { } campaign || campaign.PlanOf().Sheet(sheet.Term) is not { } term)
            return null;
        var signatures = await db.Set<Signature>().AsNoTracking().Where(s => s.County == sheet.County && s.SheetId == id).OrderBy(s => s.Place).ToListAsync(cancel);
        var revisions = await db.Set<Sheet>().AsNoTracking().Where(s => s.County == sheet.County && s.CampaignId == sheet.CampaignId && s.Term == sheet.Term && s.Area == sheet.Area && s.Department == sheet.Department)
            .OrderByDescending(s => s.Revision).Select(s => new { s.Revision, s.Id, s.Hash, s.PreparedOn }).ToListAsync(cancel);
        var now = CampaignStates.Open.Contains(campaign.State) ? (await Facts(campaign, await count.Of(campaign, cancel), cancel)).Contents(term, new(sheet.Area), sheet.Department) : null;
        var changed = now is not null && now.Hash() != sheet.Hash;
        var standing = changed ? SheetStanding.ChangedSince : signatures.Count >= term.Signers.Count ? SheetStanding.Signed : SheetStanding.Prepared;
        var may = now is not null && (!changed || signatures.Count > 0) && actor.May(Permissions.CampaignsSign, new(sheet.Area)) && signatures.TrueForAll(s => s.UserId != actor.User)
            && (actor.Role != Role.IndustryDept || sheet.Department == actor.Department);
        return new(new(term, new(sheet.Area), sheet.Department, sheet.Id, sheet.Revision, standing, signatures.Count, sheet.Hash, sheet.PreparedOn), sheet.ContentsOf(), changed ? now : null, sheet.PreparedByName,
            signatures, may ? PlaceOf(actor, term, signatures) : null, [.. revisions.Select(r => (r.Revision, r.Id, r.Hash, r.PreparedOn))]);
    }

    public static Text Names(IReadOnlyList<Role> roles) => new(string.Join("或", roles.Select(r => RoleNames.Of(r).Zh)), string.Join(" or ", roles.Select(r => RoleNames.Of(r).En)));

    private static int? PlaceOf(Actor actor, SheetTerm term, List<Signature> signatures)
    {
        for (var i = 0; i < term.Signers.Count; i++)
        {
            if (term.Signers[i].Contains(actor.Role) && signatures.TrueForAll(s => s.Place != i))
                return i;
        }
        return null;
    }

    /// <summary>The sheets a drive needs: for places in which a household is in scope, for the departments that report, for the county.</summary>
    private static IEnumerable<(SheetTerm Term, AreaCode Area, string? Department)> Needed(SheetFacts facts, AreaTree tree, AreaCode within)
    {
        var county = new AreaCode(facts.Campaign.County);
        var places = facts.Board.Places.Where(p => p.Value.Households > 0).Select(p => p.Key).ToList();
        var areas = tree.All.Select(a => a.Code).Where(a => within.Contains(a) && facts.Campaign.Contains(a) && places.Exists(p => p.StartsWith(a.Digits, StringComparison.Ordinal))).ToList();
        foreach (var term in facts.Plan.Sheets)
        {
            switch (term.Level)
            {
                case SheetLevel.Village or SheetLevel.Township:
                    foreach (var area in areas.Where(a => a.Level == (term.Level == SheetLevel.Village ? AreaLevel.Village : AreaLevel.Township)))
                        yield return (term, area, null);
                    break;
                case SheetLevel.Department when within == county:
                    foreach (var department in facts.Plan.Reports)
                        yield return (term, county, department);
                    break;
                case SheetLevel.County when within == county:
                    yield return (term, county, null);
                    break;
                case SheetLevel.Department or SheetLevel.County:
                    break;
            }
        }
    }
}
