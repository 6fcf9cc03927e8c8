using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Kernel.Poverty;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Insight.Pages;

/// <summary>What the page asks for, and the columns of its tables.</summary>
public partial class PovertyPage
{
    private sealed record DimensionRow(PovertyDimension Dimension, MultidimensionalPoverty.Dimension Counted, int Unknown);

    private const int MostBehind = 500;

    private static readonly IReadOnlyList<Choice.Option> Lines =
    [
        new(nameof(PovertyLineKind.Monitoring), new("监测线", "Monitoring line")), new(nameof(PovertyLineKind.Poverty), new("扶贫标准", "Poverty line")),
        new(nameof(PovertyLineKind.Median60), new("中位数的60%", "60 % of the median")), new(nameof(PovertyLineKind.Median50), new("中位数的50%", "50 % of the median")),
        new(nameof(PovertyLineKind.Own), new("自定线", "Own line")),
    ];

    private static readonly IReadOnlyList<Choice.Option> Groupings =
    [
        new(nameof(PovertyGrouping.Area), new("辖区", "Area")), new(nameof(PovertyGrouping.Status), new("脱贫属性", "Registry status")),
        new(nameof(PovertyGrouping.Category), new("监测类别", "Monitoring")),
    ];

    private static readonly IReadOnlyList<Choice.Option> Lackings =
        [.. Enumerable.Range(1, 5).Select(n => new Choice.Option(n.ToString(CultureInfo.InvariantCulture), new($"{n} 项", n == 1 ? "one of five" : $"{n} of five")))];

    private PovertyQuestion _question = new(default, default, default, null, default, 2);
    private PovertyReport? _report;
    private IReadOnlyList<PovertyHousehold> _behind = [], _shown = [];
    private IReadOnlyDictionary<Guid, HouseholdRef> _names = new Dictionary<Guid, HouseholdRef>();
    private IReadOnlyList<Column<PovertyFigures>> _columns = [];
    private IReadOnlyList<Column<DimensionFigures>> _severalColumns = [];
    private IReadOnlyList<Column<DimensionRow>> _dimensionColumns = [];
    private IReadOnlyList<Column<PovertyHousehold>> _behindColumns = [];
    private Text _groupTitle;
    private Policy? _policy;
    private double _most, _mostSeveral;
    private string _tab = "income", _open = "", _group = "";

    private static IReadOnlyList<Column<ExplainedMeasure>> Meanings =>
    [
        new(new("指标", "Measure"), m => m.Title), new(new("数值", "Value"), m => m.Value) { Numeric = true },
        new(new("在这里的意思", "What it says here"), m => m.Says) { Prose = true }, new(new("出处", "Defined by"), m => m.Source) { Minor = true },
    ];

    protected override async Task OnInitializedAsync()
    {
        _policy = await Policies.For(Actor.Area.County, Day, Cancel);
        _tab = Screen.Query("tab") == "several" ? "several" : "income";
        (_open, _group) = (Screen.Query("open"), Screen.Query("g"));
        _question = new(AreaFilter.Of(Screen.Query("area"), Actor) ?? Actor.Area, Day,
            Enum.TryParse<PovertyLineKind>(Screen.Query("line"), out var line) && Enum.IsDefined(line) ? line : PovertyLineKind.Monitoring,
            decimal.TryParse(Screen.Query("yuan"), NumberStyles.Float, CultureInfo.InvariantCulture, out var yuan) && yuan is > 0 and < 1_000_000_000 ? yuan : null,
            Enum.TryParse<PovertyGrouping>(Screen.Query("by"), out var by) && Enum.IsDefined(by) ? by : PovertyGrouping.Area,
            int.TryParse(Screen.Query("lacking"), out var lacking) && lacking is >= 1 and <= 5 ? lacking : 2);
        _report = await Statistics.Of(Actor, _question, Cancel);
        (_most, _mostSeveral) = (_report?.Groups.Max(g => g.Headcount) ?? 0, _report?.SeveralGroups.Max(g => g.Counted?.Headcount) ?? 0);
        if (_open.Length > 0)
        {
            _behind = await Statistics.Behind(Actor, _question, _group, _open, Cancel);
            _shown = [.. _behind.Take(Screen.RowsOf(MostBehind))];
            _names = await Households.Refs(Actor.County, [.. _shown.Select(h => h.Household)], Cancel);
        }
        _groupTitle = _question.By switch
        {
            PovertyGrouping.Area => new("各辖区", "By area"),
            PovertyGrouping.Status => new("按脱贫属性", "By registry status"),
            PovertyGrouping.Category => new("按监测类别", "By monitoring category"),
        };
        (_columns, _severalColumns, _dimensionColumns, _behindColumns) = (IncomeColumns(), SeveralColumns(), DimensionColumns(), BehindColumns());
    }

    private HouseholdRef? NamesOf(PovertyHousehold household) => _names.GetValueOrDefault(household.Household);

    /// <summary>The households behind a figure, on this page.</summary>
    private string Open(string what, string? group = null) => Screen.With(("open", what), ("g", group), ("export", null)) + "#behind";

    // Areas are named by the screen, categories by the policy of the day.
    private string NameOf(string key, Text name) =>
        key.Length == 0 ? Say(name)
        : _question.By == PovertyGrouping.Area ? Screen.AreaName(new(key))
        : _question.By == PovertyGrouping.Category && key != "None" && _policy is { } policy ? Say(policy.CategoryName(key))
        : Say(name);

    private bool Narrows(string key) => _question.By == PovertyGrouping.Area && key.Length > 0 && _question.Area.Level < AreaLevel.Village;

    private Text BehindTitle => _open switch
    {
        "below" => new("低于收入线的农户", "Households below the line"),
        "atRisk" => new("相对贫困的农户", "Households at risk of poverty"),
        "noIncome" => new("没有收支表的农户", "Households without an income account"),
        "unknown" => new("五项中有不明的农户", "Households of which one of the five is unknown"),
        "several" => new("多维贫困的农户", "Households poor in several dimensions"),
        _ when Enum.TryParse<PovertyDimension>(_open, out var d) => new($"多维贫困且缺{PovertyWords.Of(d).Zh}的农户", $"Poor households that lack: {PovertyWords.Of(d).En}"),
        _ => new("农户", "Households"),
    };

    /// <summary>For bars: the group with the largest share fills its own.</summary>
    private static decimal Of(double share, double most) => most > 0 ? (decimal)(share / most) : 0;

    private static object? Percent(double? share) => PovertyWords.Exact(share) is { } exact ? decimal.Round(exact * 100, 2) : null;
}
