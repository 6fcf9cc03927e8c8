using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Organisation.Groups;

/// <summary>A group with its members of a day, those who lead first.</summary>
/// <param name="Kind">Null where no pack names the kind any more.</param>
/// <param name="Missing">Roles with fewer people than the policy wants.</param>
public sealed record GroupRow(OrgGroup Group, GroupKind? Kind, IReadOnlyList<OrgMember> Members, IReadOnlyList<GroupRole> Missing)
{
    /// <summary>Who leads it.</summary>
    public IEnumerable<OrgMember> Leaders => Members.Where(m => Kind?.Role(m.Role)?.Leads == true);
}

/// <summary>A village with its team and its links.</summary>
public sealed record TeamRow(AreaCode Village, GroupRow? Team, IReadOnlyList<AreaLink> Links);

/// <summary>What the pages about groups, teams and links show.</summary>
internal sealed class GroupQueries(ShouwangDb db, Policies policies, Today today)
{
    /// <summary>The groups of the actor's area and below, and of the areas above it: who leads the county's work is no secret in its villages.</summary>
    /// <param name="kinds">Only these; null for all.</param>
    public async Task<IReadOnlyList<GroupRow>> List(Actor actor, IReadOnlyCollection<string>? kinds, CancellationToken cancel)
    {
        if (!actor.May(Permissions.OrganisationRead))
            return [];
        var (county, day, from, to) = (actor.County, today.Day, actor.Area.Digits, actor.Area.RangeEnd);
        var above = Above(actor.Area);
        var groups = await db.Set<OrgGroup>().AsNoTracking()
            .Where(g => g.County == county && (above.Contains(g.Area) || string.Compare(g.Area, from) >= 0 && string.Compare(g.Area, to) < 0) && (g.ToOn == null || g.ToOn >= day))
            .Where(g => kinds == null || kinds.Contains(g.Kind)).OrderBy(g => g.Area).ThenBy(g => g.FromOn).ThenBy(g => g.Id).ToListAsync(cancel);
        return await WithMembers(actor.County, groups, cancel);
    }

    /// <summary>One group with everybody who ever was a member, the latest first; null when there is none in sight.</summary>
    public async Task<(GroupRow Row, IReadOnlyList<OrgMember> All)?> Open(Actor actor, Guid id, CancellationToken cancel)
    {
        if (!actor.May(Permissions.OrganisationRead) || await db.Set<OrgGroup>().AsNoTracking().SingleOrDefaultAsync(g => g.County == actor.County && g.Id == id, cancel) is not { } group
            || !actor.Sees(new(group.Area)) && !Above(actor.Area).Contains(group.Area))
            return null;
        var all = await db.Set<OrgMember>().AsNoTracking().Where(m => m.County == group.County && m.GroupId == id).OrderByDescending(m => m.FromOn).ThenByDescending(m => m.Id).ToListAsync(cancel);
        return ((await WithMembers(actor.County, [group], cancel))[0], all);
    }

    /// <summary>Every village with its team, if any, and the leaders linked to it.</summary>
    public async Task<IReadOnlyList<TeamRow>> Teams(Actor actor, IReadOnlyList<AreaCode> villages, CancellationToken cancel)
    {
        var kinds = (await policies.For(actor.Area, today.Day, cancel)).GroupKinds.Where(k => k.Posted).Select(k => k.Code).ToList();
        var teams = (await List(actor, kinds, cancel)).ToLookup(t => t.Group.Area);
        var links = (await Links(actor, cancel)).ToLookup(l => l.Area);
        return [.. villages.Select(v => new TeamRow(v, teams[v.Digits].FirstOrDefault(), [.. links[v.Digits]]))];
    }

    /// <summary>The links of the day in the actor's area, by area.</summary>
    public async Task<IReadOnlyList<AreaLink>> Links(Actor actor, CancellationToken cancel)
    {
        var day = today.Day;
        return await db.Set<AreaLink>().AsNoTracking().VisibleTo(actor, Permissions.OrganisationRead).Where(l => l.FromOn <= day && (l.ToOn == null || l.ToOn >= day))
            .OrderBy(l => l.Area).ThenBy(l => l.Kind).ThenBy(l => l.Id).ToListAsync(cancel);
    }

    private async Task<IReadOnlyList<GroupRow>> WithMembers(string county, IReadOnlyList<OrgGroup> groups, CancellationToken cancel)
    {
        var (ids, day) = (groups.Select(g => g.Id).ToList(), today.Day);
        var members = (await db.Set<OrgMember>().AsNoTracking().Where(m => m.County == county && ids.Contains(m.GroupId) && m.FromOn <= day && (m.ToOn == null || m.ToOn >= day)).ToListAsync(cancel)).ToLookup(m => m.GroupId);
        var policy = await policies.For(new(county), today.Day, cancel);
        return [.. groups.Select(g => Row(g, policy.GroupKind(g.Kind), members[g.Id]))];
    }

    private static GroupRow Row(OrgGroup group, GroupKind? kind, IEnumerable<OrgMember> members)
    {
        var ordered = members.OrderBy(m => kind?.Role(m.Role)?.Leads != true).ThenBy(m => kind is null ? 0 : kind.Roles.Index().FirstOrDefault(r => r.Item.Code == m.Role).Index switch { 0 => 99, var i => i })
            .ThenBy(m => m.FromOn).ThenBy(m => m.Id).ToList();
        return new(group, kind, ordered, kind is null ? [] : [.. kind.Roles.Where(r => ordered.Count(m => m.Role == r.Code) < r.Least)]);
    }

    private static List<string> Above(AreaCode area)
    {
        var above = new List<string>();
        for (; area.Level > AreaLevel.County; area = area.Parent)
            above.Add(area.Parent.Digits);
        return above;
    }
}
