namespace Shouwang.Platform.Components;

/// <summary>The tone of a badge, a note or a bar; always said in words besides.</summary>
public enum Tone { Plain, Good, Note, Warn, Bad }

public static class Tones
{
    extension(Tone tone)
    {
        /// <summary>The class in the style sheet.</summary>
        public string Css => tone switch
        {
            Tone.Plain => "plain",
            Tone.Good => "good",
            Tone.Note => "note",
            Tone.Warn => "warn",
            Tone.Bad => "bad",
        };

        public string IconName => tone switch
        {
            Tone.Good => "check",
            Tone.Bad or Tone.Warn => "alert",
            Tone.Note or Tone.Plain => "info",
        };
    }
}
