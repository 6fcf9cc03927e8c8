using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Casework.Contracts.MeasureEvent;
using static Shouwang.Modules.Casework.Contracts.MeasureState;
using static Shouwang.Platform.Security.Permissions;
using static Shouwang.Platform.Workflow.EvidenceKinds;

namespace Shouwang.Modules.Casework;

/// <summary>The life of a measure 帮扶措施 (SM-4). Effect asks whether the cause it answers got better.</summary>
public static class MeasureStates
{
    public static class Clocks
    {
        public const string Start = "plan.start", Effect = "measure.effect";
    }

    public static readonly LifeCycle<MeasureState, MeasureEvent> Life = new("SM-4", new("帮扶措施", "Measure"), new(
        Proposed, new HashSet<MeasureState> { Effective, Ineffective, Cancelled },
        // in state, event, leads to, permission, clock of the state, evidence
        new(Proposed, MeasureEvent.Approve, Approved, PlansApprove, Clocks.Start),
        new(Proposed, Cancel, Cancelled, PlansEdit, Clocks.Start, Reason),
        new(Approved, Start, InProgress, MeasuresRecord, Clocks.Start),
        new(Approved, Cancel, Cancelled, PlansApprove, Clocks.Start, Reason),
        new(InProgress, Deliver, Delivered, MeasuresRecord, null, Amount, Receipt),
        new(InProgress, Suspend, Suspended, MeasuresRecord, null, Reason),
        new(InProgress, Cancel, Cancelled, PlansApprove, null, Reason),
        new(Suspended, MeasureEvent.Resume, InProgress, MeasuresRecord, null),
        new(Suspended, Cancel, Cancelled, PlansApprove, null, Reason),
        new(Delivered, FindEffective, Effective, PlansApprove, Clocks.Effect, Effect),
        new(Delivered, FindIneffective, Ineffective, PlansApprove, Clocks.Effect, Effect)),
        NameOf, NameOf);

    /// <summary>States in which somebody still has to act.</summary>
    public static readonly IReadOnlyList<MeasureState> Open = [Proposed, Approved, InProgress, Suspended, Delivered];

    /// <summary>States in which the measure has at least begun and was not called off.</summary>
    public static readonly IReadOnlyList<MeasureState> Begun = [InProgress, Suspended, Delivered, Effective, Ineffective];

    /// <summary>States in which help has reached the household.</summary>
    public static readonly IReadOnlyList<MeasureState> Reached = [Delivered, Effective];

    public static Text NameOf(MeasureState state) => state switch
    {
        Proposed => new("拟定", "proposed"),
        Approved => new("已批准", "approved"),
        InProgress => new("实施中", "in progress"),
        Suspended => new("暂停", "suspended"),
        Delivered => new("已落实", "delivered"),
        Effective => new("有成效", "effective"),
        Ineffective => new("无成效", "ineffective"),
        Cancelled => new("已取消", "cancelled"),
    };

    public static Text NameOf(MeasureEvent happening) => happening switch
    {
        MeasureEvent.Approve => new("批准", "approve"),
        Start => new("开始实施", "start"),
        Suspend => new("暂停", "suspend"),
        MeasureEvent.Resume => new("恢复", "resume"),
        Deliver => new("登记落实", "record the delivery"),
        FindEffective => new("评定有成效", "find it effective"),
        FindIneffective => new("评定无成效", "find it ineffective"),
        Cancel => new("取消", "cancel"),
    };
}
