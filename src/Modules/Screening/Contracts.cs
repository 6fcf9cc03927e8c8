using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening.Contracts;

/// <summary>The features of households, for guards of casework, explanations and indicators.</summary>
public interface IFeatures
{
    /// <summary>Every feature the modules bring, by name.</summary>
    IReadOnlyDictionary<string, Feature> All { get; }

    /// <summary>Works features out for a county, or for some of its households.</summary>
    /// <param name="households">Null for all.</param>
    Task<Population> Load(AreaCode county, DateOnly asOf, IReadOnlyCollection<Guid>? households, CancellationToken cancel);

    /// <summary>Works out the features of all households of a county, but neither whose they are nor where they come from; much quicker.</summary>
    Task<CountyValues> LoadValues(AreaCode county, DateOnly asOf, CancellationToken cancel);
}

/// <summary>Households with all their features, their names, and where every value comes from.</summary>
public sealed class Population(IReadOnlyList<HouseholdRef> households, FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns)
    : FeatureTable(scope, columns)
{
    /// <summary>In the order of their positions in the columns.</summary>
    public IReadOnlyList<HouseholdRef> Households => households;

    public override string AreaOf(int index) => households[index].Area.Digits;
}

/// <summary>All households of a county with the values of their features, and nothing else about them.</summary>
public sealed class CountyValues(Homes homes, FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns) : FeatureTable(scope, columns)
{
    public override string AreaOf(int index) => homes.Village(index);
}

/// <summary>Features of households, column by column.</summary>
public abstract class FeatureTable(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns)
{
    /// <summary>Households.</summary>
    public int Count => scope.Households.Count;

    /// <summary>The code of the village of the household at a position; fewer digits where the village is not known.</summary>
    public abstract string AreaOf(int index);

    public FeatureScope Scope => scope;

    public Policy Policy => scope.Policy;

    public IReadOnlyDictionary<string, FeatureColumn> Columns => columns;

    /// <summary>The value of a feature, unknown where there is none.</summary>
    /// <exception cref="KeyNotFoundException">No module brings such a feature.</exception>
    public RuleValue Value(int index, string feature) => columns[feature][index];

    /// <summary>What a rule sees of the household at a position.</summary>
    /// <param name="constants">Values of names that are no features, such as <c>param.limit</c>.</param>
    public HouseholdInputs Inputs(IReadOnlyDictionary<string, RuleValue> constants) => new(this, constants);
}

/// <summary>One household after the other, as a rule sees them: set <see cref="Index"/> and evaluate.</summary>
public sealed class HouseholdInputs(FeatureTable population, IReadOnlyDictionary<string, RuleValue> constants) : IRuleInputs
{
    public int Index { get; set; }

    public RuleValue Get(Symbol symbol) =>
        population.Columns.TryGetValue(symbol.Name, out var column) ? column[Index]
        : constants.TryGetValue(symbol.Name, out var value) ? value
        : symbol.Name switch
        {
            "today" => RuleValue.Date(population.Scope.AsOf),
            "month_start" => RuleValue.Date(population.Scope.MonthStart),
            "window_from" => RuleValue.Date(population.Scope.WindowFrom),
            "window_to" => RuleValue.Date(population.Scope.WindowTo),
            _ => RuleValue.Unknown,
        };
}

/// <summary>The populations that scans read.</summary>
public interface IPopulations
{
    /// <summary>Takes something of every household of a county, in the order of their codes.</summary>
    /// <remarks>
    /// From the columns that are held, which are built if there is nothing current. What changed and was not screened yet is worked out
    /// anew, so that nothing is older than the question.
    /// </remarks>
    /// <param name="take">Sees one household after the other, and keeps none of what it is shown.</param>
    Task<IReadOnlyList<T>> Select<T>(AreaCode county, DateOnly asOf, Func<IHouseholdValues, T> take, CancellationToken cancel);

    /// <summary>What is held of a county, and how fresh it is; it is built if there is nothing current.</summary>
    /// <param name="anew">Builds it from the database even so.</param>
    Task<PopulationState> State(AreaCode county, DateOnly asOf, bool anew, CancellationToken cancel);
}

/// <summary>A household's features.</summary>
public interface IHouseholdValues
{
    Guid Household { get; }

