using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Organisation.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Organisation.Groups;

/// <inheritdoc cref="ICountyGroups"/>
internal sealed class CountyGroups(ShouwangDb db, Policies policies) : ICountyGroups
{
    public async Task<IReadOnlyList<CountyGroup>> On(AreaCode county, IReadOnlyCollection<string> kinds, DateOnly day, CancellationToken cancel)
    {
        var digits = county.Digits;
        var groups = await db.Set<OrgGroup>().AsNoTracking().Where(g => g.County == digits && g.Area == digits && kinds.Contains(g.Kind) && g.FromOn <= day && (g.ToOn == null || g.ToOn >= day))
            .OrderBy(g => g.Kind).ThenBy(g => g.FromOn).ThenBy(g => g.Id).ToListAsync(cancel);
        var ids = groups.Select(g => g.Id).ToList();
        var members = (await db.Set<OrgMember>().AsNoTracking().Where(m => m.County == digits && ids.Contains(m.GroupId) && m.FromOn <= day && (m.ToOn == null || m.ToOn >= day))
            .OrderBy(m => m.FromOn).ThenBy(m => m.Id).ToListAsync(cancel)).ToLookup(m => m.GroupId);
        var policy = await policies.For(county, day, cancel);
        return [.. groups.Select(g => new CountyGroup(g.Id, g.Kind, g.Name, [.. members[g.Id]
            .Select(m => new GroupPerson(m.UserId, m.Person, m.Post, m.Unit, policy.GroupKind(g.Kind)?.Role(m.Role)?.Leads == true)).OrderByDescending(m => m.Leads)]))];
    }
}
