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

    public static Problem OutsideArea(string area) => new("rehearsal.outside-area", 422,
        new($"“{area}”不是您辖区内的区划代码。", $"\"{area}\" is no area inside yours."),
        new("请填辖区内县区、乡镇或村的代码。", "Give codes of counties, townships or villages in your area."));

    public static Problem NoCounties() => new("rehearsal.no-counties", 422,
        new("辖区内还没有县区的数据，无从推演。", "No county of your area is here yet, so there is nothing to rehearse on."),
        new("请先由县区导入数据。", "Counties have to import their data first."));

    public static Problem InCounty(Problem problem, string county) => problem with { What = new($"{county}：{problem.What.Zh}", $"{county}: {problem.What.En}") };

    public static Problem NoRehearsal() => new("rehearsal.not-found", 404,
        new("在您的辖区内没有这份推演。", "There is no such rehearsal in your area."), new("请在推演列表中查找。", "See the list of rehearsals."));

    public static Problem NoRehearsalTitle() => new("rehearsal.no-title", 422,
        new("没有写推演名称，或超过80字。", "The rehearsal has no name, or one of more than 80 characters."),
        new("请写一个能让同事认出来的名称。", "Give it a name by which colleagues will know it."));

    public static Problem NothingRehearsed() => new("rehearsal.nothing", 422,
        new("没有任何改动，与现行政策相同。", "Nothing is changed: it is the policy in force."),
        new("请先调整收入线、参数或规则。", "Change a line, a parameter or a rule first."));

    public static Problem PublishedAlready() => new("rehearsal.published-already", 409,
        new("这份推演已经发布。", "This rehearsal has been published already."), new("如需再改，请另做一份推演。", "To change it again, make another rehearsal."));

    public static Problem BadStart(DateOnly today) => new("rehearsal.bad-start", 422,
        new($"生效日期没有填写，或早于今天（{today:yyyy-MM-dd}）。", $"The first day is missing, or lies before today ({today:yyyy-MM-dd})."),
        new("请填今天或以后的日期；不追溯。", "Give today or a later day; nothing holds for the past."));

    public static Problem NoSource() => new("rehearsal.no-source", 422,
        new("没有注明文件依据，或超过300字。", "The source is missing, or longer than 300 characters."),
        new("请写明文件名称和文号；它会显示在每个用到的地方。", "Give the document and its number: it is shown wherever a changed value is used."));

    public static Problem RuleDoesNotRead() => new("rehearsal.rule-does-not-read", 422,
        new("新规则在当前版本下已不能解析。", "The new rule cannot be read any more by this version."), new("请重新推演并改正。", "Rehearse it again and correct it."));

    public static Problem NothingToPublish(DateOnly day) => new("rehearsal.nothing-to-publish", 422,
        new($"到{day:yyyy-MM-dd}，这些改动已经生效，或只改了费用假设。", $"By {day:yyyy-MM-dd} these changes hold already, or only assumed costs were changed."),
        new("无需发布。", "There is nothing to publish."));
}
