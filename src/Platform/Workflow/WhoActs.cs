using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Platform.Workflow;

/// <summary>Whose step it is, in words.</summary>
public static class WhoActs
{
    /// <summary>The posts that hold a permission, such as 村干部、第一书记.</summary>
    public static Text For(string permission)
    {
        var roles = Permissions.Find(permission).Roles.Keys.Select(RoleNames.Of).ToList();
        return new(string.Join('、', roles.Select(r => r.Zh)), string.Join(", ", roles.Select(r => r.En)));
    }
}
