using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Modules.Campaigns.Teams;
using Shouwang.Modules.Organisation.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Campaigns.Groups;

/// <summary>A group of a drive with its members of the day, those who lead first.</summary>
/// <param name="GroupId">The county's group.</param>
public sealed record DriveGroupRow(Guid Id, Guid GroupId, DriveGroupKind Kind, string Name, IReadOnlyList<AreaCode> Areas, IReadOnlyList<string> Departments, IReadOnlyList<GroupPerson> Members);

/// <summary>How a township is covered.</summary>
/// <param name="Groups">Names of the groups over it, by kind.</param>
/// <param name="Visits">Visits of groups whose kind asks for some, by stage.</param>
public sealed record TownshipCover(AreaCode Township, ILookup<string, string> Groups, IReadOnlyDictionary<string, int> Visits);

/// <summary>Takes groups of the county into a drive, and says which townships they cover and who has been where.</summary>
internal sealed class DriveGroups(ShouwangDb db, FindCampaign find, ICountyGroups groups, IAreas areas, Policies policies, Today today)
{
    /// <summary>Groups of the county of the plan's kinds that are not in the drive yet.</summary>
    public async Task<IReadOnlyList<CountyGroup>> Free(Campaign campaign, CancellationToken cancel)
    {
        var taken = (await Rows(campaign, cancel)).Select(g => g.GroupId).ToHashSet();
        return [.. (await Of(campaign, cancel)).Where(g => !taken.Contains(g.Id))];
    }

