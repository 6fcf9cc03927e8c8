using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Ledger.Contracts.IssueEvent;
using static Shouwang.Modules.Ledger.Contracts.IssueState;
using static Shouwang.Platform.Security.Permissions;
using static Shouwang.Platform.Workflow.EvidenceKinds;

namespace Shouwang.Modules.Ledger;

/// <summary>The life of a problem in the ledger 问题台账 (SM-7). It is struck off 销号 with evidence and by a second person, and can be reopened.</summary>
public static class IssueStates
{
    public static class Clocks
    {
        public const string Register = "issue.register", Assign = "issue.assign", Rectify = "issue.rectify", Examine = "issue.examine", Effect = "issue.effect", Answer = "issue.answer";

        /// <summary>No clock of a stage: from striking off until it can be told whether it held.</summary>
        public const string Hold = "issue.hold";

        /// <summary>No clock of a stage: how long after it was struck off the same problem in the same place is a recurrence.</summary>
        public const string Recurrence = "issue.recurrence";
    }

    public static readonly LifeCycle<IssueState, IssueEvent> Life = new("SM-7", new("问题台账", "Ledger issue"), new(
        Found, new HashSet<IssueState> { },
        // in state, event, leads to, permission, clock of the state, evidence
        new(Found, Register, Registered, IssuesReport, Clocks.Register),
        new(Found, FixOnSpot, FixedOnSpot, IssuesReport, Clocks.Register, Rectification, Photo),
        new(FixedOnSpot, Close, Closed, IssuesClose, Clocks.Examine, Finding),
        new(FixedOnSpot, Reject, Registered, IssuesClose, Clocks.Examine, Reason),
        new(Registered, Assign, Assigned, IssuesAssign, Clocks.Assign, Responsible),
        new(Registered, Escalate, Escalated, IssuesAssign, Clocks.Assign, Reason),
        new(Registered, SendUp, SentUp, IssuesSendUp, Clocks.Assign, Reason),
        new(Registered, Recheck, Submitted, IssuesRectify, Clocks.Assign, Rectification),
        new(Assigned, Start, InRectification, IssuesRectify, Clocks.Rectify),
        new(Assigned, HandOver, Assigned, IssuesHandOver, Clocks.Rectify, Reason),
        new(Assigned, Escalate, Escalated, IssuesRectify, Clocks.Rectify, Reason),
        new(Assigned, SendUp, SentUp, IssuesSendUp, Clocks.Rectify, Reason),
        new(Assigned, Recheck, Submitted, IssuesRectify, Clocks.Rectify, Rectification),
        new(InRectification, Submit, Submitted, IssuesRectify, Clocks.Rectify, Rectification, Photo),
        new(InRectification, HandOver, Assigned, IssuesHandOver, Clocks.Rectify, Reason),
        new(InRectification, Escalate, Escalated, IssuesRectify, Clocks.Rectify, Reason),
        new(InRectification, SendUp, SentUp, IssuesSendUp, Clocks.Rectify, Reason),
        new(InRectification, Recheck, Submitted, IssuesRectify, Clocks.Rectify, Rectification),
        new(Escalated, Assign, Assigned, IssuesAssign, Clocks.Assign, Responsible),
        new(Escalated, Escalate, Escalated, IssuesAssign, Clocks.Assign, Reason),
        new(Escalated, SendUp, SentUp, IssuesSendUp, Clocks.Assign, Reason),
        new(Escalated, Recheck, Submitted, IssuesRectify, Clocks.Assign, Rectification),
        new(SentUp, Instruct, Answered, IssuesAnswer, Clocks.Answer, Reply),
        new(SentUp, Return, Answered, IssuesAnswer, Clocks.Answer, Reason),
        new(SentUp, RecordAnswer, Answered, IssuesSendUp, Clocks.Answer, Reply, Document),
        new(SentUp, Recheck, Submitted, IssuesRectify, Clocks.Answer, Rectification),
        new(Answered, Assign, Assigned, IssuesAssign, Clocks.Assign, Responsible),
        new(Answered, SendUp, SentUp, IssuesSendUp, Clocks.Assign, Reason),
        new(Answered, Recheck, Submitted, IssuesRectify, Clocks.Assign, Rectification),
        new(Submitted, Examine, Examined, IssuesClose, Clocks.Examine, Finding),
        new(Submitted, Reject, InRectification, IssuesClose, Clocks.Examine, Reason),
        new(Examined, Close, Closed, IssuesClose, Clocks.Examine, Effect),
        new(Examined, Reject, InRectification, IssuesClose, Clocks.Examine, Reason),
        new(Closed, ConfirmEffect, Held, IssuesClose, Clocks.Effect, Effect),
        new(Closed, Reopen, InRectification, IssuesClose, Clocks.Effect, Reason),
        new(Held, Reopen, InRectification, IssuesClose, null, Reason)),
        NameOf, NameOf);

    /// <summary>Struck off 销号.</summary>
    public static readonly IReadOnlyList<IssueState> Ended = [Closed, Held];

    /// <summary>Every state in which there is something to put right.</summary>
    public static readonly IReadOnlyList<IssueState> Open = [.. Enum.GetValues<IssueState>().Except(Ended)];

    public static Text NameOf(IssueState state) => state switch
    {
        Found => new("已发现", "found"),
        Registered => new("已登记，待交办", "registered"),
        Assigned => new("已交办", "assigned"),
        InRectification => new("整改中", "being rectified"),
        Submitted => new("已提交，待审查", "submitted"),
        Examined => new("审查通过，待销号", "examined"),
        FixedOnSpot => new("立行立改，待销号", "fixed on the spot"),
        Escalated => new("已上报上级", "escalated"),
        SentUp => new("已报送市级或省级", "sent up to the prefecture or province"),
        Answered => new("上级已答复，待交办", "answered from above"),
        Closed => new("已销号，待复核成效", "struck off"),
        Held => new("已销号，成效稳定", "struck off, and it held"),
    };

    public static Text NameOf(IssueEvent happening) => happening switch
    {
        Register => new("登记", "register"),
        FixOnSpot => new("现场整改", "fix on the spot"),
        Assign => new("交办", "assign"),
        Start => new("开始整改", "start to rectify"),
        Submit => new("提交整改结果", "submit the rectification"),
        Examine => new("审查", "examine"),
        Reject => new("退回整改", "send back"),
        Close => new("销号", "strike off"),
        Escalate => new("上报上级", "escalate"),
        Reopen => new("重新打开", "reopen"),
        HandOver => new("移交部门", "hand over"),
        ConfirmEffect => new("复核成效稳定", "confirm that it held"),
        Recheck => new("复查不再发现", "no longer found"),
        SendUp => new("报送市级或省级", "send up to the prefecture or province"),
        Instruct => new("受理并答复", "take it on and answer"),
        IssueEvent.Return => new("退回县级办理", "give it back to the county"),
        RecordAnswer => new("登记上级答复", "enter the answer from above"),
    };
}
