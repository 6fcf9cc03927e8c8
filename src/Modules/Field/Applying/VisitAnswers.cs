using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Registry.Contracts;

namespace Shouwang.Modules.Field.Applying;

/// <summary>What a phone wrote down at a visit, as the register and casework take it.</summary>
internal static class VisitAnswers
{
    /// <summary>What a procedure decides, no visit does.</summary>
    private static readonly HashSet<string> NotByVisit =
        ["hid", "pid", "village", "area_code", "status", "lifted_year", "mon_cat", "identified", "elim_state", "elim_on", "head_id", "cert_no"];

    /// <summary>The answers that may become facts, and a note about those that may not.</summary>
    public static (IReadOnlyList<AnswerContent> Said, IEnumerable<Text> Left) Said(VisitContent visit, IReadOnlyList<CurrentFacts> known)
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

    /// <param name="said">The answers that become facts. What was confirmed is said again, on this day and by this visit: so it is fresh, and whoever changed it meanwhile is heard.</param>
    /// <param name="kept">Answers that stay with the visit, by question.</param>
    /// <param name="known">What the register goes by.</param>
    public static NewVisit NewVisit(
        VisitContent visit, IReadOnlyList<Visitor> visitors, IEnumerable<AnswerContent> said, IReadOnlyDictionary<string, string> kept, IReadOnlyList<CurrentFacts> known) => new(
        visit.Id, visit.Household, visit.VisitedOn, visit.Purpose, visit.Mode, visitors, visit.Informant, visit.HeadPresent, visit.Findings,
        visit.Notes.Where(n => Enum.TryParse<VisitSubject>(n.Key, out _)).ToDictionary(n => Enum.Parse<VisitSubject>(n.Key), n => n.Value),
        visit.Income is { Items: { Count: > 0 } items } ? Net(items) : null, visit.Needs, visit.CardOnWall, visit.YardClean, visit.Satisfied, visit.Signature,
        [.. visit.Photos.Select(p => p.Hash).Where(IsHash).Distinct()],
        [.. said.OrderBy(a => a.How == "confirmed").Select(a => new VisitFact(a.Member, a.Attribute, Contents.Value(a.Value))), .. PlaceOf(visit, known)],
        [.. visit.Problems.Select(p => new VisitProblem(p.Subject, p.Problem, p.Fixed, p.Photo))],
        visit.Tasks.Count + kept.Count == 0 ? null : visit.Tasks.GroupBy(t => $"{t.Kind}:{t.Id}").Select(g => KeyValuePair.Create(g.Key, string.Join(' ', g.Last().Answer, g.Last().Text).TrimEnd()))
            .Concat(kept).DistinctBy(a => a.Key).ToDictionary(),
        PhotosFollow: true);

    // Where the register knows of no place it learns it here; a phone that is a few metres off contradicts nobody.
    private static IEnumerable<VisitFact> PlaceOf(VisitContent visit, IReadOnlyList<CurrentFacts> known) =>
        visit.Place is { IsExact: true } place && known.FirstOrDefault(k => k.Member is null) is { } home && !home.Values.ContainsKey("lat")
            ? [new(null, "lat", decimal.Round(place.Lat, 6)), new(null, "lng", decimal.Round(place.Lng, 6))] : [];

    /// <summary>What stands on the income sheet besides income and costs; no part of net income.</summary>
    public const string Claim = "claim", SelfPaid = "oop", Previous = "prev_pc";

    /// <inheritdoc cref="Claim"/>
    public static IReadOnlyList<(string Code, Text Title)> BesidesIncome { get; } =
        [(Claim, new("理赔收入", "Insurance claims")), (SelfPaid, new("合规自付支出", "Compliant self-paid spending")), (Previous, new("上年度人均纯收入", "Net income per head of the year before"))];

    /// <summary>The income sheet as the register keeps it; null where the visit has none.</summary>
    /// <param name="by">Sign-in name of whoever handed the visit in.</param>
    public static ToldIncome? Told(VisitContent visit, string by)
    {
        if (visit.Income is not { Items: { Count: > 0 } items })
            return null;
        var amounts = items.Where(i => i.Fen >= 0).GroupBy(i => i.Code).ToDictionary(g => g.Key, g => new Money(g.Last().Fen));
        return new(visit.Id, visit.Household, visit.VisitedOn, amounts, Amount(Claim), Amount(SelfPaid), Amount(Previous), by);

        Money? Amount(string code) => amounts.TryGetValue(code, out var amount) ? amount : null;
    }

    // What comes in, A to D, less what production cost, E; the sheets of the register are worked out alike.
    private static decimal Net(IReadOnlyList<IncomeItemContent> items) =>
        items.Sum(i => i.Code.Length == 0 ? 0 : i.Code[0] is >= 'A' and <= 'D' ? i.Fen : i.Code[0] == 'E' ? -i.Fen : 0) / 100m;

    private static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
