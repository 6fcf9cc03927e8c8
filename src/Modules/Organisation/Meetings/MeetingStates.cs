using Shouwang.Kernel;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Organisation.Meetings.MeetingEvent;
using static Shouwang.Modules.Organisation.Meetings.MeetingState;
using static Shouwang.Platform.Security.Permissions;

namespace Shouwang.Modules.Organisation.Meetings;

/// <summary>Meetings. DOMAIN has no table of them; this one follows the meeting rhythm of seed 4: called, held with minutes, signed by another than who wrote them.</summary>
public static class MeetingStates
{
    /// <summary>Within how long minutes are signed.</summary>
    public const string SignClock = "meeting.sign";

    public static readonly LifeCycle<MeetingState, MeetingEvent> Life = new("SM-15", new("会议", "Meeting"), new(
        Planned, new HashSet<MeetingState> { Signed, Cancelled },
        new(Planned, Hold, Held, MeetingsHold),
        new(Planned, Cancel, Cancelled, MeetingsHold, null, EvidenceKinds.Reason),
        new(Held, Decide, Held, MeetingsHold, SignClock),
        new(Held, Sign, Signed, MeetingsSign, SignClock)),
        NameOf, NameOf);

    public static Text NameOf(MeetingState state) => state switch
    {
        Planned => new("待召开", "called"),
        Held => new("已召开，待签发", "held, to be signed"),
        Signed => new("纪要已签发", "signed"),
        Cancelled => new("已取消", "cancelled"),
    };

    public static Text NameOf(MeetingEvent happening) => happening switch
    {
        Hold => new("登记召开", "record it"),
        Decide => new("补充议定事项", "add decisions"),
        Sign => new("签发纪要", "sign the minutes"),
        Cancel => new("取消会议", "cancel it"),
    };
}
