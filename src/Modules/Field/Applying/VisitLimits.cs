using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Field.Forms;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Field.Applying;

/// <summary>What becomes of a visit's answers.</summary>
/// <param name="Said">Those that may become facts.</param>
/// <param name="Kept">What is kept with the visit instead, by question: answers of added forms, and those that cannot be right.</param>
/// <param name="Broken">What to tell about answers that cannot be right; nothing personal.</param>
internal sealed record CheckedAnswers(IReadOnlyList<AnswerContent> Said, IReadOnlyDictionary<string, string> Kept, IReadOnlyList<Text> Broken);

/// <summary>
/// Holds answers against the limits of the policy's forms again, as the phone did. One that breaks its limit does not become a fact, but
/// stays with the visit, and the receipt says so; nothing is lost and the visit lands.
/// </summary>
internal sealed class VisitLimits(Policies policies, IFeatures features, Today today)
{
    private static readonly IReadOnlyDictionary<string, CurrentFact> Nothing = new Dictionary<string, CurrentFact>();

    // One of these lives as long as a batch: the county's changes are read once for it.
    private readonly Dictionary<string, Func<AreaCode, Policy>> _policies = [];

    public async Task<CheckedAnswers> Check(
        Submission submission, VisitContent visit, IReadOnlyList<AnswerContent> said, IReadOnlyList<CurrentFacts> known, CancellationToken cancel)
    {
        var kept = visit.Forms.SelectMany(f => f.Answers).Select(a => (Key: KeyOf(a.Member, a.Question), Text: Contents.Text(a.Value))).Where(a => a.Text is not null)
            .GroupBy(a => a.Key).ToDictionary(g => g.Key, g => g.Last().Text!);
        var changed = said.Where(a => a.How != "confirmed").Select(a => (a.Member, Name: NameOf(a))).Concat(visit.Forms.SelectMany(f => f.Answers).Select(a => (a.Member, Name: a.Question))).ToHashSet();
        if (changed.Count == 0)
            return new(said, kept, []);

        var policy = await PolicyOf(submission, cancel);
        var questions = FormRules.Of(policy, features.All).Questions.Where(q => q.Valid is not null && q.Valid.Symbols.Any(s => changed.Any(c => c.Name == s.Name))).DistinctBy(q => (q.Field.Name, q.Field.Valid!.When)).ToList();
        var values = await Features(submission, visit.Household, questions, cancel);
        var (withheld, broken) = (new HashSet<(Guid?, string)>(), new Dictionary<string, Text>());
        foreach (var question in questions)
            foreach (var member in question.Field.PerMember ? known.Select(k => k.Member).Where(m => m is not null) : [null])
            {
                if (!question.Valid!.Symbols.Any(s => changed.Contains((null, s.Name)) || member is not null && changed.Contains((member, s.Name))))
                    continue;
                var inputs = new FormInputs(policy, visit.VisitedOn, ValuesOf(null), member is null ? null : ValuesOf(member), Answers(visit, said, member), values);
                if (question.Visible?.Holds(inputs) == false || question.Valid.Holds(inputs) != false)
                    continue;
                var isFact = question.Field.OfRegister && changed.Contains((member, question.Field.Name));
                if (isFact)
                    withheld.Add((member, question.Field.Name));
                broken.TryAdd(question.Field.Name, Note(question.Field, isFact));
            }
        foreach (var answer in said.Where(a => withheld.Contains((a.Member, NameOf(a)))))
            kept[KeyOf(answer.Member, NameOf(answer))] = Contents.Text(answer.Value) ?? "";
        return new([.. said.Where(a => !withheld.Contains((a.Member, NameOf(a))))], kept, [.. broken.Values]);

        IReadOnlyDictionary<string, CurrentFact> ValuesOf(Guid? member) => known.FirstOrDefault(k => k.Member == member)?.Values ?? Nothing;
    }

    /// <summary>How an answer is called that is kept with the visit: <c>five_visits.unsold</c>, <c>five_visits.idle@MEMBER</c>.</summary>
    public static string KeyOf(Guid? member, string question) => member is { } id ? $"{question}@{id}" : question;

    private static string NameOf(AnswerContent answer) => (answer.Member is null ? FormSymbols.Household : FormSymbols.Member) + answer.Attribute;

    private static Dictionary<string, string?> Answers(VisitContent visit, IReadOnlyList<AnswerContent> said, Guid? member)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var answer in said.Where(a => a.Member is null || a.Member == member))
            all[NameOf(answer)] = Contents.Text(answer.Value);
        foreach (var answer in visit.Forms.SelectMany(f => f.Answers).Where(a => a.Member is null || a.Member == member))
            all[answer.Question] = Contents.Text(answer.Value);
        return all;
    }

    // The policy of the sender's post, as the phone has it.
    private async Task<Policy> PolicyOf(Submission submission, CancellationToken cancel)
    {
        if (!_policies.TryGetValue(submission.County, out var within))
            _policies.Add(submission.County, within = await policies.Within(new(submission.County), today.Day, cancel));
        return within(submission.Sender.Area);
    }

    private async Task<Func<string, RuleValue>> Features(Submission submission, Guid household, List<Question> questions, CancellationToken cancel)
    {
        if (!questions.SelectMany(q => (RuleExpression?[])[q.Valid, q.Visible]).OfType<RuleExpression>().SelectMany(r => r.Symbols).Any(s => features.All.ContainsKey(s.Name)))
            return _ => RuleValue.Unknown;
        var population = await features.Load(new(submission.County), today.Day, [household], cancel);
        return name => population.Households.Count == 1 && population.Columns.TryGetValue(name, out var column) ? column[0] : RuleValue.Unknown;
    }

    private static Text Note(FormField field, bool isFact) => isFact
        ? new($"“{field.Title.Zh}”：{field.Valid!.Message.Zh}所填的值没有写入户档案，已随走访保存。", $"{field.Title.En}: {field.Valid.Message.En} The value was not written to the register; it is kept with the visit.")
        : new($"“{field.Title.Zh}”：{field.Valid!.Message.Zh}已保存，请核实。", $"{field.Title.En}: {field.Valid.Message.En} It is kept; please check it.");
}
