using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Field.Applying;

/// <summary>A submission on its way into the register.</summary>
/// <param name="Sender">Who handed it in, with today's post.</param>
internal sealed record Submission(string County, Guid Id, string Hash, string Kind, DateTimeOffset ReceivedAt, byte[] Content, Actor Sender);

/// <summary>What became of a submission.</summary>
/// <param name="State">See <see cref="Receiving.SubmissionState"/>.</param>
/// <param name="WaitsFor">What has to arrive first, such as <c>file:HASH</c>; null unless it waits.</param>
/// <param name="Releases">What others waited for and is here now.</param>
/// <param name="Area">The household's area, where it is known: its township looks at what is held.</param>
internal sealed record Verdict(string State, IReadOnlyList<Text> Notes, string? WaitsFor = null, string? Releases = null, string? Area = null)
{
    public static Verdict Applied(IReadOnlyList<Text> notes) => new(Receiving.SubmissionState.Applied, notes);
    public static Verdict Held(params IReadOnlyList<Text> notes) => new(Receiving.SubmissionState.Held, notes);
    public static Verdict Waits(string key, Text note) => new(Receiving.SubmissionState.Received, [note], key);
}

/// <summary>Applies one kind of submission, in the open transaction; what it wrote is undone unless it says applied.</summary>
internal interface IApplier
{
    /// <summary>See <see cref="Receiving.Envelope"/>.</summary>
    string Kind { get; }

    Task<Verdict> Apply(Submission submission, CancellationToken cancel);
}

/// <summary>Applies many submissions of a county with a few questions to each module. Nothing is written for one that is not applied.</summary>
internal interface IAppliesTogether : IApplier
{
    /// <param name="submissions">At least one, each about another household.</param>
    /// <returns>In their order.</returns>
    /// <exception cref="Exception">What was wrong with one of them: then nothing may stand, and each is tried alone.</exception>
    Task<IReadOnlyList<Verdict>> Apply(IReadOnlyList<Submission> submissions, CancellationToken cancel);

    async Task<Verdict> IApplier.Apply(Submission submission, CancellationToken cancel) => (await Apply([submission], cancel))[0];
}
