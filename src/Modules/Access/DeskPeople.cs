using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Access;

/// <summary>Who could do a piece of work: users whose post covers the area and whose role has the permission.</summary>
internal sealed class DeskPeople(ShouwangDb db) : IDeskPeople
{
    public async Task<IReadOnlyList<DeskPerson>> Of(AreaCode area, string permission, CancellationToken cancel)
    {
        var roles = Enum.GetValues<Role>().Where(r => Permissions.Of(r, permission) is not null).ToList();
        string[] areas = [area.Digits, area.Parent.Digits, area.County.Digits];
        var county = area.County.Digits;
        return await db.Set<User>().AsNoTracking().Where(u => u.County == county && !u.Disabled && roles.Contains(u.Role) && areas.Contains(u.Area))
            .OrderByDescending(u => u.Area).ThenBy(u => u.Name).Take(100).Select(u => new DeskPerson(u.Id, u.DisplayName)).ToListAsync(cancel);
    }
}
