using Shouwang.Kernel;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Organisation.Groups;

/// <summary>Every refusal about groups and links. The codes are part of the interface: add, never reuse.</summary>
internal static class GroupRefusals
{
    public static Problem NotFound { get; } = new("organisation.not-found", 404,
        new("您的区域内没有这个机构或联点。", "There is no such group or link in your area."),
        new("它可能已撤销，请刷新页面。", "It may have been dissolved; reload the page."));

    public static Problem NoMember { get; } = new("organisation.no-member", 404,
        new("这个机构里没有这个人。", "The group has no such member."),
        new("请刷新页面后再办理。", "Reload the page."));

    public static Problem NoName { get; } = new("organisation.no-name", 422,
        new("没有填写机构名称。", "The group has no name."),
        new("如：产业扶贫专项工作组。", "Such as the name in the document that sets it up."));

    public static Problem NoArea { get; } = new("organisation.no-area", 422,
        new("没有选择联点的地方。", "No area was chosen."),
        new("请至少勾选一个乡镇或村。", "Tick one township or village at least."));

    public static Problem GroupsBelow { get; } = new("organisation.groups-below", 409,
        new("它下面还有机构。", "There are groups below it."),
        new("请先撤销下面的机构。", "Dissolve those first."));

    public static Problem KindUnknown(string kind) => new("organisation.kind-unknown", 422,
        new($"没有机构种类“{kind}”。", $"There is no kind of group '{kind}'."),
        new("请从列表中选择；新的种类由县级在政策包 group_kinds 中增加。", "Choose one of the list; a county adds kinds in its policy pack, under group_kinds."));

    public static Problem LinkKindUnknown(string kind) => new("organisation.link-kind-unknown", 422,
        new($"没有联点种类“{kind}”。", $"There is no kind of link '{kind}'."),
        new("请从列表中选择。", "Choose one of the list."));

    public static Problem RoleUnknown(string role) => new("organisation.role-unknown", 422,
        new($"这种机构没有角色“{role}”。", $"Groups of this kind have no role '{role}'."),
        new("请从列表中选择。", "Choose one of the list."));

    public static Problem WrongLevel(GroupKind kind) => new("organisation.wrong-level", 422,
        new($"“{kind.Title.Zh}”不设在这一级。", $"A {kind.Title.En} does not belong to an area of this level."),
        new($"请选择{LevelName(kind.Level).Zh}。", $"Choose a {LevelName(kind.Level).En}."));

    public static Problem LinkLevel(LinkKind kind) => new("organisation.link-level", 422,
        new($"“{kind.Title.Zh}”联系的是{LevelName(kind.Level).Zh}。", $"A {kind.Title.En} is linked to a {LevelName(kind.Level).En}."),
        new("请重新选择地方。", "Choose other areas."));

    public static Problem ThereAlready(GroupKind kind) => new("organisation.there-already", 409,
        new($"这里已有同样的“{kind.Title.Zh}”。", $"There is such a {kind.Title.En} already."),
        new("请在原机构中调整人员。", "Change its members instead."));

    public static Problem MemberAlready(string person) => new("organisation.member-already", 409,
        new($"{person}已是这个角色。", $"{person} has this role already."),
        new("无需重复登记。", "There is nothing to do."));

    public static Problem EndsBeforeItBegins(DateOnly from) => new("organisation.ends-before-it-begins", 422,
        new($"结束日期早于开始日期 {from:yyyy-MM-dd}。", $"It would end before it began on {from:yyyy-MM-dd}."),
        new("请重新选择日期。", "Choose another day."));

    /// <summary>What is missing of a person, or null.</summary>
    public static Problem? Of(NewPerson person) => string.IsNullOrWhiteSpace(person.Person) || string.IsNullOrWhiteSpace(person.Unit) || string.IsNullOrWhiteSpace(person.Post)
        ? new("organisation.person-incomplete", 422, new("姓名、单位、职务要填写完整。", "Name, unit and post are needed."), new("请补充完整。", "Fill them in."))
        : null;

    public static Text LevelName(AreaLevel level) => level switch
    {
        AreaLevel.County => new("县", "county"),
        AreaLevel.Township => new("乡镇", "township"),
        AreaLevel.Village => new("村", "village"),
        AreaLevel.Prefecture => new("市", "prefecture"),
        AreaLevel.Province => new("省", "province"),
        AreaLevel.Nation => new("国家", "nation"),
    };
}
