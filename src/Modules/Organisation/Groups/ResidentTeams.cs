using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Organisation.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Organisation.Groups;

/// <inheritdoc cref="IResidentTeams"/>
internal sealed class ResidentTeams(ShouwangDb db, Policies policies) : IResidentTeams
{
    public async Task<IReadOnlyList<PostedTeam>> On(AreaCode county, DateOnly day, CancellationToken cancel)
    {
        var (digits, kinds) = (county.Digits, (await policies.For(county, day, cancel)).GroupKinds.Where(k => k.Posted).Select(k => k.Code).ToList());
        var teams = await db.Set<OrgGroup>().AsNoTracking().Where(g => g.County == digits && kinds.Contains(g.Kind) && g.FromOn <= day && (g.ToOn == null || g.ToOn >= day))
            .OrderBy(g => g.Area).ThenBy(g => g.FromOn).ThenBy(g => g.Id).Select(g => new { g.Area, g.Name, g.Unit }).ToListAsync(cancel);
        return [.. teams.DistinctBy(t => t.Area).Select(t => new PostedTeam(new(t.Area), t.Name, t.Unit))];
    }
}
