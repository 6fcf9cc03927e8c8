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
        var roles = With(permission);
        string[] areas = [area.Digits, area.Parent.Digits, area.County.Digits];
        var county = area.County.Digits;
        return await db.Set<User>().AsNoTracking().Where(u => u.County == county && !u.Disabled && roles.Contains(u.Role) && areas.Contains(u.Area))
            .OrderByDescending(u => u.Area).ThenBy(u => u.Name).Take(100).Select(u => new DeskPerson(u.Id, u.DisplayName)).ToListAsync(cancel);
    }

    public Task<bool> HaveAny(IReadOnlyCollection<AreaCode> areas, string permission, CancellationToken cancel)
    {
        var (roles, keys, places) = (With(permission), areas.Select(a => a.CountyKey).Distinct().ToList(), areas.Select(a => a.Digits).ToList());
        return db.Set<User>().AnyAsync(u => keys.Contains(u.County) && !u.Disabled && roles.Contains(u.Role) && places.Contains(u.Area), cancel);
    }

    private static List<Role> With(string permission) => [.. Enum.GetValues<Role>().Where(r => Permissions.Of(r, permission) is not null)];
}
