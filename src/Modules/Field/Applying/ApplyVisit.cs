using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Field.Receiving;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;

namespace Shouwang.Modules.Field.Applying;

/// <summary>A visit: its facts go to the register, its problems to the ledger, and where somebody else said otherwise meanwhile, both stand.</summary>
internal sealed class ApplyVisit(
    IVisits visits, IHouseholds households, ICurrentFacts current, Conflicts conflicts, Burdens burdens, WaitingSubmissions waiting, Files files) : IApplier
{
    /// <summary>What a procedure decides, no visit does.</summary>
    private static readonly HashSet<string> NotByVisit =
        ["hid", "pid", "village", "area_code", "status", "lifted_year", "mon_cat", "identified", "elim_state", "elim_on", "head_id", "cert_no"];

    private static readonly Text
        SignatureComes = new("等待签名图片上传。", "It waits for the picture of the signature."),
        SecondComes = new("核实须两名调查人：等待另一人在其手机上签署。", "A verification needs two investigators: it waits for the other one to sign on their phone."),
        NobodyLeft = new("该户目前没有正常状态的成员（可能已并户、分户或注销），走访已登记。",
            "The household has no member left (it may have been merged, split or closed); the visit is recorded all the same.");

    public string Kind => Envelope.Visit;

    public async Task<Verdict> Apply(Submission submission, CancellationToken cancel)
    {
        if (Contents.Read<VisitContent>(submission.Content) is not { } visit || visit.Id != submission.Id)
            return Verdict.Held(FieldTexts.Unreadable);
        if ((await households.Refs(submission.County, [visit.Household], cancel)).GetValueOrDefault(visit.Household) is not { } household)
            return Verdict.Held(FieldTexts.NoHousehold);
        return await Apply(submission, visit, household, cancel) with { Area = household.Area.Digits };
    }

    private async Task<Verdict> Apply(Submission submission, VisitContent visit, HouseholdRef household, CancellationToken cancel)
    {
        var sender = submission.Sender;
        if (visit.Signature is { } signature && !files.Has(signature))
            return Verdict.Waits(FieldTexts.FileKey(signature), SignatureComes);

        var visitors = await Visitors(submission, visit, cancel);
        if (visit.Purpose is VisitPurpose.Verification or VisitPurpose.Elimination && visitors.Count < 2)
            return Verdict.Waits(FieldTexts.SignatureKey(visit.Id), SecondComes);

        var known = await current.Of(submission.County, [household.Id], cancel);
        var notes = new List<Text>();
        if (!known.Any(k => k.Member is not null && k.Values.GetValueOrDefault("life").Value is null or "Normal"))
            notes.Add(NobodyLeft);
        var (said, left) = Said(visit, known);
        notes.AddRange(left);
        var facts = said.Where(a => a.How != "confirmed").Select(a => new VisitFact(a.Member, a.Attribute, Contents.Value(a.Value))).ToList();
        // What was confirmed is said again, on this day and by this visit: so it is fresh, and whoever changed it meanwhile is heard.
        facts.AddRange(said.Where(a => a.How == "confirmed").Select(a => new VisitFact(a.Member, a.Attribute, Contents.Value(a.Value))));
        var differing = await conflicts.Find(submission, visit, household, said, known, cancel);

        var recorded = await visits.Record(sender, NewVisit(visit, visitors, facts), cancel);
        if (!recorded.Succeeded)
            return Verdict.Held([.. recorded.Problems.Select(p => p.What), .. FieldTexts.Elsewhere(sender, household)]);
        await conflicts.Raise(differing, cancel);
        await burdens.Add(submission.County, visit, cancel);
        if (differing.Count > 0)
            notes.Add(new($"有 {differing.Count} 项与他人同期填报不一致，两个值都已保留，由乡镇裁定。",
                $"{differing.Count} values differ from what somebody else said meanwhile; both are kept and the township decides."));
        return Verdict.Applied(notes) with { Releases = FieldTexts.VisitKey(visit.Id) };
    }

    /// <summary>Those the visit names, and those who signed it on phones of their own.</summary>
    private async Task<IReadOnlyList<Visitor>> Visitors(Submission submission, VisitContent visit, CancellationToken cancel)
    {
        var all = visit.Visitors.ToList();
        foreach (var (user, content) in await waiting.SignaturesOf(submission.County, visit.Id, cancel))
        {
            if (Contents.Read<SignatureContent>(content) is not { } signature || signature.User != user || all.Any(v => v.User == user))
                continue;
            all.RemoveAll(v => v.User is null && v.Name.Trim() == signature.Name.Trim());
            all.Add(new(user, signature.Name, signature.Unit));
        }
        return [.. all.DistinctBy(v => v.User?.ToString() ?? v.Name.Trim())];
    }

    /// <summary>The answers that may become facts, and a note about those that may not.</summary>
    private static (IReadOnlyList<AnswerContent> Said, IEnumerable<Text> Left) Said(VisitContent visit, IReadOnlyList<CurrentFacts> known)
    {
        var members = known.Select(k => k.Member).OfType<Guid>().ToHashSet();
        var (said, elsewhere, decided) = (new List<AnswerContent>(), 0, 0);
        foreach (var answer in visit.Answers)
        {
            if (answer.Member is { } member && !members.Contains(member))
                elsewhere++;
            else if (NotByVisit.Contains(answer.Attribute) || answer.Attribute.Length is 0 or > 40 || answer.Attribute.Contains('.', StringComparison.Ordinal))
                decided++;
            else
                said.Add(answer);
        }
        var left = new List<Text>();
        if (elsewhere > 0)
            left.Add(new($"{elsewhere} 项涉及已不在该户的成员，未写入，请在其现在的户登记。", $"{elsewhere} answers are about people who are no longer in the household; enter them where they live now."));
        if (decided > 0)
            left.Add(new($"{decided} 项须按程序认定，不能由走访更改。", $"{decided} answers are decided by a procedure and not changed by a visit."));
        return (said, left);
    }

    private static NewVisit NewVisit(VisitContent visit, IReadOnlyList<Visitor> visitors, IReadOnlyList<VisitFact> facts) => new(
        visit.Id, visit.Household, visit.VisitedOn, visit.Purpose, visit.Mode, visitors, visit.Informant, visit.HeadPresent, visit.Findings,
        visit.Notes.Where(n => Enum.TryParse<VisitSubject>(n.Key, out _)).ToDictionary(n => Enum.Parse<VisitSubject>(n.Key), n => n.Value),
        visit.Income is { Items: { Count: > 0 } items } ? Net(items) : null, visit.Needs, visit.CardOnWall, visit.YardClean, visit.Satisfied, visit.Signature,
        [.. visit.Photos.Select(p => p.Hash).Where(IsHash).Distinct()], facts,
        [.. visit.Problems.Select(p => new VisitProblem(p.Subject, p.Problem, p.Fixed, p.Photo))],
        visit.Tasks.Count == 0 ? null : visit.Tasks.GroupBy(t => $"{t.Kind}:{t.Id}").ToDictionary(g => g.Key, g => string.Join(' ', g.Last().Answer, g.Last().Text).TrimEnd()),
        PhotosFollow: true);

    // What comes in, A to D, less what production cost, E; the sheets of the register are worked out alike.
    private static decimal Net(IReadOnlyList<IncomeItemContent> items) =>
        items.Sum(i => i.Code.Length == 0 ? 0 : i.Code[0] is >= 'A' and <= 'D' ? i.Fen : i.Code[0] == 'E' ? -i.Fen : 0) / 100m;

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
