using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Field.Receiving;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;

namespace Shouwang.Modules.Field.Applying;

/// <summary>Visits: their facts go to the register, their problems to the ledger, and where somebody else said otherwise meanwhile, both stand.</summary>
/// <remarks>Each module is asked once for all visits of a batch. Whether a visit is held or waits is decided before anything is written.</remarks>
internal sealed class ApplyVisit(
    IVisits visits, IHouseholds households, ICurrentFacts current, Conflicts conflicts, VisitLimits limits, Burdens burdens, VisitTasks tasks, IIncomeAccounts incomes, WaitingSubmissions waiting, Files files) : IAppliesTogether
{
    private static readonly Text
        SignatureComes = new("等待签名图片上传。", "It waits for the picture of the signature."),
        SecondComes = new("核实须两名调查人：等待另一人在其手机上签署。", "A verification needs two investigators: it waits for the other one to sign on their phone."),
        NobodyLeft = new("该户目前没有正常状态的成员（可能已并户、分户或注销），走访已登记。",
            "The household has no member left (it may have been merged, split or closed); the visit is recorded all the same.");

    public string Kind => Envelope.Visit;

    public async Task<IReadOnlyList<Verdict>> Apply(IReadOnlyList<Submission> submissions, CancellationToken cancel)
    {
        var county = submissions[0].County;
        var verdicts = new Verdict[submissions.Count];
        var arrived = await Readable(county, submissions, verdicts, cancel);
        var ready = await Complete(county, arrived, verdicts, cancel);
        var known = (await current.Of(county, [.. ready.Select(r => r.Household.Id)], cancel)).ToLookup(k => k.Household);
        foreach (var visit in ready)
        {
            visit.Take([.. known[visit.Household.Id]]);
            visit.Hold(await limits.Check(visit.Submission, visit.Visit, visit.Said, visit.Known, cancel));
        }
        var differing = await conflicts.Find(county, ready, cancel);

        var recorded = await visits.Record(county, [.. ready.Select(r => (r.Submission.Sender, VisitAnswers.NewVisit(r.Visit, r.Visitors, r.Said, r.Kept, r.Known)))], cancel);
        var applied = new List<ArrivedVisit>(ready.Count);
        foreach (var (visit, outcome) in ready.Zip(recorded))
        {
            if (outcome.Succeeded)
                applied.Add(visit);
            else
                verdicts[visit.Place] = Verdict.Held([.. outcome.Problems.Select(p => p.What), .. FieldTexts.Elsewhere(visit.Submission.Sender, visit.Household)]);
        }
        await conflicts.Raise(county, [.. applied.SelectMany(a => differing[a.Visit.Id])], cancel);
        await incomes.Tell(county, [.. applied.Select(a => VisitAnswers.Told(a.Visit, a.Submission.Sender.Name)).OfType<ToldIncome>()], cancel);
        await burdens.Add(county, [.. applied.Select(a => a.Visit)], cancel);
        foreach (var visit in applied)
            verdicts[visit.Place] = Verdict.Applied([.. Notes(visit, differing[visit.Visit.Id].Count()), .. await tasks.Carry(visit, cancel)]) with { Releases = FieldTexts.VisitKey(visit.Visit.Id) };
        foreach (var visit in arrived)
            verdicts[visit.Place] = verdicts[visit.Place] with { Area = visit.Household.Area.Digits };
        return verdicts;
    }

    private async Task<List<ArrivedVisit>> Readable(string county, IReadOnlyList<Submission> submissions, Verdict[] verdicts, CancellationToken cancel)
    {
        var contents = submissions.Select(s => Contents.Read<VisitContent>(s.Content)).ToList();
        var refs = await households.Refs(county, [.. contents.OfType<VisitContent>().Select(c => c.Household)], cancel);
        var readable = new List<ArrivedVisit>(submissions.Count);
        foreach (var (place, (submission, visit)) in submissions.Zip(contents).Index())
        {
            if (visit is null || visit.Id != submission.Id)
                verdicts[place] = Verdict.Held(FieldTexts.Unreadable);
            else if (refs.GetValueOrDefault(visit.Household) is not { } household)
                verdicts[place] = Verdict.Held(FieldTexts.NoHousehold);
            else
                readable.Add(new(place, submission, visit, household));
        }
        return readable;
    }

    /// <summary>Those that wait for nothing.</summary>
    private async Task<List<ArrivedVisit>> Complete(string county, List<ArrivedVisit> arrived, Verdict[] verdicts, CancellationToken cancel)
    {
        var signatures = (await waiting.SignaturesOf(county, [.. arrived.Select(a => a.Visit.Id)], cancel)).ToLookup(s => s.Visit, s => (s.User, s.Content));
        var complete = new List<ArrivedVisit>(arrived.Count);
        foreach (var visit in arrived)
        {
            visit.Visitors = VisitorsOf(visit.Visit, visit.Submission.Hash, signatures[visit.Visit.Id]);
            if (visit.Visit.Signature is { } signature && !files.Has(signature))
                verdicts[visit.Place] = Verdict.Waits(FieldTexts.FileKey(signature), SignatureComes);
            else if (visit.Visit.Purpose is VisitPurpose.Verification or VisitPurpose.Elimination && visit.Visitors.Count < 2)
                verdicts[visit.Place] = Verdict.Waits(FieldTexts.SignatureKey(visit.Visit.Id), SecondComes);
            else
                complete.Add(visit);
        }
        return complete;
    }

    /// <summary>Those the visit names, and those who signed it on phones of their own.</summary>
    private static IReadOnlyList<Visitor> VisitorsOf(VisitContent visit, string hash, IEnumerable<(Guid User, byte[] Content)> signatures)
    {
        var all = visit.Visitors.ToList();
        foreach (var (user, content) in signatures)
        {
            if (Contents.Read<SignatureContent>(content) is not { } signature || signature.User != user || !signature.IsFor(hash) || all.Any(v => v.User == user))
                continue;
            all.RemoveAll(v => v.User is null && v.Name.Trim() == signature.Name.Trim());
            all.Add(new(user, signature.Name, signature.Unit));
        }
        return [.. all.DistinctBy(v => v.User?.ToString() ?? v.Name.Trim())];
    }

    private static IReadOnlyList<Text> Notes(ArrivedVisit visit, int differing)
    {
        var notes = new List<Text>();
        if (!visit.Known.Any(k => k.Member is not null && k.Values.GetValueOrDefault("life").Value is null or nameof(LifeState.Normal)))
            notes.Add(NobodyLeft);
        notes.AddRange(visit.Left);
        if (differing > 0)
            notes.Add(new($"有 {differing} 项与他人同期填报不一致，两个值都已保留，由乡镇裁定。",
                $"{differing} values differ from what somebody else said meanwhile; both are kept and the township decides."));
        return notes;
    }
}

/// <summary>A visit of a batch, with what was found out about it.</summary>
/// <param name="Place">In the batch.</param>
internal sealed record ArrivedVisit(int Place, Submission Submission, VisitContent Visit, HouseholdRef Household)
{
    public IReadOnlyList<Visitor> Visitors { get; set; } = [];

    /// <summary>What the register goes by, before the visit counts.</summary>
    public IReadOnlyList<CurrentFacts> Known { get; private set; } = [];

    /// <summary>The answers that become facts.</summary>
    public IReadOnlyList<AnswerContent> Said { get; private set; } = [];

    /// <summary>What is told about the answers that do not.</summary>
    public IReadOnlyList<Text> Left { get; private set; } = [];

    /// <summary>Answers that are kept with the visit, by question.</summary>
    public IReadOnlyDictionary<string, string> Kept { get; private set; } = new Dictionary<string, string>();

    public void Take(IReadOnlyList<CurrentFacts> known)
    {
        var (said, left) = VisitAnswers.Said(Visit, known);
        (Known, Said, Left) = (known, said, [.. left]);
    }

    public void Hold(CheckedAnswers held) => (Said, Kept, Left) = (held.Said, held.Kept, [.. Left, .. held.Broken]);
}
