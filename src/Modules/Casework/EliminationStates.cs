using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Casework.Contracts.EliminationEvent;
using static Shouwang.Modules.Casework.Contracts.EliminationState;
using static Shouwang.Platform.Security.Permissions;
using static Shouwang.Platform.Workflow.EvidenceKinds;

namespace Shouwang.Modules.Casework;

/// <summary>The life of an elimination case 风险消除 (SM-5). The guards of the policy are looked at again at every office.</summary>
public static class EliminationStates
{
    public static class Clocks
    {
        public const string
            Visit = "eliminate.verify", Review = "eliminate.review", Notice = "notice.village", Objection = "case.objection",
            Township = "eliminate.township", County = "eliminate.county", Announce = "eliminate.announce";
    }

    public static readonly LifeCycle<EliminationState, EliminationEvent> Life = new("SM-5", new("风险消除", "Elimination case"), new(
        ListProposed, new HashSet<EliminationState> { RolledBack, Rejected, Withdrawn },
        // in state, event, leads to, permission, clock of the state, evidence
        new(ListProposed, Verify, HouseholdVerified, CasesVerify, Clocks.Visit, EvidenceKinds.Visit, Investigators, IncomeSheet, Signature),
        new(HouseholdVerified, PassReview, VillageReviewed, CasesReview, Clocks.Review, Minutes, Votes),
        new(VillageReviewed, EliminationEvent.PostNotice, PublicNotice, CasesNotice, Clocks.Review, Notice),
        new(PublicNotice, TakeUpObjection, ObjectionHandling, ObjectionsHandle, Clocks.Notice, Objection),
        new(ObjectionHandling, DismissObjection, PublicNotice, ObjectionsHandle, Clocks.Objection, Finding),
        new(ObjectionHandling, UpholdObjection, Rejected, ObjectionsHandle, Clocks.Objection, Finding),
        new(PublicNotice, Audit, TownshipAudited, EliminationAudit, Clocks.Notice, Notice, NoticePhoto, Guards, Checklist),
        new(TownshipAudited, EliminationEvent.Confirm, CountyConfirmed, EliminationConfirm, Clocks.Township, Guards, Decision),
        new(CountyConfirmed, Announce, Announced, EliminationConfirm, Clocks.County, Announcement),
        new(Announced, Flag, Flagged, EliminationConfirm, Clocks.Announce, Guards),
        new(Flagged, EliminationEvent.RollBack, RolledBack, EliminationConfirm, null, Reason),
        new(HouseholdVerified, Reject, Rejected, CasesReview, Clocks.Review, Reason),
        new(PublicNotice, Reject, Rejected, EliminationAudit, Clocks.Notice, Reason),
        new(TownshipAudited, Reject, Rejected, EliminationConfirm, Clocks.Township, Reason),
        new(ListProposed, Withdraw, Withdrawn, EliminationPropose, Clocks.Visit, Reason),
        new(HouseholdVerified, Withdraw, Withdrawn, EliminationPropose, Clocks.Review, Reason),
        new(VillageReviewed, Withdraw, Withdrawn, EliminationPropose, Clocks.Review, Reason)),
        NameOf, NameOf);

    /// <summary>States in which somebody still has to act; an object has at most one such case.</summary>
    public static readonly IReadOnlyList<EliminationState> Open =
    [
        ListProposed, HouseholdVerified, VillageReviewed, PublicNotice, ObjectionHandling, TownshipAudited, CountyConfirmed, Announced,
    ];

    public static Text NameOf(EliminationState state) => state switch
    {
        ListProposed => new("村级提出，待入户核实", "proposed; visit to come"),
        HouseholdVerified => new("已入户核实，待评议", "household verified; review to come"),
        VillageReviewed => new("评议通过，待公示", "reviewed; notice to come"),
        PublicNotice => new("村级公示", "public notice"),
        ObjectionHandling => new("异议处理", "objection being handled"),
        TownshipAudited => new("乡镇已核查，待县级确认", "audited; county to confirm"),
        CountyConfirmed => new("县级已确认，待公告", "confirmed; to be announced"),
        Announced => new("已公告，待标注", "announced; to be flagged"),
        Flagged => new("已标注消除", "flagged as eliminated"),
        RolledBack => new("已回退", "rolled back"),
        Rejected => new("未通过", "rejected"),
        Withdrawn => new("已撤回", "withdrawn"),
    };

    public static Text NameOf(EliminationEvent happening) => happening switch
    {
        Verify => new("登记入户核实", "record the visit"),
        PassReview => new("评议通过", "pass the review"),
        EliminationEvent.PostNotice => new("张贴公示", "put up the notice"),
        TakeUpObjection => new("受理异议", "take up an objection"),
        DismissObjection => new("异议不成立", "find the objection unfounded"),
        UpholdObjection => new("异议成立，不予消除", "find the objection founded"),
        Audit => new("乡镇核查", "audit"),
        EliminationEvent.Confirm => new("县级确认", "confirm"),
        Announce => new("公告", "announce"),
        Flag => new("系统标注", "flag"),
        EliminationEvent.RollBack => new("回退", "roll back"),
        Reject => new("不予消除", "reject"),
        Withdraw => new("撤回", "withdraw"),
    };
}
