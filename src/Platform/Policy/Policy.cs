using Shouwang.Kernel;
using Shouwang.Kernel.Calendar;

namespace Shouwang.Platform.Policy;

/// <summary>Everything that policy sets for one area on one day, whichever packs it comes from.</summary>
public sealed record Policy
{
    public required AreaCode Area { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>The packs in force, from the nation to the nearest area.</summary>
    public required IReadOnlyList<PackTitle> Packs { get; init; }

    /// <summary>The categories of the time, under the names of the time.</summary>
    public required IReadOnlyList<MonitoringCategoryTerm> Categories { get; init; }

    /// <summary>Null where no source gives one for the area and day; it is never guessed.</summary>
    public IncomeLine? PovertyLine { get; init; }

    /// <inheritdoc cref="PovertyLine"/>
    public IncomeLine? MonitoringLine { get; init; }

    public required IReadOnlyList<RuleDefinition> Rules { get; init; }

    public required IReadOnlyDictionary<string, ClockDefinition> Clocks { get; init; }

    public required WorkCalendar WorkCalendar { get; init; }

    public required IReadOnlyList<RiskCause> Causes { get; init; }

    public required IReadOnlyList<DisasterSubtype> DisasterSubtypes { get; init; }

    public required IReadOnlyList<MeasureFamily> MeasureFamilies { get; init; }

    public required IReadOnlyList<MeasureDefinition> Measures { get; init; }

    public required IReadOnlyDictionary<string, CauseMeasures> CauseMeasures { get; init; }

    /// <summary>ST1–ST10.</summary>
    public required IReadOnlyList<GuaranteeDefinition> Guarantees { get; init; }

    public required IReadOnlyList<EliminationGuard> EliminationGuards { get; init; }

    public required SourceOrder SourceOrder { get; init; }

    public required IReadOnlyDictionary<string, Department> Departments { get; init; }

    public required IReadOnlyList<FeedDefinition> Feeds { get; init; }

    public required IReadOnlyDictionary<string, CodeList> CodeLists { get; init; }

    public required IReadOnlyList<FormSection> FormSections { get; init; }

    /// <summary>Forms that can be added to a visit.</summary>
    public required IReadOnlyList<VisitForm> VisitForms { get; init; }

    /// <summary>When a new form may not ask for what is known; null where no pack says it.</summary>
    public KnownLimits? KnownLimits { get; init; }

    /// <summary>Where problems of the ledger come from.</summary>
    public required IReadOnlyList<IssueSource> IssueSources { get; init; }

    /// <summary>The codes of <see cref="IssueSources"/> from which tasks come and no problems.</summary>
    public IReadOnlyList<string> SourcesOfTasks => [.. IssueSources.Where(s => s.IsOfTasks).Select(s => s.Code)];

    /// <summary>The kinds of problems, with the rhythm in which each is reported and cleared.</summary>
    public required IReadOnlyList<IssueKind> IssueKinds { get; init; }

    public required IReadOnlyList<GreenChannel> GreenChannels { get; init; }

    /// <summary>What becomes a problem by itself, in the order in which the rules are tried.</summary>
    public required IReadOnlyList<IssueRule> IssueRules { get; init; }

    /// <summary>The kinds of groups, those above before those below.</summary>
    public required IReadOnlyList<GroupKind> GroupKinds { get; init; }

    /// <summary>The kinds of links between leaders and areas.</summary>
    public required IReadOnlyList<LinkKind> LinkKinds { get; init; }

    public required IReadOnlyList<MeetingKind> MeetingKinds { get; init; }

    /// <summary>What duty rosters of townships are held against.</summary>
    public required IReadOnlyList<DutyRule> DutyRules { get; init; }
    /// <summary>Plans of drives, from which a county starts one.</summary>
    public required IReadOnlyList<CampaignTemplate> Campaigns { get; init; }

    /// <summary>Every figure there is, in the order of the packs.</summary>
    public required IReadOnlyList<IndicatorDefinition> Indicators { get; init; }

    /// <summary>Every way in which figures can be told apart, in the order of the packs.</summary>
    public required IReadOnlyList<Dimension> Dimensions { get; init; }

    /// <summary>By what units are ranked and appraised.</summary>
    public required IReadOnlyList<AppraisalSet> AppraisalSets { get; init; }

    /// <summary>How bulletins are written.</summary>
    public required IReadOnlyList<BulletinTemplate> Bulletins { get; init; }

    public required IReadOnlyDictionary<string, Citation> Citations { get; init; }

    /// <summary>The feed of that kind.</summary>
    /// <exception cref="KeyNotFoundException">No pack defines it.</exception>
    public FeedDefinition Feed(string kind) =>
        Feeds.FirstOrDefault(f => f.Kind == kind) ?? throw new KeyNotFoundException($"No pack defines the feed '{kind}'.");

    /// <summary>For how many months a visit's answer about an attribute counts; null where it does not age, or no visit asks it.</summary>
    /// <param name="attribute">As forms name it: <c>household.grade</c>.</param>
    public int? GoodForMonths(string attribute) =>
        FormSections.Where(s => s.Form == FormSection.Visit).SelectMany(s => s.Fields).FirstOrDefault(f => f.Name == attribute)?.GoodForMonths;

    /// <summary>The dimension, or null where the policy has none of that code.</summary>
    public Dimension? Dimension(string code) => Dimensions.FirstOrDefault(d => d.Code == code);

    /// <summary>The kind of problem, or null where the policy has none of that code.</summary>
    public IssueKind? IssueKind(string code) => IssueKinds.FirstOrDefault(k => k.Code == code);

    /// <inheritdoc cref="IssueKind"/>
    public GreenChannel? GreenChannel(string? code) => GreenChannels.FirstOrDefault(c => c.Code == code);

    /// <inheritdoc cref="IssueKind"/>
    public IssueRule? IssueRule(string? code) => IssueRules.FirstOrDefault(r => r.Code == code);

    /// <inheritdoc cref="IssueKind"/>
    public GroupKind? GroupKind(string code) => GroupKinds.FirstOrDefault(k => k.Code == code);

    /// <inheritdoc cref="IssueKind"/>
    public MeetingKind? MeetingKind(string code) => MeetingKinds.FirstOrDefault(k => k.Code == code);

    /// <summary>The departments that sit in the joint office: those of all channels.</summary>
    public IEnumerable<Department> JointOffice => GreenChannels.SelectMany(c => c.Departments).Distinct().Select(c => Departments[c]);

    /// <summary>The rule of that id, or null where the policy has none.</summary>
    public RuleDefinition? Rule(string id) => Rules.FirstOrDefault(r => r.Id == id);

    /// <summary>The limit of that clock.</summary>
    /// <exception cref="KeyNotFoundException">No pack defines it.</exception>
    public TimeLimit Limit(string clock) =>
        Clocks.TryGetValue(clock, out var found) ? found.Limit : throw new KeyNotFoundException($"No pack defines the clock '{clock}'.");

    /// <summary>The last day on which a step that began on <paramref name="start"/> is in time.</summary>
    /// <exception cref="KeyNotFoundException">No pack defines the clock.</exception>
    public DateOnly Due(string clock, DateOnly start) => WorkCalendar.Due(start, Limit(clock));

    /// <summary>The name of a category at the time; its code where the policy of the time has no such category.</summary>
    public Text CategoryName(string code) =>
        Categories.FirstOrDefault(c => c.Code == code)?.Name ?? new(code, code);

    /// <summary>The rules that cannot run here because a line is missing.</summary>
    public IEnumerable<RuleDefinition> RulesWithoutLine => Rules.Where(r =>
        (r.NeedsPovertyLine && PovertyLine is null) || (r.NeedsMonitoringLine && MonitoringLine is null));

    /// <summary>The same policy with lines that a county office entered; the nearest area decides, then the latest beginning.</summary>
    /// <remarks>At the same area an entered line counts before one of a pack.</remarks>
    public Policy WithLines(IEnumerable<LineEntry> entries)
    {
        var valid = entries.Where(e => e.Area.Contains(Area) && e.From <= Date && (e.To is null || e.To >= Date)).ToList();
        return valid.Count == 0 ? this : this with
        {
            PovertyLine = Nearest(PovertyLine, valid, e => e.Poverty),
            MonitoringLine = Nearest(MonitoringLine, valid, e => e.Monitoring),
        };
    }

    /// <summary>The same policy with forms that a county added; what has the code of one that is there takes its place.</summary>
    public Policy WithForms(FormChanges changes) => this with
    {
        VisitForms = [.. Replaced(VisitForms, changes.Forms, f => f.Code).Where(f => !changes.Off.Contains(f.Code))],
        FormSections = [.. Replaced(FormSections, changes.Sections, s => s.Code)],
        CodeLists = new Dictionary<string, CodeList>(CodeLists.Concat(changes.CodeLists).GroupBy(c => c.Key).Select(g => g.Last())),
    };

    private static IEnumerable<T> Replaced<T>(IReadOnlyList<T> known, IReadOnlyList<T> by, Func<T, string> code)
    {
        var later = by.ToDictionary(code);
        return known.Select(k => later.GetValueOrDefault(code(k), k)).Concat(by.Where(b => !known.Any(k => code(k) == code(b))));
    }

    private static IncomeLine? Nearest(IncomeLine? ofPack, List<LineEntry> entries, Func<LineEntry, decimal?> yuan)
    {
        var entry = entries.Where(e => yuan(e) is not null)
            .OrderByDescending(e => e.Area.Level).ThenByDescending(e => e.From).FirstOrDefault();
        return entry is null || (ofPack is { Entered: false } && ofPack.Area.Level > entry.Area.Level)
            ? ofPack
            : new(yuan(entry)!.Value, new(entry.Source, entry.Source), entry.Area, entry.From, entry.To, Entered: true);
    }
}
