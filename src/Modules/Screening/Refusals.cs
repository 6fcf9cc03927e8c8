using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

/// <summary>Every refusal of this module that does not belong to one form. The codes are part of the API: add, never reuse.</summary>
internal static class Refusals
{
    public static Problem NotPermitted(string permission) => new("access.not-permitted", 403,
        new($"您的岗位或区域不能“{Permissions.Find(permission).Title.Zh}”。", $"Your post or area does not allow \"{Permissions.Find(permission).Title.En}\"."),
        new("请交由有权限的人员办理。", "Hand it to somebody whose post allows it."));

    public static Problem NoHousehold() => new("households.not-found", 404,
        new("在您的辖区内没有这户。", "There is no such household in your area."), new("请核对户编号。", "Check the household number."));

    public static Problem NoRule(string id) => new("rules.not-found", 404,
        new($"没有规则 {id}。", $"There is no rule {id}."), new("请在规则页面查看规则编号。", "See the page 'Rules' for the ids."));

    public static Problem NoReason() => new("rules.no-reason", 422,
        new("没有说明调整理由。", "The reason is missing."), new("请说明依据；它会写入审计日志。", "Say why; it goes into the audit trail."));

    public static Problem BadParameter(string rule, string name, string value) => new("rules.bad-parameter", 422,
        new($"规则 {rule} 的参数 {name} 不能是“{value}”。", $"Parameter {name} of rule {rule} cannot be \"{value}\"."),
        new("请填写与原值同类的数值。", "Give a value of the same kind as the present one."));
}
