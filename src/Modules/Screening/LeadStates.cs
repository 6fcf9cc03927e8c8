using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Screening.Contracts.LeadEvent;
using static Shouwang.Modules.Screening.Contracts.LeadState;
using static Shouwang.Platform.Security.Permissions;
using static Shouwang.Platform.Workflow.EvidenceKinds;

namespace Shouwang.Modules.Screening;

/// <summary>The life of a lead 线索 (SM-1). To change it, change a row; <c>docs/states.md</c> is written from it.</summary>
/// <remarks>
/// The village reports that no risk was found and the township confirms it, so that nobody drops a household alone.
/// Every other end needs the record of a visit by two people.
/// </remarks>
public static class LeadStates
{
    public static class Clocks
    {
        /// <summary>From the lead to the registration of the household, all steps together.</summary>
        public const string Total = "lead.identify";

        public const string Dispatch = "lead.dispatch", Accept = "lead.accept", Verify = "lead.verify", Confirm = "lead.confirm";
    }

    public static readonly LifeCycle<LeadState, LeadEvent> Life = new("SM-1", new("线索", "Lead"), new(
        New, new HashSet<LeadState> { Dismissed, ResolvedOnSpot, Escalated, GreenChannel },
        // in state, event, leads to, permission, clock of the state, evidence
        new(New, Dispatch, Dispatched, LeadsDispatch, Clocks.Dispatch, Order),
        new(New, OpenGreenChannel, GreenChannel, LeadsDispatch, Clocks.Dispatch, Reason, Approval),
        new(Dispatched, Accept, Verifying, LeadsVerify, Clocks.Accept),
        new(Dispatched, OpenGreenChannel, GreenChannel, LeadsDispatch, Clocks.Accept, Reason, Approval),
        new(Verifying, ReportNoRisk, DismissalProposed, LeadsVerify, Clocks.Verify, Visit, Reason),
        new(Verifying, SolveOnSpot, ResolvedOnSpot, LeadsVerify, Clocks.Verify, Visit, Photo, Reason),
        new(Verifying, Escalate, Escalated, LeadsVerify, Clocks.Verify, Visit, IncomeSheet),
        new(DismissalProposed, ConfirmDismissal, Dismissed, LeadsConfirm, Clocks.Confirm, Reason),
        new(DismissalProposed, SendBack, Verifying, LeadsConfirm, Clocks.Confirm, Reason)),
        NameOf, NameOf);

    /// <summary>States in which somebody still has to act; a household has at most one such lead.</summary>
    public static readonly IReadOnlyList<LeadState> Open = new List<LeadState> { New, Dispatched, Verifying, DismissalProposed };

    public static Text NameOf(LeadState state) => state switch
    {
        New => new("待交办", "new"),
        Dispatched => new("已交办", "dispatched"),
        Verifying => new("核查中", "being verified"),
        DismissalProposed => new("待确认无风险", "no risk, to be confirmed"),
        Dismissed => new("已排除", "dismissed"),
        ResolvedOnSpot => new("现场解决", "solved on the spot"),
        Escalated => new("转入识别认定", "taken into identification"),
        GreenChannel => new("绿色通道", "green channel"),
    };

    public static Text NameOf(LeadEvent happening) => happening switch
    {
        Dispatch => new("交办", "dispatch"),
        Accept => new("接收", "accept"),
        ReportNoRisk => new("上报无风险", "report that no risk was found"),
        ConfirmDismissal => new("确认排除", "confirm the dismissal"),
        SendBack => new("退回重查", "send back"),
        SolveOnSpot => new("现场解决", "solve on the spot"),
        Escalate => new("转入识别认定", "take into identification"),
        OpenGreenChannel => new("启动绿色通道", "open the green channel"),
    };
}
