using System.Text.RegularExpressions;
using Shouwang.Kernel;
using Shouwang.Kernel.Calendar;
using Shouwang.Kernel.Rules;

namespace Shouwang.Platform.Policy.Reading;

/// <summary>The packs in force for an area on a day, the nation first, and what they come to when laid over each other.</summary>
internal sealed partial class Layers(IReadOnlyList<Pack> packs, DateOnly date)
{
    private IReadOnlyList<FeedDefinition>? _feeds;
    private IReadOnlyList<FormSection>? _sections;

    public IReadOnlyList<Pack> Packs => packs;

    public DateOnly Date => date;

    public static Layers Of(IEnumerable<Pack> all, AreaCode area, DateOnly date) => new(
        all.Where(p => p.Title.Area.Contains(area) && p.HoldsOn(date)).OrderBy(p => p.Title.Area.Level).ToList(), date);

    /// <summary>The entries by key, each from the nearest pack that has it, in the order of the farthest.</summary>
    private IReadOnlyList<(string Key, T Value)> Nearest<T>(Func<Pack, Shelf<T>> shelf)
    {
        var found = new Dictionary<string, T>(StringComparer.Ordinal);
        var order = new List<string>();
        foreach (var pack in packs)
            foreach (var (key, entry) in shelf(pack).All)
            {
                if (!found.ContainsKey(key))
                    order.Add(key);
                found[key] = entry.Value;
            }
        return order.Select(k => (k, found[k])).ToList();
    }

    private List<T> Values<T>(Func<Pack, Shelf<T>> shelf) => Nearest(shelf).Select(e => e.Value).ToList();

    /// <summary>The policy, without lines that a county entered. Only called on packs without problems.</summary>
    public Policy Merge(AreaCode area) => new()
    {
        Area = area,
        Date = date,
        Packs = packs.Select(p => p.Title).ToList(),
        Categories = Categories(),
        PovertyLine = Line(l => l.Poverty),
        MonitoringLine = Line(l => l.Monitoring),
        Rules = Rules().Select(r => r.Rule).ToList(),
        Clocks = Values(p => p.Clocks).ToDictionary(c => c.Key),
        WorkCalendar = Calendar(),
        Causes = Values(p => p.Causes),
        DisasterSubtypes = Values(p => p.Disasters),
        MeasureFamilies = Values(p => p.Families),
        Measures = Values(p => p.Measures),
        CauseMeasures = Values(p => p.CauseMeasures).ToDictionary(c => c.Cause),
        Guarantees = Values(p => p.Guarantees).Select(g => g.Value).ToList(),
        EliminationGuards = Values(p => p.Elimination).Select(g => g.Value).ToList(),
        SourceOrder = Order(),
        Departments = Values(p => p.Departments).ToDictionary(d => d.Code),
        Feeds = Feeds,
        CodeLists = Values(p => p.Codes).ToDictionary(c => c.Name),
        FormSections = Sections,
        VisitForms = Values(p => p.VisitForms).Where(f => !f.Off).Select(f => f.Form).ToList(),
        KnownLimits = Values(p => p.KnownLimits).LastOrDefault(),
        IssueSources = Values(p => p.IssueSources).OfType<IssueSource>().ToList(),
        IssueKinds = Values(p => p.IssueKinds).OfType<IssueKind>().ToList(),
        GreenChannels = Values(p => p.GreenChannels).OfType<GreenChannel>().ToList(),
        IssueRules = Values(p => p.IssueRules).OfType<IssueRule>().ToList(),
        GroupKinds = Values(p => p.GroupKinds).OfType<GroupKind>().ToList(),
        LinkKinds = Values(p => p.LinkKinds).OfType<LinkKind>().ToList(),
        MeetingKinds = Values(p => p.MeetingKinds).OfType<MeetingKind>().ToList(),
        DutyRules = Values(p => p.DutyRules).OfType<DutyRule>().ToList(),
        Campaigns = Values(p => p.Campaigns).OfType<CampaignDraft>().Select(c => c.Template).ToList(),
        Indicators = Indicators(),
        Dimensions = Dimensions,
        AppraisalSets = Values(p => p.AppraisalSets).OfType<AppraisalSet>().ToList(),
        Bulletins = Values(p => p.Bulletins).OfType<BulletinTemplate>().ToList(),
        Citations = Values(p => p.Citations).ToDictionary(c => c.Code),
    };

