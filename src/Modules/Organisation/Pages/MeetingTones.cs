using Shouwang.Modules.Organisation.Meetings;
using Shouwang.Platform.Components;

namespace Shouwang.Modules.Organisation.Pages;

internal static class MeetingTones
{
    /// <param name="past">Its day has passed.</param>
    public static Tone Of(MeetingState state, bool past) => state switch
    {
        MeetingState.Planned => past ? Tone.Bad : Tone.Note,
        MeetingState.Held => Tone.Warn,
        MeetingState.Signed => Tone.Good,
        MeetingState.Cancelled => Tone.Plain,
    };
}
