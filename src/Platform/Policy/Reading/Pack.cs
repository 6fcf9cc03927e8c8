using Shouwang.Kernel;
using Shouwang.Kernel.Rules;

namespace Shouwang.Platform.Policy.Reading;

/// <summary>Entries by key, in the order of the files; a key that comes twice is a problem.</summary>
internal sealed class Shelf<T>
{
    private readonly Dictionary<string, Located<T>> _entries = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    public IEnumerable<(string Key, Located<T> Entry)> All => _order.Select(k => (k, _entries[k]));

    public Located<T>? Find(string key) => _entries.GetValueOrDefault(key);

    public void Put(string key, T value, Section section)
    {
        if (_entries.TryAdd(key, new(value, section.At, section.Path)))
            _order.Add(key);
        else
            section.Findings.Add(section.At, section.Path,
                new($"“{key}”重复，已在 {_entries[key].At.File} 第 {_entries[key].At.Line} 行定义。",
                    $"'{key}' is there twice; the first is in {_entries[key].At.File}, line {_entries[key].At.Line}."),
                new("请合并，或改用另一个编号。", "Merge the two, or give one another id."));
    }
}

/// <summary>One pack as it stands in its files, before it is laid over others.</summary>
internal sealed class Pack
{
    public required PackTitle Title { get; init; }
    public required Spot At { get; init; }

    public List<Located<LinePeriod>> Lines { get; } = [];
    public Shelf<CategoryDraft> Categories { get; } = new();
    public Shelf<IReadOnlyList<CategoryChoiceDraft>> Suggestions { get; } = new();
    public Shelf<RuleDraft> Rules { get; } = new();
    public Shelf<ClockDefinition> Clocks { get; } = new();
    public Shelf<CalendarYear> Calendar { get; } = new();
    public Shelf<RiskCause> Causes { get; } = new();
    public Shelf<DisasterSubtype> Disasters { get; } = new();
    public Shelf<MeasureFamily> Families { get; } = new();
    public Shelf<MeasureDefinition> Measures { get; } = new();
    public Shelf<CauseMeasures> CauseMeasures { get; } = new();
    public Shelf<ConditionDraft<GuaranteeDefinition>> Guarantees { get; } = new();
    public Shelf<ConditionDraft<EliminationGuard>> Elimination { get; } = new();
    public Shelf<FactSource> Sources { get; } = new();
    public Shelf<IReadOnlyList<string>> SourceOrders { get; } = new();
    public Shelf<Department> Departments { get; } = new();
    public Shelf<FeedDraft> Feeds { get; } = new();
    public Shelf<CodeList> Codes { get; } = new();
    public Shelf<FormSection> Forms { get; } = new();
    public Shelf<VisitFormDraft> VisitForms { get; } = new();
    public Shelf<KnownLimits> KnownLimits { get; } = new();
    public Shelf<IssueSource?> IssueSources { get; } = new();
    public Shelf<IssueKind?> IssueKinds { get; } = new();
    public Shelf<GreenChannel?> GreenChannels { get; } = new();
    public Shelf<IssueRule?> IssueRules { get; } = new();
    public Shelf<GroupKind?> GroupKinds { get; } = new();
    public Shelf<LinkKind?> LinkKinds { get; } = new();
    public Shelf<MeetingKind?> MeetingKinds { get; } = new();
    public Shelf<DutyRule?> DutyRules { get; } = new();
    public Shelf<CampaignDraft?> Campaigns { get; } = new();
    public Shelf<IndicatorDraft> Indicators { get; } = new();
    public Shelf<Dimension> Dimensions { get; } = new();
    public Shelf<AppraisalSet?> AppraisalSets { get; } = new();
    public Shelf<BulletinTemplate?> Bulletins { get; } = new();
    public Shelf<Citation> Citations { get; } = new();

    /// <summary>Words that have to name something of the merged policy, checked once all packs are read.</summary>
    public List<Reference> References { get; } = [];

