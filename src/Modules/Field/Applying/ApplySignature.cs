using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Field.Receiving;

namespace Shouwang.Modules.Field.Applying;

/// <summary>A second investigator signs a visit from a phone of their own, before or after the visit itself arrives.</summary>
internal sealed class ApplySignature(IVisits visits, WaitingSubmissions waiting) : IApplier
{
    private static readonly Text
        NotByThem = new("签署人与上报账号不一致，已保存待核。", "Whoever signed is not whose phone sent it; it is kept for somebody to look at."),
        OtherVisit = new("签署的内容与收到的走访记录不一致，已保存待核。", "What was signed is not the visit that came; it is kept for somebody to look at."),
        VisitComes = new("等待对方上报走访记录。", "It waits for the visit from the other phone.");

    public string Kind => Envelope.Signature;

    public async Task<Verdict> Apply(Submission submission, CancellationToken cancel)
    {
        if (Contents.Read<SignatureContent>(submission.Content) is not { } signature)
            return Verdict.Held(FieldTexts.Unreadable);
        if (signature.User != submission.Sender.User)
            return Verdict.Held(NotByThem);
        if (await waiting.HashesOf(submission.County, signature.Visit, cancel) is { Count: > 0 } hashes && !hashes.Any(signature.IsFor))
            return Verdict.Held(OtherVisit);
        if (!(await visits.Find(submission.County, [signature.Visit], cancel)).ContainsKey(signature.Visit))
            return Verdict.Waits(FieldTexts.VisitKey(signature.Visit), VisitComes) with { Releases = FieldTexts.SignatureKey(signature.Visit) };
        var signed = await visits.Cosign(submission.Sender, signature.Visit, new(signature.User, signature.Name, signature.Unit), cancel);
        return signed.Succeeded
            ? Verdict.Applied([new($"走访记录现有 {signed.Value} 人签署。", $"The visit counts {signed.Value} people now.")])
            : Verdict.Held([.. signed.Problems.Select(p => p.What)]);
    }
}