    public IReadOnlyList<MonitoringCategoryTerm> Categories() => Values(p => p.Categories)
        .Select(c => (Draft: c, Name: c.Names.FirstOrDefault(n => (n.From ?? date) <= date && (n.To ?? date) >= date)))
        .Where(c => c.Name is not null)
        .Select(c => new MonitoringCategoryTerm(c.Draft.Code, c.Name!.Name, c.Draft.Meaning, c.Draft.Source)).ToList();

    public IReadOnlyList<IndicatorDefinition> Indicators() => [.. Values(p => p.Indicators).Where(i => !i.Off).Select(i => i.Definition)];

    public IReadOnlyList<Dimension> Dimensions => Values(p => p.Dimensions);

    private IncomeLine? Line(Func<LinePeriod, decimal?> yuan) => packs.Reverse()
        .SelectMany(p => p.Lines.Where(l => yuan(l.Value) is not null && l.Value.From <= date && (l.Value.To ?? date) >= date)
            .Select(l => new IncomeLine(yuan(l.Value)!.Value, l.Value.Source, p.Title.Area, l.Value.From, l.Value.To, Entered: false)))
        .FirstOrDefault();

    private WorkCalendar Calendar()
    {
        var years = Values(p => p.Calendar);
        return new(years.Select(y => y.Year), years.SelectMany(y => y.Off), years.SelectMany(y => y.Worked));
    }

    private SourceOrder Order()
    {
        var byAttribute = Nearest(p => p.SourceOrders).ToDictionary(o => o.Key, o => o.Value, StringComparer.Ordinal);
        byAttribute.Remove("default", out var standard);
        return new() { Sources = Values(p => p.Sources), Default = standard ?? [], ByAttribute = byAttribute };
    }

    /// <summary>The rules with the drafts they are made of; incomplete ones with null texts, which the checks report.</summary>
    public IEnumerable<(RuleDefinition Rule, RuleLayers Parts)> Rules()
    {
        var inUse = Categories().Select(c => c.Code).ToHashSet(StringComparer.Ordinal);
        var suggestions = Nearest(p => p.Suggestions).ToDictionary(
            s => s.Key, s => s.Value.Where(c => inUse.Contains(c.Category)).ToList());
        foreach (var id in packs.SelectMany(p => p.Rules.All.Select(r => r.Key)).Distinct().ToList())
        {
            var parts = new RuleLayers(packs.Select(p => (p.Title.Id, p.Rules.Find(id))).Where(r => r.Item2 is not null)
                .Select(r => (r.Id, r.Item2!)).ToList());
            if (parts.Last(d => d.Off) != true)
                yield return (Rule(parts, suggestions), parts);
        }
    }

    private static RuleDefinition Rule(RuleLayers parts, Dictionary<string, List<CategoryChoiceDraft>> suggestions)
    {
        var when = parts.When?.Text ?? "";
        var levels = parts.Levels ?? [];
        var category = parts.LastOf(d => d.Suggestion);
        var used = string.Join(' ', levels.Select(l => l.When?.Text).Prepend(when));
        return new(parts.Id, parts.Last(d => d.Title) ?? default, when,
            parts.Parameters.ToDictionary(p => p.Name, p => new RuleParameter(p.Name, p.Title ?? new(p.Name, p.Name), p.Value, p.Unit ?? Unit.None, p.Source, p.Assumed)),
            levels.Select(l => new RuleLevelChoice(l.Level, l.When?.Text)).ToList(),
            (category is null ? [] : suggestions.GetValueOrDefault(category, [])).Select(c => new CategoryChoice(c.Category, c.When?.Text)).ToList(),
            parts.LastOf(d => d.Department) ?? "", parts.Last(d => d.Template) ?? default, parts.Last(d => d.TtlDays) ?? 0,
            parts.Last(d => d.Source) ?? default, parts.Last(d => d.State) ?? RuleState.Shadow, parts.Last(d => d.OnlyJoins) ?? false,
            PovertyLineName().IsMatch(used), MonitoringLineName().IsMatch(used), parts.Pack) { Cause = parts.LastOf(d => d.Cause) };
    }

