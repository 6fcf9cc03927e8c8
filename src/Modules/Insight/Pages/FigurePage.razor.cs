using Microsoft.AspNetCore.Components;
using Shouwang.Kernel;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Insight.Pages;

/// <summary>One indicator in one area: its value, the areas below, what it is made of, its households, its definition, and entering it by hand.</summary>
public partial class FigurePage
{
    private const int MostBehind = 500, MostColumns = 12;

    private readonly Errors _errors = new();
    private AreaCode _area;
    private DateOnly _asOf;
    private string _part = "";
    private IndicatorDefinition? _definition;
    private Contracts.Figure? _figure;
    private IReadOnlyList<Contracts.Figure> _course = [], _below = [], _parts = [];
    private IReadOnlyList<FigurePart> _dimensions = [];
    private IReadOnlyList<Crossed> _cross = [];
    private bool _addUp, _isNought;
    // Households in the numerator; null where they were not kept.
    private int? _count = 0;
    private IReadOnlyList<Contribution> _shown = [];
    private IReadOnlyDictionary<Guid, HouseholdRef> _households = new Dictionary<Guid, HouseholdRef>();
    private IReadOnlyList<(AreaCode Village, int Households)> _villages = [];
    private IReadOnlyList<Column<Contribution>> _columns = [];
    private IReadOnlyList<Column<(AreaCode Village, int Households)>> _villageColumns = [];
    private IReadOnlyList<Column<Contracts.Figure>> _belowColumns = [], _partColumns = [];
    private IReadOnlyList<Column<Crossed>> _crossColumns = [];

    /// <summary>An area with its parts, by code.</summary>
    private sealed record Crossed(string Area, IReadOnlyDictionary<string, Contracts.Figure> Parts);

    /// <summary>Of the indicator.</summary>
    [Parameter] public string Code { get; set; } = "";

    protected override async Task OnInitializedAsync()
    {
        (_area, _asOf, _part) = (AreaFilter.Of(Screen.Query("area"), Actor) ?? Actor.Area, IndicatorWords.DayOf(Screen.Query("on")) ?? Day, Screen.Query("part"));
        var whole = (await Figures.Indicators(_area.County, _asOf, Cancel)).FirstOrDefault(i => i.Code == Code);
        if (whole is null)
        {
            NotThere();
            return;
        }
        var figures = await Figures.Of(Actor, _area, _asOf, Cancel);
        var code = _part.Length == 0 ? Code : $"{Code}/{_part}";
        _figure = figures.FirstOrDefault(f => f.Code == code);
        _definition = _figure?.Definition ?? whole;
        _isNought = _figure is null && _part.Length > 0 && figures.Any(f => f.Code == Code);
        ChooseParts(whole, [.. figures.Where(f => f.Part is not null && IndicatorCatalogue.Split(f.Code).Whole == Code)]);
        _course = await Figures.Course(Actor, _area, [code], Cancel);
        if (_area.Level < AreaLevel.Village)
        {
            _below = await Figures.Below(Actor, _area, [code], _asOf, false, Cancel);
            if (_parts.Count is > 1 and <= MostColumns)
                _cross = [.. (await Figures.Below(Actor, _area, [.. _parts.Select(p => p.Code)], _asOf, false, Cancel)).GroupBy(f => f.Area.Digits).Select(g => new Crossed(g.Key, g.ToDictionary(f => f.Code)))];
        }
        if (_figure is { Status: not FigureStatus.Reported })
            await ReadBehind(code);
        _households = await Households.Refs(Actor.County, [.. _shown.Select(b => b.Household)], Cancel);
        (_columns, _belowColumns, _partColumns) = (BehindColumns(), FigureColumns(new("辖区", "Area"), f => Screen.AreaName(f.Area), _below), FigureColumns(_parts.Count > 0 ? _parts[0].Part!.Title : default, f => f.Part!.Name, _parts));
        _crossColumns =
        [
            new(new("辖区", "Area"), c => Screen.AreaName(new(c.Area))),
            .. _parts.Select(p => new Column<Crossed>(p.Part!.Name, c => ValueOf(c, p)) { Numeric = true, Cell = c => Said(ValueOf(c, p), p.Definition.Decimals) }),
        ];
        _villageColumns = [new(new("村", "Village"), v => Screen.AreaPath(v.Village)), new(new("户数", "Households"), v => v.Households) { Numeric = true }];
    }

    // Posts that see figures only learn how many there are where, and not which.
    private async Task ReadBehind(string code)
    {
        if (May(Permissions.HouseholdsRead))
        {
            var behind = await Figures.Behind(Actor, _area, code, _asOf, true, Cancel);
            (_count, _shown) = (behind?.Count, [.. (behind ?? []).Take(Screen.RowsOf(MostBehind))]);
            return;
        }
        var villages = await Figures.Villages(Actor, _area, code, _asOf, Cancel);
        (_count, _villages) = (villages?.Sum(v => v.Households), villages ?? []);
    }

