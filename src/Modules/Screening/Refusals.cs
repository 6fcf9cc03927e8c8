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

    public static Problem RuleTooLong() => new("rehearsal.rule-too-long", 422,
        new($"规则超过 {RehearsalAsk.MaxRule} 字。", $"The rule is longer than {RehearsalAsk.MaxRule} characters."),
        new("请拆成几条规则。", "Make several rules of it."));

    public static Problem BadLine(string value) => new("rehearsal.bad-line", 422,
        new($"收入线不能是“{value}”。", $"A line cannot be \"{value}\"."),
        new("请填每人每年的元数，大于0、不超过1,000,000。", "Give yuan a head and year, above 0 and up to 1,000,000."));

    public static Problem LineBelowPoverty() => new("rehearsal.below-poverty", 422,
        new("监测线低于扶贫标准。", "The monitoring line is below the poverty line."),
        new("请调高监测线，或调低扶贫标准；在此之前两条线都按现行的算。", "Raise it, or lower the poverty line; until then both are counted as they are."));

    public static Problem BadNumber(string name, string value) => new("rehearsal.bad-number", 422,
        new($"{name} 不能是“{value}”。", $"{name} cannot be \"{value}\"."),
        new("请填不带单位的数，不小于0。", "Give a number without a unit, not below 0."));
}
