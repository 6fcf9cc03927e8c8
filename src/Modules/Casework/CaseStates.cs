using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Casework.Contracts.CaseEvent;
using static Shouwang.Modules.Casework.Contracts.CaseState;
using static Shouwang.Platform.Security.Permissions;
using static Shouwang.Platform.Workflow.EvidenceKinds;

namespace Shouwang.Modules.Casework;

/// <summary>The life of an identification case 识别认定 (SM-2).</summary>
/// <remarks>
/// The visit to the household and the matching of data by the departments run side by side, since in series they do not fit
/// into 15 days: whichever comes second leads to the village review. A returned case needs a new visit, and then a new
/// review and notice; what was matched stays. The notice is put up once, in the village.
/// </remarks>
public static class CaseStates
{
    public static class Clocks
    {
        public const string
            Visit = "case.verify", Matching = "case.match", Review = "case.review", Notice = "notice.village",
            Objection = "case.objection", Township = "case.township", County = "case.county", Return = "case.return";
    }

    public static readonly LifeCycle<CaseState, CaseEvent> Life = new("SM-2", new("识别认定", "Identification case"), new(
        Applied, new HashSet<CaseState> { Registered, Rejected, Withdrawn },
        // in state, event, leads to, permission, clock of the state, evidence
        new(Applied, Verify, HouseholdVerified, CasesVerify, Clocks.Visit, Application, Authorisation, EvidenceKinds.Visit, Investigators, IncomeSheet),
        new(Applied, AnswerMatching, DataMatched, CasesMatch, Clocks.Matching, MatchingResult),
        new(HouseholdVerified, AnswerMatching, VillageReview, CasesMatch, Clocks.Matching, MatchingResult),
        new(DataMatched, Verify, VillageReview, CasesVerify, Clocks.Visit, Application, Authorisation, EvidenceKinds.Visit, Investigators, IncomeSheet),
        new(VillageReview, PassReview, PublicNotice, CasesReview, Clocks.Review, Minutes, Votes),
        new(PublicNotice, TakeUpObjection, ObjectionHandling, ObjectionsHandle, Clocks.Notice, Objection),
        new(PublicNotice, CloseNotice, TownshipReview, CasesNotice, Clocks.Notice, Notice, NoticePhoto),
        new(ObjectionHandling, DismissObjection, PublicNotice, ObjectionsHandle, Clocks.Objection, Finding),
        new(ObjectionHandling, UpholdObjection, VillageReview, ObjectionsHandle, Clocks.Objection, Finding),
        new(TownshipReview, PassTownship, CountyApproval, CasesTownship, Clocks.Township, Checklist),
        new(TownshipReview, Return, Returned, CasesTownship, Clocks.Township, Reason),
        new(CountyApproval, Approve, Registered, CasesCounty, Clocks.County, Decision),
        new(CountyApproval, Return, Returned, CasesCounty, Clocks.County, Reason),
        new(Returned, Verify, VillageReview, CasesVerify, Clocks.Return, EvidenceKinds.Visit, Investigators, IncomeSheet),
        new(HouseholdVerified, Reject, Rejected, CasesReview, Clocks.Matching, Reason),
        new(VillageReview, Reject, Rejected, CasesReview, Clocks.Review, Minutes, Votes, Reason),
        new(ObjectionHandling, Reject, Rejected, CasesTownship, Clocks.Objection, Finding, Reason),
        new(TownshipReview, Reject, Rejected, CasesTownship, Clocks.Township, Reason),
        new(CountyApproval, Reject, Rejected, CasesCounty, Clocks.County, Reason),
        new(Applied, Withdraw, Withdrawn, CasesApply, Clocks.Visit, Reason),
        new(HouseholdVerified, Withdraw, Withdrawn, CasesApply, Clocks.Matching, Reason),
        new(DataMatched, Withdraw, Withdrawn, CasesApply, Clocks.Visit, Reason),
        new(VillageReview, Withdraw, Withdrawn, CasesApply, Clocks.Review, Reason),
        new(PublicNotice, Withdraw, Withdrawn, CasesApply, Clocks.Notice, Reason),
        new(Returned, Withdraw, Withdrawn, CasesApply, Clocks.Return, Reason)),
        NameOf, NameOf);

    /// <summary>States in which somebody still has to act; a household has at most one such case.</summary>
    public static readonly IReadOnlyList<CaseState> Open = [Applied, HouseholdVerified, DataMatched, VillageReview, PublicNotice, ObjectionHandling, TownshipReview, CountyApproval, Returned];

    public static Text NameOf(CaseState state) => state switch
    {
        Applied => new("已申请，待入户核实和数据比对", "applied; visit and matching under way"),
        HouseholdVerified => new("已入户核实，待数据比对", "household verified; matching under way"),
        DataMatched => new("已数据比对，待入户核实", "data matched; visit under way"),
        VillageReview => new("待村级民主评议", "village review"),
        PublicNotice => new("村级公示", "public notice"),
        ObjectionHandling => new("异议处理", "objection being handled"),
        TownshipReview => new("待乡镇审核", "township review"),
        CountyApproval => new("待县级审定", "county approval"),
        Returned => new("退回补充", "returned"),
        Registered => new("已认定", "registered"),
        Rejected => new("未通过", "rejected"),
        Withdrawn => new("已撤回", "withdrawn"),
    };

    public static Text NameOf(CaseEvent happening) => happening switch
    {
        Verify => new("登记入户核实", "record the verification visit"),
        AnswerMatching => new("登记比对结果", "record the matching result"),
        PassReview => new("评议通过", "pass the review"),
        TakeUpObjection => new("受理异议", "take up an objection"),
        DismissObjection => new("异议不成立", "find the objection unfounded"),
        UpholdObjection => new("异议成立，重新评议", "find the objection founded, review again"),
        CloseNotice => new("公示期满", "close the notice"),
        PassTownship => new("乡镇审核通过", "pass the township review"),
        Approve => new("县级审定通过", "approve"),
        Return => new("退回补充", "return"),
        Reject => new("不予认定", "reject"),
        Withdraw => new("农户撤回", "withdraw"),
    };
}