    // Of counts, what is not there is nought.
    private static decimal? ValueOf(Crossed row, Contracts.Figure part) => row.Parts.TryGetValue(part.Code, out var figure) ? figure.Value : part.Definition.Kind == IndicatorKind.Count ? 0m : null;

    private static RenderFragment Said(decimal? number, int decimals) => builder => builder.AddContent(0, Screen.Number(number, decimals));

    // The dimension asked for, or that of the part shown, or the first.
    private void ChooseParts(IndicatorDefinition whole, List<Contracts.Figure> parts)
    {
        _dimensions = [.. parts.Select(p => p.Part!).DistinctBy(p => p.Dimension).OrderBy(p => whole.By.ToList().IndexOf(p.Dimension))];
        var shown = _dimensions.FirstOrDefault(d => d.Dimension == Screen.Query("by")) ?? _figure?.Part ?? (_dimensions.Count > 0 ? _dimensions[0] : null);
        _parts = [.. parts.Where(p => p.Part!.Dimension == shown?.Dimension).OrderBy(p => p.Part!.Order).ThenByDescending(p => p.Numerator).ThenBy(p => p.Code, StringComparer.Ordinal)];
        _addUp = whole.Kind == IndicatorKind.Count;
    }

    private static IEnumerable<(Text Title, IndicatorTerm? Term)> Terms(IndicatorDefinition d) =>
        new[] { (new Text("分子（农户）", "Numerator, households"), d.Of), (new Text("分母（农户）", "Denominator, households"), d.Per) }
            .Concat(d.Items.SelectMany(i => new[] { (new Text($"分子：{i.Value}", $"Numerator: {i.Value}"), (IndicatorTerm?)i.Of), (new Text($"分母：{i.Value}", $"Denominator: {i.Value}"), i.Per) }));

    private IReadOnlyList<Column<Contribution>> BehindColumns() =>
    [
        new(new("户主", "Head"), c => _households.GetValueOrDefault(c.Household)?.HeadName),
        new(new("户编号", "Code"), c => _households.GetValueOrDefault(c.Household)?.Code),
        new(new("村", "Village"), c => AreaCode.TryParse(c.Village, out var area) ? Screen.AreaPath(area) : c.Village),
        new(new("计入", "Adds"), c => c.Numerator) { Numeric = true },
    ];

    private IReadOnlyList<Column<Contracts.Figure>> FigureColumns(Text title, Func<Contracts.Figure, object?> name, IReadOnlyList<Contracts.Figure> rows)
    {
        var most = rows.Select(f => f.Value ?? 0).DefaultIfEmpty(0).Max();
        return
        [
            new(title, name),
            new(new("数值", "Value"), f => f.Value) { Cell = f => BarOf(f, most) },
            new(new("分子", "Numerator"), f => f.Numerator) { Numeric = true, Hidden = _definition?.Kind == IndicatorKind.Count, Cell = f => Said(f.Numerator, 0) },
            new(new("分母", "Denominator"), f => f.Denominator) { Numeric = true, Hidden = _definition?.Kind == IndicatorKind.Count, Cell = f => Said(f.Denominator, 0) },
            new(new("状态", "Status"), f => IndicatorWords.Of(f, f.Definition)) { Minor = true },
        ];
    }

    private static RenderFragment BarOf(Contracts.Figure figure, decimal most) => builder =>
    {
        builder.OpenComponent<Bar>(0);
        builder.AddAttribute(1, nameof(Bar.Share), most <= 0 ? 0m : Math.Max(0, (figure.Value ?? 0) / most));
        builder.AddAttribute(2, nameof(Bar.ChildContent), (RenderFragment)(inner => inner.AddContent(0, figure.Value is { } v ? Screen.Number(v, figure.Definition.Decimals) : "—")));
        builder.CloseComponent();
    };

    private async Task Enter()
    {
        var asOf = IndicatorWords.DayOf(Screen.Posted("asOf")) ?? _asOf;
        var outcome = await Entries.Enter(Actor, new(_area, Code, asOf, Screen.Posted("numerator"), Screen.Posted("denominator"), Screen.Posted("reason")), Cancel);
        if (outcome.Succeeded)
            Done($"/overview/{Code}?area={_area.Digits}{(asOf == Day ? "" : $"&on={Screen.Date(asOf)}")}", new("已保存，原因随数字显示。", "Saved; the reason is shown with the figure."));
        else
            _errors.Add(outcome.Problems, p => p.Code switch
            {
                "insight.bad-numerator" => "numerator", "insight.bad-denominator" => "denominator", "insight.no-reason" => "reason",
                "insight.in-future" or "insight.nothing-to-adjust" or "insight.published" => "asOf", _ => "",
            });
    }
}