    /// <summary>The village; township or county where the village is not known.</summary>
    AreaCode Area { get; }

    /// <summary>The value of a feature, unknown where there is none.</summary>
    /// <exception cref="KeyNotFoundException">No module brings such a feature.</exception>
    RuleValue this[string feature] { get; }
}

/// <param name="WhyBuilt">Why it was built from the database; null when it was read from its file.</param>
/// <param name="Waiting">Households whose facts changed and that were not looked at again yet.</param>
/// <param name="Bytes">Memory of ids, places and columns.</param>
public sealed record PopulationState(
    DateOnly AsOf, int Households, DateTimeOffset BuiltAt, DateTimeOffset ChangedAt, Text? WhyBuilt, long Waiting, long Bytes, decimal BytesPerHousehold,
    IReadOnlyList<PopulationColumn> Columns);

/// <param name="Storage">Bits, Int8, Int16, Int32, Int64 or Values.</param>
/// <param name="Scale">Decimal places of a stored whole number.</param>
/// <param name="UnknownShare">0 to 1.</param>
public sealed record PopulationColumn(
    string Name, Text Title, Text Formula, RuleType Type, Unit Unit, string Storage, int Scale, decimal UnknownShare, long Bytes);

/// <summary>Runs the warning rules.</summary>
public interface IScreening
{
    /// <summary>Runs every rule over every household of the county, and opens or joins leads.</summary>
    /// <param name="engine">Null for the one that suits the database: SQL on a cluster, otherwise the scan.</param>
    Task<ScreeningResult> Run(AreaCode county, DateOnly asOf, string actor, ScreeningEngine? engine, IProgress<double>? progress, CancellationToken cancel);

    /// <inheritdoc cref="Run(AreaCode, DateOnly, string, ScreeningEngine?, IProgress{double}?, CancellationToken)"/>
    Task<ScreeningResult> Run(AreaCode county, DateOnly asOf, string actor, IProgress<double>? progress, CancellationToken cancel) =>
        Run(county, asOf, actor, null, progress, cancel);

    /// <summary>Everything the rules know about one household now.</summary>
    Task<HouseholdExplanation?> Explain(Actor actor, Guid household, DateOnly asOf, CancellationToken cancel);
}

/// <summary>What answers the rules of a county. The answers are the same; it is a question of where the data is.</summary>
public enum ScreeningEngine
{
    /// <summary>Columns in the memory of this process.</summary>
    Scan,

    /// <summary>The database, in one select over a table of features.</summary>
    Sql,
}

/// <summary>How a run came out, rule by rule.</summary>
public sealed record ScreeningResult(DateOnly AsOf, int Households, IReadOnlyList<RuleCount> Rules, int LeadsOpened, int LeadsJoined);

/// <param name="Hits">Households for which the rule holds.</param>
/// <param name="Unknown">Households for which it cannot be decided.</param>
/// <param name="Blocked">Why the rule did not run at all, or null.</param>
/// <param name="Missing">Features whose absence left households undecided, with how many, most frequent first.</param>
public sealed record RuleCount(string Id, RuleState State, int Hits, int Unknown, Text? Blocked, IReadOnlyList<MissingCount> Missing);

public sealed record MissingCount(string Feature, int Households);

/// <summary>A household under the magnifying glass: its values, and what each rule makes of them.</summary>
public sealed record HouseholdExplanation(
    string Household, string Village, DateOnly AsOf, IReadOnlyList<ExplainedValue> Values, IReadOnlyList<RuleOutcomeExplained> Rules);

/// <param name="Result">True, false, or null when it cannot be decided.</param>
/// <param name="Missing">The features that would have to be known.</param>
public sealed record RuleOutcomeExplained(
    string Id, Text Title, RuleState State, bool? Result, RuleLevel? Level, IReadOnlyList<string> Missing, Text? Blocked, RuleExplanation? Explanation);

