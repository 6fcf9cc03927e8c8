using Shouwang.Modules.Insight.Bulletins;
using Shouwang.Platform.Components;

namespace Shouwang.Modules.Insight.Pages;

/// <summary>The colours of states.</summary>
internal static class BulletinTone
{
    public static Tone Of(BulletinState state) => state switch
    {
        BulletinState.Draft => Tone.Plain,
        BulletinState.PutForward => Tone.Warn,
        BulletinState.Signed => Tone.Note,
        BulletinState.Published => Tone.Good,
        BulletinState.Withdrawn or BulletinState.Replaced or BulletinState.Discarded => Tone.Bad,
    };
}
