using Shouwang.Kernel;

namespace Shouwang.Modules.Ledger.Listings;

/// <summary>Every refusal about listed objects. The codes are part of the interface: add, never reuse.</summary>
internal static class ListingRefusals
{
    public static Problem NotFound { get; } = new("listings.not-found", 404,
        new("您的区域内没有这个挂牌对象。", "There is no such listed object in your area."),
        new("请核对编号。", "Check the number."));

    public static Problem Incomplete { get; } = new("listings.incomplete", 422,
        new("挂牌须写明督战领导、目标和依据。", "A listed object has a leader, a target and the document that lists it."),
        new("请补充完整。", "Add what is missing."));

    public static Problem NoName { get; } = new("listings.no-name", 422,
        new("点位须写明名称。", "A site has a name."),
        new("如：某某集中安置点。", "Such as the name of a relocation site."));

    public static Problem NotAVillage { get; } = new("listings.not-a-village", 422,
        new("请选择到村。", "Choose the village."),
        new("挂牌对象须落到具体的村。", "A listed object lies in one village."));

    public static Problem NoHousehold { get; } = new("listings.no-household", 422,
        new("辖区内没有这一户。", "There is no such household in your area."),
        new("请核对户编号。", "Check the household's code."));

    public static Problem TargetTooEarly { get; } = new("listings.target-too-early", 422,
        new("完成期限不能早于今天。", "The target cannot lie in the past."),
        new("请重新选择期限。", "Choose another day."));

    public static Problem BadAmount { get; } = new("listings.bad-amount", 422,
        new("资金须为不小于0的数额（元）。", "Funds are an amount of yuan, not below 0."),
        new("请更正金额。", "Correct the amount."));

    public static Problem OnTheListAlready(string code) => new("listings.on-the-list", 409,
        new($"该对象已挂牌（{code}）。", $"It is on the list already ({code})."),
        new("请在原挂牌记录上继续督战。", "Go on with that entry."));

    public static Problem MoreThanTheFunds { get; } = new("listings.more-than-funds", 422,
        new("支出合计超过安排的资金。", "More was spent than the funds arranged."),
        new("请核对金额，或先由县级调整资金安排。", "Check the amount, or let the county arrange more first."));

    public static Problem ProblemsOpen(IReadOnlyList<string> codes) => new("listings.problems-open", 409,
        new($"点上的问题还没有销号：{string.Join('、', codes)}。", $"Problems found at it are not struck off yet: {string.Join(", ", codes)}."),
        new("请先办结这些问题。", "Finish those first."));
}