    [GeneratedRegex(@"\bline\.poverty\b")]
    private static partial Regex PovertyLineName();

    [GeneratedRegex(@"\bline\.monitoring\b")]
    private static partial Regex MonitoringLineName();

    /// <summary>The nearest list of that name, or null.</summary>
    public CodeList? CodeList(string name) => packs.Reverse().Select(p => p.Codes.Find(name)?.Value).FirstOrDefault(l => l is not null);

    public IReadOnlyList<FormSection> Sections => _sections ??= Values(p => p.Forms);

    public IReadOnlyList<FeedDefinition> Feeds => _feeds ??=
        packs.SelectMany(p => p.Feeds.All.Select(f => f.Key)).Distinct()
            .Select(kind => Feed(kind, packs.Select(p => p.Feeds.Find(kind)?.Value).OfType<FeedDraft>().ToList())).ToList();

    // A nearer pack adds columns and headings, and may replace the rest.
    private static FeedDefinition Feed(string kind, List<FeedDraft> drafts) => new(
        kind, drafts.Select(d => d.Title).LastOrDefault(t => t is not null) ?? default,
        drafts.Select(d => d.Department).LastOrDefault(d => d is not null) ?? "",
        drafts.Select(d => d.Matching).LastOrDefault(m => m is not null) ?? FeedMatching.None,
        drafts.Select(d => d.Role).LastOrDefault(r => r is not null) ?? PersonRole.Any,
        drafts.Select(d => d.Keys).LastOrDefault(k => k.Count > 0) ?? [],
        drafts.SelectMany(d => d.Signs).Distinct().ToList(),
        drafts.SelectMany(d => d.Titles).Distinct().ToList(),
        drafts.SelectMany(d => d.Fields).GroupBy(f => f.Name).Select(f => Field([.. f])).ToList())
    {
        DueDay = drafts.Select(d => d.DueDay).LastOrDefault(d => d is not null),
    };

    private static FeedField Field(FieldDraft[] drafts)
    {
        var title = drafts.Select(d => d.Title).LastOrDefault(t => t is not null) ?? default;
        return new(drafts[0].Name, title,
            drafts.Select(d => d.Type).LastOrDefault(t => t is not null) ?? FieldType.Text,
            drafts.Select(d => d.Required).LastOrDefault(r => r is not null) ?? false,
            !(drafts.Select(d => d.Filled).LastOrDefault(f => f is not null) ?? false),
            drafts.SelectMany(d => d.Headings).Prepend(title.Zh).Distinct().ToList(),
            drafts.SelectMany(d => d.Groups).Distinct().ToList(),
            drafts.Select(d => d.CodeList).LastOrDefault(c => c is not null),
            drafts.Select(d => d.Unit).LastOrDefault(u => u is not null) ?? Unit.None,
            drafts.Select(d => d.Private).LastOrDefault(p => p is not null) ?? false);
    }
}

/// <summary>What the packs say about one rule, the nation first.</summary>
internal sealed class RuleLayers(IReadOnlyList<(string Pack, Located<RuleDraft> Draft)> drafts)
{
    public string Id => drafts[0].Draft.Value.Id;

    public string Pack => drafts[^1].Pack;

    /// <summary>The nearest draft, where problems of the whole rule are shown.</summary>
    public Located<RuleDraft> Nearest => drafts[^1].Draft;

    public Expression? When => LastOf(d => d.When);

    public IReadOnlyList<LevelDraft>? Levels => LastOf(d => d.Levels);

    public T? Last<T>(Func<RuleDraft, T?> of) where T : struct =>
        drafts.Select(d => of(d.Draft.Value)).LastOrDefault(v => v is not null);

    public T? LastOf<T>(Func<RuleDraft, T?> of) where T : class =>
        drafts.Select(d => of(d.Draft.Value)).LastOrDefault(v => v is not null);

    /// <summary>The parameters by name; a nearer pack may replace the value and keeps title and unit.</summary>
    public IReadOnlyList<ParameterDraft> Parameters => drafts.SelectMany(d => d.Draft.Value.Parameters).GroupBy(p => p.Name)
        .Select(g => g.Last() with
        {
            Title = g.Select(p => p.Title).LastOrDefault(t => t is not null), Unit = g.Select(p => p.Unit).LastOrDefault(u => u is not null),
        }).ToList();
}
