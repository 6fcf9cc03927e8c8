using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Casework.Contracts.ObjectEvent;
using static Shouwang.Modules.Casework.Contracts.ObjectState;
using static Shouwang.Platform.Security.Permissions;
using static Shouwang.Platform.Workflow.EvidenceKinds;

namespace Shouwang.Modules.Casework;

/// <summary>The life of a monitored object 监测对象 (SM-3). Most of its steps follow from steps of its plan, measures and elimination.</summary>
/// <remarks>
/// An eliminated household stays in the system and under ordinary watch; a risk that comes back rolls it back to help.
/// A risk may go of itself before anything was planned, so elimination can be proposed early; its guards decide.
/// </remarks>
public static class ObjectStates
{
    public static class Clocks
    {
        public const string Plan = "plan.make", FirstMeasure = "plan.start";
    }

    public static readonly LifeCycle<ObjectState, ObjectEvent> Life = new("SM-3", new("监测对象", "Monitored object"), new(
        Identified, new HashSet<ObjectState> { Removed },
        // in state, event, leads to, permission, clock of the state, evidence
        new(Identified, ObjectEvent.ApprovePlan, Planned, PlansApprove, Clocks.Plan, EvidenceKinds.Plan),
        new(Identified, ObjectEvent.ProposeElimination, EliminationCandidate, EliminationPropose, Clocks.Plan, Reason),
        new(Planned, StartMeasure, Assisting, MeasuresRecord, Clocks.FirstMeasure, EvidenceKinds.Measure),
        new(Planned, ObjectEvent.ProposeElimination, EliminationCandidate, EliminationPropose, Clocks.FirstMeasure, Reason),
        new(Assisting, ObjectEvent.ProposeElimination, EliminationCandidate, EliminationPropose, null, Reason),
        new(EliminationCandidate, RefuseElimination, Assisting, EliminationAudit, null, Reason),
        new(EliminationCandidate, PlanAgain, Identified, EliminationAudit, null, Reason),
        new(EliminationCandidate, Eliminate, Eliminated, EliminationConfirm, null, Guards),
        new(Eliminated, RollBack, RolledBack, EliminationConfirm, null, Reason),
        new(RolledBack, Resume, Assisting, PlansApprove, Clocks.Plan, EvidenceKinds.Plan),
        new(Identified, Remove, Removed, CasesCounty, Clocks.Plan, Reason),
        new(Planned, Remove, Removed, CasesCounty, Clocks.FirstMeasure, Reason),
        new(Assisting, Remove, Removed, CasesCounty, null, Reason),
        new(EliminationCandidate, Remove, Removed, CasesCounty, null, Reason),
        new(Eliminated, Remove, Removed, CasesCounty, null, Reason),
        new(RolledBack, Remove, Removed, CasesCounty, Clocks.Plan, Reason)),
        NameOf, NameOf);

    /// <summary>States in which the household is on the list and not taken off.</summary>
    public static readonly IReadOnlyList<ObjectState> Active = [Identified, Planned, Assisting, EliminationCandidate, RolledBack];

    public static Text NameOf(ObjectState state) => state switch
    {
        Identified => new("已识别，待制定计划", "identified; plan to be made"),
        Planned => new("已有计划，待落实", "planned; measures to start"),
        Assisting => new("帮扶中", "being helped"),
        EliminationCandidate => new("拟消除", "elimination proposed"),
        Eliminated => new("风险已消除", "risk eliminated"),
        RolledBack => new("风险反弹", "rolled back"),
        Removed => new("已移出", "removed"),
    };

    public static Text NameOf(ObjectEvent happening) => happening switch
    {
        ObjectEvent.ApprovePlan => new("审核帮扶计划", "approve the plan"),
        StartMeasure => new("落实首项措施", "start the first measure"),
        ObjectEvent.ProposeElimination => new("提出风险消除", "propose elimination"),
        RefuseElimination => new("不予消除，继续帮扶", "refuse elimination and go on helping"),
        PlanAgain => new("不予消除，重新制定计划", "refuse elimination and make a plan"),
        Eliminate => new("消除风险", "eliminate the risk"),
        RollBack => new("风险反弹回退", "roll back"),
        Resume => new("重新帮扶", "resume help"),
        Remove => new("自然减少移出", "remove"),
    };
}
