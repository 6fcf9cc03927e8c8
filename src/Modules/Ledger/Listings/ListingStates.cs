using Shouwang.Kernel;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Ledger.Listings.ListingEvent;
using static Shouwang.Modules.Ledger.Listings.ListingState;
using static Shouwang.Platform.Security.Permissions;
using static Shouwang.Platform.Workflow.EvidenceKinds;

namespace Shouwang.Modules.Ledger.Listings;

/// <summary>Listed supervision 挂牌督战. DOMAIN has no table of it; this one follows seeds 2 and 4: a leader, a target, a log, and removal 摘牌 with evidence.</summary>
public static class ListingStates
{
    /// <summary>Within how long a proposed removal is decided.</summary>
    public const string Review = "listing.review";

    public static readonly LifeCycle<ListingState, ListingEvent> Life = new("SM-7b", new("挂牌督战", "Listed supervision"), new(
        Listed, new HashSet<ListingState> { },
        new(Listed, Supervise, Listed, ListingsLog, null, Finding),
        new(Listed, ProposeRemoval, RemovalProposed, ListingsLog, null, Effect, Photo),
        new(RemovalProposed, Remove, Removed, ListingsRemove, Review, Decision),
        new(RemovalProposed, Reject, Listed, ListingsRemove, Review, Reason),
        new(Removed, Relist, Listed, ListingsEdit, null, Reason)),
        NameOf, NameOf);

    public static Text NameOf(ListingState state) => state switch
    {
        Listed => new("挂牌督战中", "on the list"),
        RemovalProposed => new("申请摘牌", "removal proposed"),
        Removed => new("已摘牌", "removed from the list"),
    };

    public static Text NameOf(ListingEvent happening) => happening switch
    {
        List => new("挂牌", "put on the list"),
        Supervise => new("登记督战", "record supervision"),
        ProposeRemoval => new("申请摘牌", "propose removal"),
        Reject => new("退回继续督战", "send back"),
        Remove => new("摘牌", "remove from the list"),
        Relist => new("重新挂牌", "put back on the list"),
    };

    public static Text NameOf(ListedKind kind) => kind switch
    {
        ListedKind.Village => new("村", "village"),
        ListedKind.Site => new("安置点等点位", "site"),
        ListedKind.Household => new("户", "household"),
    };
}
