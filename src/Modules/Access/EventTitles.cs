using System.Collections.Frozen;
using Shouwang.Kernel;

namespace Shouwang.Modules.Access;

/// <summary>Events in plain words for the audit page. An event without an entry shows its name.</summary>
internal static class EventTitles
{
    private static readonly FrozenDictionary<string, Text> Titles = new Dictionary<string, Text>
    {
        ["access.signed-in"] = new("登录", "Signed in"),
        ["access.sign-in-failed"] = new("登录失败", "Failed to sign in"),
        ["access.locked"] = new("账号锁定", "Account locked"),
        ["access.user-added"] = new("新建用户", "Added a user"),
        ["access.user-reset"] = new("重置密码", "Reset a password"),
        ["access.user-disabled"] = new("停用用户", "Disabled a user"),
        ["access.user-enabled"] = new("恢复用户", "Enabled a user"),
        ["access.user-moved"] = new("调整岗位", "Changed a post"),
        ["access.password-changed"] = new("修改密码", "Changed the password"),
        ["access.second-step-added"] = new("开启两步验证", "Turned on the second step"),
        ["access.second-step-dropped"] = new("关闭两步验证", "Turned off the second step"),
        ["lists.exported"] = new("导出名单", "Exported a list"),
        ["households.revealed"] = new("查看完整号码", "Opened a full number"),
    }.ToFrozenDictionary();

    public static Text Of(string name) => Titles.TryGetValue(name, out var title) ? title : new(name, name);
}