    /// <summary>Conditions of forms, compiled once all packs are read.</summary>
    public List<FormCondition> FormConditions { get; } = [];

    /// <summary>Questions with the form they belong to and the place where they stand.</summary>
    public List<Located<(string Form, FormField Field)>> Questions { get; } = [];

    public bool HoldsOn(DateOnly date) => Title.From <= date && (Title.To is null || Title.To >= date);
}

internal enum Referred { Department, Category, Cause, Family, Measure, CodeList, Source, Suggestion, Attribute, Feed, Form, Indicator, Dimension, Group, Question, IssueKind, IssueSource, WarningRule }

internal sealed record Reference(Referred To, string Word, Spot At, string Path);

internal sealed record LinePeriod(decimal? Poverty, decimal? Monitoring, DateOnly From, DateOnly? To, Text Source);

internal sealed record CategoryName(Text Name, DateOnly? From, DateOnly? To);

internal sealed record CategoryDraft(string Code, IReadOnlyList<CategoryName> Names, Text Meaning, Text Source);

/// <summary>A condition with the place where its text begins.</summary>
internal sealed record Expression(string Text, Spot At, string Path, bool IsFolded);

/// <summary>A condition of a form.</summary>
/// <param name="PerMember">It sees the attributes of the member it is about.</param>
/// <param name="Answer">The question whose answer it limits; null where it only says what is shown.</param>
internal sealed record FormCondition(Expression When, bool PerMember, string? Answer);

/// <param name="Off">The form of the packs above is not used.</param>
internal sealed record VisitFormDraft(VisitForm Form, bool Off);

internal sealed record IndicatorTermDraft(IndicatorTerm Term, Expression? When, Expression? Sum);

/// <param name="Off">The indicator of the packs above is not used.</param>
internal sealed record IndicatorDraft(IndicatorDefinition Definition, IReadOnlyList<IndicatorTermDraft> Terms, bool Off);

/// <param name="IsCondition">It has to be true or false; otherwise any value or number.</param>
internal sealed record CampaignExpression(Expression Text, bool IsCondition);

internal sealed record CampaignDraft(CampaignTemplate Template, IReadOnlyList<CampaignExpression> Expressions);

internal sealed record CategoryChoiceDraft(string Category, Expression? When);

internal sealed record LevelDraft(RuleLevel Level, Expression? When);

internal sealed record ConditionDraft<T>(T Value, Expression? When);

internal sealed record CalendarYear(int Year, IReadOnlyList<DateOnly> Off, IReadOnlyList<DateOnly> Worked);

/// <summary>What one pack says about a rule; what it leaves out comes from the packs of the areas above.</summary>
internal sealed record RuleDraft(
    string Id, Text? Title, Expression? When, IReadOnlyList<ParameterDraft> Parameters, IReadOnlyList<LevelDraft>? Levels,
    string? Suggestion, string? Department, Text? Template, int? TtlDays, Text? Source, RuleState? State, bool? OnlyJoins, bool? Off, string? Cause);

internal sealed record ParameterDraft(string Name, Text? Title, RuleValue Value, Unit? Unit, Text Source, bool Assumed, Spot At);

/// <summary>What one pack says about a feed; columns and headings are added to those of the packs above.</summary>
internal sealed record FeedDraft(
    string Kind, Text? Title, string? Department, FeedMatching? Matching, PersonRole? Role, IReadOnlyList<string> Keys,
    IReadOnlyList<string> Signs, IReadOnlyList<string> Titles, IReadOnlyList<FieldDraft> Fields, int? DueDay);

internal sealed record FieldDraft(
    string Name, Text? Title, FieldType? Type, bool? Required, bool? Filled, IReadOnlyList<string> Headings,
    IReadOnlyList<string> Groups, string? CodeList, Unit? Unit, bool? Private, Spot At, string Path);
