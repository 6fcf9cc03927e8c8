using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Field.Contracts;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Field.Forms;

/// <summary>Holds the questions of a new form against the register, the features, departments' files and the forms there are.</summary>
internal sealed class CheckForms(ICurrentFacts current, IFeatures features, IImports imports, Policies policies, Today today)
{
    /// <summary>So many households are looked at, evenly spread; shares are then true to about one in a hundred.</summary>
    private const int Most = 4_000;

    private static readonly Dictionary<string, string?> NoAnswers = [];

    public async Task<CheckedForms> Run(Actor actor, string yaml, string name, CancellationToken cancel)
    {
        var county = actor.Area.County;
        var read = policies.Book.ReadForms(county, today.Day, yaml, name, new SymbolTable(features.All.Values.Select(f => f.Symbol)));
        if (read.Forms is not { } added)
            return new(read.Problems, [], 0, 0);
        var before = await policies.For(county, today.Day, cancel);
        var after = before.WithForms(added);
        var codes = added.Sections.Select(s => s.Code).ToHashSet();
        var asked = FormRules.Of(after, features.All).Questions
            .Where(q => codes.Contains(q.Section.Code) && before.FormSections.FirstOrDefault(s => s.Code == q.Section.Code)?.Fields.Any(f => f.Name == q.Field.Name) != true).ToList();

        var all = await current.Visible(actor, Permissions.HouseholdsRead, cancel);
        var step = (all.Count + Most - 1) / Most;
        List<Guid> looked = [.. all.Where((_, i) => i % Math.Max(step, 1) == 0)];
        var sample = new Sample(await current.Of(actor.County, looked, cancel), await features.Load(county, today.Day, looked, cancel), after, today.Day);
        var files = (await imports.List(actor, 0, 1_000, cancel)).Items.Where(i => i is { State: ImportState.Applied, Kind: not null }).GroupBy(i => i.Kind!).ToDictionary(g => g.Key, g => g.Max(i => i.AsOf));
        var known = new KnownFacts(before, features.All, sample, files, today.Day);
        return new([], [.. asked.Select(q => Check(q, known.About(q)))], looked.Count, all.Count);
    }

    private static CheckedQuestion Check(Question question, IReadOnlyList<KnownFact> known)
    {
        var field = question.Field;
        var state = field is { OfRegister: true, Confirm: true } ? QuestionState.Shown
            : known.Any(k => k.IsKnown) ? QuestionState.Known : known.Count > 0 ? QuestionState.Aged : QuestionState.New;
        return new(question.Section.Form, question.Section.Code, field, state, known, state == QuestionState.Known ? Remedy(field, known.First(k => k.IsKnown)) : null);
    }

    private static Text Remedy(FormField field, KnownFact known) => field.OfRegister
        ? new("加上 confirm: true，只显示给群众确认；或删去这一项。", "Add confirm: true, so that it is shown to be confirmed; or take the question out.")
        : FormField.IsOfRegister(known.Name)
            ? new($"改用 name: {known.Name} 并加上 confirm: true，显示已有的值；或删去这一项。", $"Use name: {known.Name} with confirm: true, which shows what is known; or take the question out.")
            : new("删去这一项，直接使用已有的数据。", "Take the question out and use what is there.");

    /// <summary>Households with what is known of them.</summary>
    internal sealed class Sample(IReadOnlyList<CurrentFacts> facts, Population population, Policy policy, DateOnly day)
    {
        private readonly ILookup<Guid, CurrentFacts> _members = facts.Where(f => f.Member is not null && f.Values.GetValueOrDefault("life").Value is null or nameof(LifeState.Normal)).ToLookup(f => f.Household);
        private readonly Dictionary<Guid, int> _places = population.Households.Index().ToDictionary(h => h.Item.Id, h => h.Index);

        public Population Population => population;

        /// <summary>Those a question concerns: households, or members.</summary>
        /// <param name="perMember">As <see cref="FormField.PerMember"/>.</param>
        public IEnumerable<CurrentFacts> Concerned(Question question, bool perMember)
        {
            foreach (var household in facts.Where(f => f.Member is null))
                foreach (var subject in perMember ? _members[household.Household] : [household])
                {
                    var inputs = new FormInputs(policy, day, household.Values, subject.Member is null ? null : subject.Values, NoAnswers, name => Feature(household.Household, name));
                    if (perMember != question.Field.PerMember || question.Visible?.Holds(inputs) != false)
                        yield return subject;
                }
        }

        private RuleValue Feature(Guid household, string name) =>
            _places.TryGetValue(household, out var place) && population.Columns.TryGetValue(name, out var column) ? column[place] : RuleValue.Unknown;
    }
}
