using Shouwang.Kernel;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Access;

/// <summary>What the two pages that write users share.</summary>
internal static class UserForm
{
    /// <summary>Posts a county's administrator can give. Those above the counties are given at the machine.</summary>
    public static readonly IReadOnlyList<Choice.Option> Roles = [.. Enum.GetValues<Role>().Where(r => r != Role.HigherOffice).Select(r => new Choice.Option(r.ToString(), RoleNames.Of(r)))];

    /// <summary>The field next to which a problem is shown.</summary>
    public static string FieldOf(Problem problem) => problem.Code switch
    {
        "access.bad-name" or "access.name-taken" => "name",
        "access.no-display-name" => "display",
        "access.outside-area" or "access.area-level-wrong" => "area",
        "access.department-missing" => "department",
        _ => "",
    };

    /// <summary>The areas a post can have, as <c>code name</c>.</summary>
    public static IEnumerable<(string Code, string Name)> Areas(Screen screen)
    {
        var county = screen.Actor.Area.County;
        yield return (county.Digits, screen.AreaName(county));
        foreach (var township in screen.AreasBelow(county))
        {
            yield return (township.Digits, screen.AreaName(township));
            foreach (var village in screen.AreasBelow(township))
                yield return (village.Digits, screen.AreaPath(village));
        }
    }

    public static AreaCode AreaOf(string typed) => AreaCode.TryParse(typed.Trim().Split(' ')[0], out var area) ? area : default;

    public static Text Handed(string name, string password) => new(
        $"账号 {name} 的初始密码：{password}　只显示这一次，请当面交给本人，首次登录须修改。",
        $"The first password of {name} is {password} — shown only once; hand it over in person. It has to be changed at the first sign-in.");
}