    /// <summary>Takes a group over, or gives one that is in the drive other townships and departments.</summary>
    /// <param name="group">The county's group.</param>
    public Task<Outcome<Guid>> Take(Actor actor, Guid id, Guid group, IReadOnlyCollection<AreaCode> townships, IReadOnlyCollection<string> departments, CancellationToken cancel) => db.Atomically<Guid>(async () =>
    {
        var found = await Permitted(actor, id, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        var campaign = found.Value;
        if (townships.Count == 0)
            return Refusals.NoTownship;
        if (townships.Where(t => t.Level != AreaLevel.Township || !campaign.Contains(t)).ToList() is [var outside, ..])
            return Refusals.OutsideScope(outside.Digits);
        var policy = await policies.For(new(campaign.County), today.Day, cancel);
        if (departments.FirstOrDefault(d => !policy.Departments.ContainsKey(d)) is { } unknown)
            return Refusals.NoDepartment(unknown);
        var (places, named) = (string.Join(',', townships.Distinct().Order().Select(t => t.Digits)), string.Join(',', departments.Distinct().Order(StringComparer.Ordinal)));
        var row = await db.Set<DriveGroup>().SingleOrDefaultAsync(g => g.County == campaign.County && g.CampaignId == id && g.GroupId == group && g.EndedOn == null, cancel);
        if (row is not null)
            (row.Areas, row.Departments, row.Version) = (places, named, row.Version + 1);
        else if ((await Of(campaign, cancel)).FirstOrDefault(g => g.Id == group) is { } known)
        {
            row = new DriveGroup
            {
                County = campaign.County, Id = Guid.CreateVersion7(), CampaignId = id, Kind = campaign.PlanOf().Groups.First(k => k.Of == known.Kind).Code, GroupId = group, Name = known.Name,
                Areas = places, Departments = named, TakenOn = today.Day, TakenBy = actor.DisplayName,
            };
            db.Add(row);
        }
        else
            return Refusals.NoGroup;
        db.Log("campaigns.group-taken", new(campaign.County), campaign.Code, actor.Name, today.Clock, new { Group = row.Id, row.Kind, row.Areas, row.Departments });
        return row.Id;
    }, cancel);

    /// <summary>The group is in the drive no longer; what it did stays.</summary>
    public Task<Outcome<Guid>> End(Actor actor, Guid id, Guid group, CancellationToken cancel) => db.Atomically<Guid>(async () =>
    {
        var found = await Permitted(actor, id, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        if (await db.Set<DriveGroup>().SingleOrDefaultAsync(g => g.County == actor.County && g.CampaignId == id && g.Id == group && g.EndedOn == null, cancel) is not { } row)
            return Refusals.NoGroup;
        (row.EndedOn, row.Version) = (today.Day, row.Version + 1);
        db.Log("campaigns.group-ended", new(row.County), found.Value.Code, actor.Name, today.Clock, new { Group = row.Id, row.Kind });
        return row.Id;
    }, cancel);

    /// <summary>The groups of a drive that cover anything of an area, in the order of the plan's kinds.</summary>
    public async Task<IReadOnlyList<DriveGroupRow>> List(Campaign campaign, AreaCode within, CancellationToken cancel)
    {
        var (plan, members) = (campaign.PlanOf(), (await Of(campaign, cancel)).ToDictionary(g => g.Id, g => g.Members));
        return [.. (await Rows(campaign, cancel)).Where(g => g.AreasOf().Any(a => a.Contains(within) || within.Contains(a)))
            .SelectMany(g => plan.Group(g.Kind) is { } kind ? new[] { new DriveGroupRow(g.Id, g.GroupId, kind, g.Name, g.AreasOf(), g.DepartmentsOf(), members.GetValueOrDefault(g.GroupId, [])) } : [])
            .OrderBy(g => plan.Groups.Index().First(k => k.Item.Code == g.Kind.Code).Index)];
    }

    /// <summary>How each township of the drive is covered in which a household is in scope.</summary>
    public async Task<IReadOnlyList<TownshipCover>> Cover(Campaign campaign, Board board, CancellationToken cancel)
    {
        var (plan, rows, county, id) = (campaign.PlanOf(), await Rows(campaign, cancel), campaign.County, campaign.Id);
        // Visits of a group that left the drive still were visits.
        var asked = (await db.Set<DriveGroup>().AsNoTracking().Where(g => g.County == county && g.CampaignId == id).Select(g => new { g.Id, g.Kind }).ToListAsync(cancel))
            .Where(g => plan.Group(g.Kind) is { EachStage: > 0 }).Select(g => g.Id).ToHashSet();
        var visits = (await db.Set<SupervisionVisit>().AsNoTracking().Where(v => v.County == county && v.CampaignId == id).Select(v => new { v.Area, v.VisitedOn, v.GroupId }).ToListAsync(cancel))
            .Where(v => asked.Contains(v.GroupId)).ToLookup(v => TeamRoster.TownshipOf(new(v.Area)).Digits, v => campaign.StageOn(v.VisitedOn).Code);
        var tree = await areas.Of(county, cancel);
        return [.. tree.All.Select(a => a.Code).Where(t => t.Level == AreaLevel.Township && campaign.Contains(t) && board.Of(t).Households > 0)
            .Select(t => new TownshipCover(t, rows.Where(g => g.Covers(t)).ToLookup(g => g.Kind, g => g.Name), visits[t.Digits].CountBy(s => s).ToDictionary()))];
    }

    /// <summary>What is lacking, in words with numbers: townships without a group of a kind, and those that were not visited in a stage that has begun.</summary>
    /// <param name="stage">Only of that stage; null for all that have begun.</param>
    public async Task<IReadOnlyList<Text>> Lacking(Campaign campaign, Board board, StageKind? stage, CancellationToken cancel)
    {
        var plan = campaign.PlanOf();
        if (plan.Groups.Count == 0)
            return [];
        var cover = await Cover(campaign, board, cancel);
        var lacking = plan.Groups.Select(k => (Count: cover.Count(c => !c.Groups[k.Code].Any()), Zh: $"个乡镇没有{k.Title.Zh}", En: $"townships have no {k.Title.En}")).ToList();
        if (plan.Groups.Max(k => k.EachStage) is var least and > 0)
        {
            lacking.AddRange(campaign.StagesOf().Where(s => s.From <= today.Day && (stage is null || s.Kind == stage))
                .Select(s => (cover.Count(c => c.Visits.GetValueOrDefault(s.Code) < least), $"个乡镇在{s.Title.Zh}督导不足 {least} 次", $"townships were supervised less than {least} times in the stage of {s.Title.En}")));
        }
        return [.. lacking.Where(l => l.Count > 0).Select(l => new Text($"{l.Count} {l.Zh}", $"{l.Count} {l.En}"))];
    }

    private async Task<List<DriveGroup>> Rows(Campaign campaign, CancellationToken cancel)
    {
        var (county, id) = (campaign.County, campaign.Id);
        return await db.Set<DriveGroup>().AsNoTracking().Where(g => g.County == county && g.CampaignId == id && g.EndedOn == null).OrderBy(g => g.TakenOn).ThenBy(g => g.Id).ToListAsync(cancel);
    }

    private Task<IReadOnlyList<CountyGroup>> Of(Campaign campaign, CancellationToken cancel) =>
        groups.On(new(campaign.County), [.. campaign.PlanOf().Groups.Select(k => k.Of)], campaign.ClosedOn ?? today.Day, cancel);

    private async Task<Outcome<Campaign>> Permitted(Actor actor, Guid id, CancellationToken cancel)
    {
        var found = await find.ToChange(actor, id, cancel);
        return !found.Succeeded || actor.May(Permissions.CampaignsRun, new(found.Value.County)) ? found : Steps.NotPermitted(Permissions.CampaignsRun);
    }
}
