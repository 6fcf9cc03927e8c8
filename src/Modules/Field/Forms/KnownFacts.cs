using Shouwang.Kernel;
using Shouwang.Modules.Field.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Field.Forms;

/// <summary>Finds what is there already about a question: by its name, or by what it is called in files, features and other forms.</summary>
/// <param name="files">Kinds of files that were taken in, with the latest day they stand for.</param>
internal sealed class KnownFacts(
    Policy policy, IReadOnlyDictionary<string, Feature> features, CheckForms.Sample sample, IReadOnlyDictionary<string, DateOnly> files, DateOnly today)
{
    private const int FreshMonths = 12;

    private readonly ILookup<string, (FeedDefinition Feed, FeedField Field)> _columns = policy.Feeds
        .SelectMany(f => f.Fields.SelectMany(x => x.Headings.Append(x.Title.Zh).Select(Spelling.Heading).Distinct().Select(h => (Heading: h, Feed: f, Field: x))))
        .ToLookup(x => x.Heading, x => (x.Feed, x.Field));

    private readonly ILookup<string, (FormSection Section, FormField Field)> _questions = policy.FormSections.Where(s => s.Form != FormSection.File)
        .SelectMany(s => s.Fields.Where(f => !f.OfRegister).Select(f => (Section: s, Field: f))).ToLookup(q => Spelling.Heading(q.Field.Title.Zh), q => (q.Section, q.Field));

    public IReadOnlyList<KnownFact> About(Question question)
    {
        var field = question.Field;
        if (field.OfRegister)
            return OfAttribute(question, field.Name) is { } fact ? [fact] : [];
        // By the Chinese title: files are headed in Chinese, and English words are shared by things that differ.
        var title = Spelling.Heading(field.Title.Zh);
        return
        [
            .. _columns[title].Distinct().Select(c => OfColumn(question, c.Feed, c.Field)).OfType<KnownFact>(),
            .. features.Values.Where(f => Spelling.Heading(f.Symbol.Title.Zh) == title).Select(OfFeature).OfType<KnownFact>(),
            .. _questions[title].Where(q => q.Field.Name != field.Name)
                .Select(q => new KnownFact(q.Field.Name, q.Field.Title, null, null, [(new($"表单“{q.Section.Title.Zh}”已问", $"asked by the form \"{q.Section.Title.En}\""), 1)], IsKnown: true)),
        ];
    }

    private KnownFact? OfColumn(Question question, FeedDefinition feed, FeedField column) => feed.Kind switch
    {
        "households" => OfAttribute(question, FormSymbols.Household + column.Name),
        "members" => OfAttribute(question, FormSymbols.Member + column.Name),
        _ when files.TryGetValue(feed.Kind, out var day) => new($"{feed.Kind}.{column.Name}", column.Title, null, today.DayNumber - day.DayNumber,
            [(new($"{DepartmentOf(feed).Zh}“{feed.Title.Zh}”", $"\"{feed.Title.En}\" of {DepartmentOf(feed).En}"), 1)], day.AddMonths(Months(question)) >= today),
        _ => null,
    };

    private KnownFact? OfAttribute(Question question, string name)
    {
        var perMember = name.StartsWith(FormSymbols.Member, StringComparison.Ordinal);
        var (attribute, concerned, said) = (name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..], 0, new List<CurrentFact>());
        foreach (var subject in sample.Concerned(question, perMember))
        {
            concerned++;
            if (subject.Values.TryGetValue(attribute, out var fact))
                said.Add(fact);
        }
        var title = policy.Feeds.FirstOrDefault(f => f.Kind == (perMember ? "members" : "households"))?.Field(attribute)?.Title ?? question.Field.Title;
        return said.Count == 0 ? null : Known(name, title, (decimal)said.Count / concerned, [.. said.Select(s => s.On)], said.CountBy(s => s.Source), said.Count, Months(question));
    }

    private KnownFact? OfFeature(Feature feature)
    {
        var column = sample.Population.Columns[feature.Name];
        var places = Enumerable.Range(0, column.Count).Where(i => column[i].IsKnown).ToList();
        var sources = places.Select(column.SourceOf).ToList();
        return places.Count == 0 ? null : Known(feature.Name, feature.Symbol.Title, (decimal)places.Count / column.Count, [.. sources.Select(s => s?.Date).OfType<DateOnly>()],
            sources.Select(s => s?.Source).OfType<string>().CountBy(s => s), Math.Max(sources.Count(s => s is not null), 1), policy.KnownLimits?.FreshMonths ?? FreshMonths);
    }

    private KnownFact Known(string name, Text title, decimal share, List<DateOnly> days, IEnumerable<KeyValuePair<string, int>> sources, int of, int months)
    {
        days.Sort();
        // Half of the values are of this day or later.
        DateOnly? median = days.Count == 0 ? null : days[(days.Count - 1) / 2];
        return new(name, title, decimal.Round(share, 4), today.DayNumber - median?.DayNumber,
            [.. sources.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => (SourceName(s.Key), decimal.Round((decimal)s.Value / of, 4)))],
            share >= (policy.KnownLimits?.KnownShare ?? 1) && (median is null || median.Value.AddMonths(months) >= today));
    }

    private int Months(Question question) => question.Field.GoodForMonths ?? policy.KnownLimits?.FreshMonths ?? FreshMonths;

    private Text SourceName(string code) => policy.SourceOrder.Sources.FirstOrDefault(s => s.Code == code)?.Title ?? new(code, code);

    private Text DepartmentOf(FeedDefinition feed) => policy.Departments.TryGetValue(feed.Department, out var department) ? department.Title : new(feed.Department, feed.Department);
}