/// <summary>Why a rule warned: complete enough to be re-read years later.</summary>
/// <param name="Words">The rule in plain words.</param>
/// <param name="Says">The warning in plain words, with the numbers.</param>
/// <param name="Cancelled">What would end the warning.</param>
/// <param name="Thresholds">Lines and parameters that were compared with, each with its source.</param>
public sealed record RuleExplanation(
    string Rule, Text Title, Text Words, Text Says, RuleLevel Level, string? Category, string Department, Text Basis, DateOnly AsOf,
    IReadOnlyList<ExplainedValue> Values, IReadOnlyList<ExplainedValue> Thresholds, Text Cancelled);

/// <summary>A value with where it comes from.</summary>
/// <param name="Value">For programs: <c>5020.4</c>, <c>true</c>, <c>2020-05-31</c>, <c>unknown</c>.</param>
/// <param name="Shown">For people, with the unit.</param>
/// <param name="Source">A source code, or the legal source of a threshold.</param>
/// <param name="Subject">The member, settlement or contract concerned.</param>
public sealed record ExplainedValue(
    string Name, Text Title, string Value, Text Shown, Text? Source, DateOnly? Date, string? Subject, Text? Detail);

/// <summary>Leads 线索 as others need them.</summary>
public interface ILeads
{
    /// <summary>A household's leads, newest first, those of closed ones included.</summary>
    Task<IReadOnlyList<LeadSummary>> Of(Actor actor, Guid household, CancellationToken cancel);

    /// <summary>The leads an actor can see, for lists and the command line.</summary>
    Task<IReadOnlyList<LeadSummary>> Open(Actor actor, bool shadow, CancellationToken cancel);

    /// <summary>Opens a lead on behalf of a person, or joins the household's open one.</summary>
    Task<Outcome<Guid>> Report(Actor actor, PersonReport report, CancellationToken cancel);

    /// <summary>What two investigators found about a lead on their visit: it is accepted where it was not, and reported without risk or taken into identification.</summary>
    /// <param name="visit">The visit, already recorded; who may end a lead with it is decided as at the desk.</param>
    /// <param name="words">What was said, for those who confirm it.</param>
    Task<Outcome<LeadState>> Visited(Actor actor, Guid lead, Guid visit, bool risk, string words, CancellationToken cancel);
}

/// <param name="Rules">The ids of the rules that spoke; empty when people did.</param>
/// <param name="Category">The suggested monitoring category, or null.</param>
public sealed record LeadSummary(
    Guid Id, string Code, Guid HouseholdId, string Household, string Village, string State, RuleLevel Level,
    DateOnly Opened, DateOnly Due, IReadOnlyList<string> Rules, string? Category);

/// <summary>What a person noticed about a household.</summary>
/// <param name="Source">C-SRC: Household, Cadre, Department, Hotline, Petition, Platform, Supervision.</param>
/// <param name="Subject">illness, schooling, housing, water, employment, produce, disaster, complaint, other.</param>
/// <param name="Text">In the person's words.</param>
/// <param name="Urgent">A shock that cannot wait: the green channel may be asked for.</param>
public sealed record PersonReport(Guid Household, string Source, string Subject, string Text, DateOnly On, bool Urgent);

/// <summary>Income lines of an area.</summary>
public interface ILines
{
    /// <summary>Enters a line; the source is required.</summary>
    Task<Outcome<Guid>> Enter(Actor actor, LineEntry entry, CancellationToken cancel);

    Task<IReadOnlyList<LineEntry>> Entered(AreaCode county, CancellationToken cancel);
}

/// <summary>What a county may change about a rule.</summary>
public interface IRuleSettings
{
    /// <summary>Sets a rule live or to shadow, or changes its parameters; the reason is required and audited.</summary>
    Task<Outcome<bool>> Change(Actor actor, string rule, RuleState? state, IReadOnlyDictionary<string, string> parameters, string reason, CancellationToken cancel);

    /// <summary>Every rule with its words, parameters, state and the figures of the last run.</summary>
    Task<IReadOnlyList<RuleOverview>> All(AreaCode county, DateOnly asOf, CancellationToken cancel);
}

/// <param name="Hits">Of the last run, or null before the first.</param>
public sealed record RuleOverview(
    RuleDefinition Definition, Text Words, Text? Blocked, DateTimeOffset? LastRun, int? Hits, int? Unknown, RuleSettingView? Setting);

public sealed record RuleSettingView(RuleState? State, string Reason, string SetBy, DateTimeOffset SetAt);
