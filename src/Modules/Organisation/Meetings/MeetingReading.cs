using Shouwang.Platform.Security;

namespace Shouwang.Modules.Organisation.Meetings;

/// <summary>Who reads what was said and decided at meetings: asked of meetings in the reader's area.</summary>
internal static class MeetingReading
{
    /// <summary>
    /// Minutes and points: for posts that see households unmasked, and for everybody whose post is where the meeting was, so that nobody signs or follows what is hidden.
    /// An evening review goes over households one by one, and is for the former only.
    /// </summary>
    public static bool IsReadBy(this Meeting meeting, Actor actor) => !actor.SeesMasked || meeting.Area == actor.Area.Digits && meeting.PreparedEnc is null;

    /// <summary>A decision about a household: for posts that see households unmasked, for whoever signs the minutes it stands in, and for whoever reads the task it became. Others are as open as the meeting.</summary>
    /// <param name="readsTask">The ledger opens the words of the task to the reader.</param>
    public static bool Reads(this Meeting meeting, MeetingDecision decision, bool readsTask, Actor actor) => decision.HouseholdId is null || readsTask || !actor.SeesMasked
        || meeting.IsReadBy(actor) && actor.May(Permissions.MeetingsSign, new(meeting.Area));
}
