using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Campaigns.Teams;

/// <summary>Somebody to be put into a team.</summary>
/// <param name="User">The account, where there is one.</param>
public sealed record NewMember(string Name, string Post, Guid? User = null, bool IsLeader = false);

/// <summary>A team with its members, the leader first.</summary>
public sealed record TeamRow(Guid Id, string Kind, AreaCode Area, string Name, DateOnly FormedOn, IReadOnlyList<TeamMember> Members);

/// <summary>How many teams and people of a kind a township has.</summary>
public sealed record TeamCount(string Kind, AreaCode Township, int Teams, int Members);

/// <summary>Forms the teams of a drive, and lists them.</summary>
internal sealed class TeamRoster(ShouwangDb db, FindCampaign find, IAreas areas, Today today)
{
    /// <summary>Forms one team.</summary>
    public Task<Outcome<Guid>> Form(Actor actor, Guid campaign, string kind, AreaCode area, string? name, IReadOnlyList<NewMember> members, CancellationToken cancel) => db.Atomically<Guid>(async () =>
    {
        var found = await Permitted(actor, campaign, kind, area, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        if (members.Any(m => string.IsNullOrWhiteSpace(m.Name) || string.IsNullOrWhiteSpace(m.Post)))
            return Refusals.NoMember;
        var tree = await areas.Of(actor.County, cancel);
        var team = Add(found.Value.Campaign, found.Value.Kind, area, string.IsNullOrWhiteSpace(name) ? NameOf(tree, area, found.Value.Kind) : name.Trim(), actor, members);
        db.Log("campaigns.team-formed", area, found.Value.Campaign.Code, actor.Name, today.Clock, new { Team = team.Id, kind, Members = members.Count });
        return team.Id;
    }, cancel);

    /// <summary>Forms one team of a kind for every village of an area that has none yet.</summary>
    /// <returns>How many.</returns>
    public Task<Outcome<int>> FormForVillages(Actor actor, Guid campaign, string kind, AreaCode within, CancellationToken cancel) => db.Atomically<int>(async () =>
    {
        var found = await Permitted(actor, campaign, kind, within, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        var there = (await db.Set<Team>().Where(t => t.County == actor.County && t.CampaignId == campaign && t.Kind == kind && t.EndedOn == null).Select(t => t.Area).ToListAsync(cancel)).ToHashSet();
        var tree = await areas.Of(actor.County, cancel);
        var villages = tree.All.Where(a => a.Code.Level == AreaLevel.Village && within.Contains(a.Code) && found.Value.Campaign.Contains(a.Code) && !there.Contains(a.Code.Digits)).ToList();
        if (villages.Count == 0)
            return Refusals.TeamsThere;
        foreach (var village in villages)
            Add(found.Value.Campaign, found.Value.Kind, village.Code, NameOf(tree, village.Code, found.Value.Kind), actor, []);
        db.Log("campaigns.teams-formed", within, found.Value.Campaign.Code, actor.Name, today.Clock, new { kind, Teams = villages.Count });
        return villages.Count;
    }, cancel);

    public Task<Outcome<Guid>> AddMember(Actor actor, Guid team, NewMember member, CancellationToken cancel) => db.Atomically<Guid>(async () =>
    {
        var found = await Open(actor, team, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        if (string.IsNullOrWhiteSpace(member.Name) || string.IsNullOrWhiteSpace(member.Post))
            return Refusals.NoMember;
        var row = RowOf(found.Value, member);
        db.Add(row);
        db.Log("campaigns.member-added", new(found.Value.Area), team.ToString(), actor.Name, today.Clock, new { Member = row.Id, member.IsLeader });
        return row.Id;
    }, cancel);

    /// <summary>The team is no more; what it did stays.</summary>
    public Task<Outcome<Guid>> End(Actor actor, Guid team, CancellationToken cancel) => db.Atomically<Guid>(async () =>
    {
        var found = await Open(actor, team, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        found.Value.EndedOn = today.Day;
        db.Log("campaigns.team-ended", new(found.Value.Area), team.ToString(), actor.Name, today.Clock, new { found.Value.Kind });
        return team;
    }, cancel);

    /// <summary>Teams inside an area of the actor, by area, kind and name.</summary>
    public async Task<IReadOnlyList<TeamRow>> List(Actor actor, Guid campaign, AreaCode within, string? kind, CancellationToken cancel)
    {
        var (from, to) = (within.Digits, within.RangeEnd);
        var teams = await db.Set<Team>().AsNoTracking().VisibleTo(actor, Permissions.CampaignsRead)
            .Where(t => t.CampaignId == campaign && t.EndedOn == null && (kind == null || t.Kind == kind) && string.Compare(t.Area, from) >= 0 && string.Compare(t.Area, to) < 0)
            .OrderBy(t => t.Area).ThenBy(t => t.Kind).ThenBy(t => t.Name).ToListAsync(cancel);
        var ids = teams.Select(t => t.Id).ToList();
        var members = (await db.Set<TeamMember>().AsNoTracking().Where(m => m.County == actor.County && ids.Contains(m.TeamId)).ToListAsync(cancel)).ToLookup(m => m.TeamId);
        return [.. teams.Select(t => new TeamRow(t.Id, t.Kind, new(t.Area), t.Name, t.FormedOn, [.. members[t.Id].OrderByDescending(m => m.IsLeader).ThenBy(m => m.Id)]))];
    }

    /// <summary>Teams and people by township and kind; those of the county itself stand under the county.</summary>
    public async Task<IReadOnlyList<TeamCount>> Counts(Campaign campaign, CancellationToken cancel)
    {
        var (county, id) = (campaign.County, campaign.Id);
        var teams = await db.Set<Team>().AsNoTracking().Where(t => t.County == county && t.CampaignId == id && t.EndedOn == null).Select(t => new { t.Kind, t.Area,
            Members = db.Set<TeamMember>().Count(m => m.County == t.County && m.TeamId == t.Id) }).ToListAsync(cancel);
        return [.. teams.GroupBy(t => (t.Kind, Township: TownshipOf(new(t.Area)))).Select(g => new TeamCount(g.Key.Kind, g.Key.Township, g.Count(), g.Sum(t => t.Members))).OrderBy(c => c.Township).ThenBy(c => c.Kind, StringComparer.Ordinal)];
    }

    /// <summary>The township an area lies in; the area itself where it is larger.</summary>
    public static AreaCode TownshipOf(AreaCode area) => area.Level == AreaLevel.Village ? area.Parent : area;

    private async Task<Outcome<(Campaign Campaign, TeamKind Kind)>> Permitted(Actor actor, Guid id, string kind, AreaCode area, CancellationToken cancel)
    {
        var found = await find.ToChange(actor, id, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        if (!actor.May(Permissions.CampaignsTeams, area))
            return Steps.NotPermitted(Permissions.CampaignsTeams);
        if (!found.Value.Contains(area) && area.Digits != found.Value.County)
            return Refusals.OutsideScope(area.Digits);
        return found.Value.PlanOf().Team(kind) is { } known ? (found.Value, known) : Refusals.NoTeamKind(kind);
    }

    private async Task<Outcome<Team>> Open(Actor actor, Guid id, CancellationToken cancel)
    {
        if (await db.Set<Team>().VisibleTo(actor, Permissions.CampaignsRead).SingleOrDefaultAsync(t => t.Id == id && t.EndedOn == null, cancel) is not { } team)
            return Refusals.NoTeam;
        var campaign = await find.ToChange(actor, team.CampaignId, cancel);
        if (!campaign.Succeeded)
            return campaign.Problems.ToList();
        return actor.May(Permissions.CampaignsTeams, new(team.Area)) ? team : Steps.NotPermitted(Permissions.CampaignsTeams);
    }

    private Team Add(Campaign campaign, TeamKind kind, AreaCode area, string name, Actor actor, IReadOnlyList<NewMember> members)
    {
        var team = new Team { County = campaign.County, Id = Guid.CreateVersion7(), CampaignId = campaign.Id, Kind = kind.Code, Area = area.Digits, Name = name, FormedOn = today.Day, FormedBy = actor.DisplayName };
        db.Add(team);
        foreach (var member in members)
            db.Add(RowOf(team, member));
        return team;
    }

    private static TeamMember RowOf(Team team, NewMember member) => new()
    {
        County = team.County, Id = Guid.CreateVersion7(), TeamId = team.Id, UserId = member.User, Name = member.Name.Trim(), Post = member.Post.Trim(), IsLeader = member.IsLeader,
    };

    private static string NameOf(AreaTree tree, AreaCode area, TeamKind kind) => tree.NameOf(area) + kind.Title.Zh;
}
