using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Casework;

/// <summary>How casework is called on the screen.</summary>
internal static class CaseWords
{
    public static Text Of(CaseStage stage) => stage switch
    {
        CaseStage.Visit => new("入户核实", "household visit"),
        CaseStage.Matching => new("数据比对", "data matching"),
        CaseStage.Review => new("民主评议", "village review"),
        CaseStage.Notice => new("村级公示", "public notice"),
        CaseStage.Township => new("乡镇审核", "township review"),
        CaseStage.County => new("县级审定", "county decision"),
    };

    public static Text Of(VisitPurpose purpose) => purpose switch
    {
        VisitPurpose.Verification => new("入户核实", "verification"),
        VisitPurpose.Monthly => new("日常走访", "monthly visit"),
        VisitPurpose.Screening => new("集中排查", "screening"),
        VisitPurpose.Elimination => new("风险消除核查", "elimination check"),
        VisitPurpose.FollowUp => new("后续跟踪", "follow-up"),
    };

    public static Text Of(VisitFinding finding) => finding switch
    {
        VisitFinding.Fine => new("正常", "fine"),
        VisitFinding.Problem => new("有问题", "a problem"),
        VisitFinding.DoesNotApply => new("不涉及", "does not apply"),
    };

    public static Text Of(Post post) => post switch
    {
        Post.PairingHelper => new("结对帮扶责任人", "pairing helper"),
        Post.MonitoringOfficer => new("监测责任人", "monitoring officer"),
        Post.MainHelper => new("主体帮扶人", "main helper"),
        Post.Liaison => new("帮扶联络员", "liaison"),
    };

    public static Text Of(PlanState state) => state switch
    {
        PlanState.Draft => new("待审核", "draft"),
        PlanState.Approved => new("执行中", "approved"),
        PlanState.Superseded => new("已被新版替代", "superseded"),
    };

    public static Text Of(EliminationWay way) => way switch
    {
        EliminationWay.ByAssistance => new("帮扶消除", "by assistance"),
        EliminationWay.Natural => new("自然消除", "naturally"),
    };

    public static Tone ToneOf(CaseState state) => state switch
    {
        CaseState.Registered => Tone.Good,
        CaseState.Rejected or CaseState.Withdrawn => Tone.Plain,
        CaseState.Returned or CaseState.ObjectionHandling => Tone.Bad,
        CaseState.Applied or CaseState.HouseholdVerified or CaseState.DataMatched or CaseState.VillageReview or CaseState.PublicNotice
            or CaseState.TownshipReview or CaseState.CountyApproval => Tone.Note,
    };

    public static Tone ToneOf(ObjectState state) => state switch
    {
        ObjectState.Eliminated => Tone.Good,
        ObjectState.Removed => Tone.Plain,
        ObjectState.Identified or ObjectState.RolledBack => Tone.Bad,
        ObjectState.Planned => Tone.Warn,
        ObjectState.Assisting or ObjectState.EliminationCandidate => Tone.Note,
    };

    public static Tone ToneOf(MeasureState state) => state switch
    {
        MeasureState.Effective => Tone.Good,
        MeasureState.Ineffective or MeasureState.Suspended => Tone.Warn,
        MeasureState.Cancelled => Tone.Plain,
        MeasureState.Proposed or MeasureState.Approved or MeasureState.InProgress or MeasureState.Delivered => Tone.Note,
    };

    /// <summary>Causes as one line, the main one first.</summary>
    public static Text CausesOf(IReadOnlyList<CauseFound> causes, Policy policy) => causes.Count == 0 ? new("—", "—") : new(
        string.Join('、', causes.Select(c => policy.CauseName(c.Code).Zh)), string.Join(", ", causes.Select(c => policy.CauseName(c.Code).En)));

    public static Text MeasureName(string type, Policy policy) => policy.Measures.FirstOrDefault(m => m.Code == type)?.Title ?? new(type, type);
}
