using Microsoft.AspNetCore.Components;
using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Modules.Insight.Wall;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Components;

namespace Shouwang.Modules.Insight.Pages;

/// <summary>The wall 挂图作战: one screen about an area, for a projector and a phone. Drilling down is following links; so it works by keyboard and without scripts.</summary>
public partial class WallPage
{
    private const int MostMoved = 5, MostHouseholds = 200;

    private AreaCode _area;
    private WallLayer _layer;
    private WallView? _view;
    private IReadOnlyList<WallTile> _tiles = [];
    private IReadOnlyList<WallDot> _dots = [];
    private IReadOnlyList<(string Path, WallPlace Place)> _outlines = [];
    private IReadOnlyList<WallPlace> _moved = [];
    private IReadOnlyList<HouseholdRef> _households = [];
    private IReadOnlyList<Column<HouseholdRef>> _columns = [];
    private Problem? _boundaryProblem;
    private decimal _most = 1;
    private int _columnsOfTiles = 1;
    private CampaignProgress? _drive;

    protected override async Task OnInitializedAsync()
    {
        _area = AreaFilter.Of(Screen.Query("area"), Actor) ?? Actor.Area;
        _layer = Enum.TryParse<WallLayer>(Screen.Query("show"), true, out var layer) && Enum.IsDefined(layer) ? layer : WallLayer.Risk;
        if (await Reader.Of(Actor, _area, Day, Cancel) is not { } view)
            return;
        _view = view;
        _drive = await Drives.UnderWay(Actor, _area, Cancel) is [var latest, ..] ? latest : null;
        _most = Math.Max(1, view.Funnel.Select(s => s.Count).DefaultIfEmpty(1).Max());
        _moved = [.. view.Below.Where(p => p.Moved is not (null or 0)).OrderByDescending(p => Math.Abs(p.Moved!.Value)).Take(MostMoved)];
        if (_area.Level == AreaLevel.Village)
            await ListHouseholds(view);
        else
            await Draw(view);
    }

    private async Task Draw(WallView view)
    {
        var villages = await Places.Of(_area, Cancel);
        _tiles = WallMap.Tiles(view.Below, villages, _layer);
        _columnsOfTiles = _tiles.Select(t => t.Column + 1).DefaultIfEmpty(1).Max();
        _dots = WallMap.Dots(view.Villages.Count > 0 ? view.Villages : view.Below, villages, _layer);
        var below = view.Below.ToDictionary(p => p.Area);
        var file = Boundaries.Of(_area);
        _boundaryProblem = file.Problem;
        var outlines = file.Areas.Where(b => below.ContainsKey(b.Area)).ToList();
        if (outlines.Count == 0)
            return;
        // One projection for both, so that dots lie within their outlines, and those without one still lie in the picture.
        var project = WallMap.Projection([.. outlines.SelectMany(o => o.Rings).SelectMany(r => r), .. villages.Select(v => (v.Lng, v.Lat))]);
        var places = villages.ToDictionary(v => v.Village);
        _outlines = [.. outlines.Select(o => (Wall.Boundaries.PathOf(o, project), below[o.Area]))];
        _dots = [.. _dots.Select(d => project(places[d.Place.Area].Lng, places[d.Place.Area].Lat) is var (x, y) ? d with { X = x, Y = y } : d)];
    }

    private async Task ListHouseholds(WallView view)
    {
        var behind = await Figures.Behind(Actor, _area, "M01h", view.AsOf, true, Cancel) ?? [];
        var refs = await Households.Refs(Actor.County, [.. behind.Take(MostHouseholds).Select(b => b.Household)], Cancel);
        _households = [.. refs.Values.OrderBy(h => h.Code, StringComparer.Ordinal)];
        _columns = [new(new("户主", "Head"), h => h.HeadName), new(new("户编号", "Code"), h => h.Code)];
    }

    private string To(AreaCode area, WallLayer? layer = null) =>
        $"/wall?area={area.Digits}{((layer ?? _layer) is var shown && shown == WallLayer.Risk ? "" : $"&show={shown.ToString().ToLowerInvariant()}")}";

    private string Open(Contracts.Figure figure)
    {
        var (whole, part) = IndicatorCatalogue.Split(figure.Code);
        return $"/overview/{whole}?area={_area.Digits}{(part is null ? "" : $"&part={part}")}{(_view?.AsOf == Day ? "" : $"&on={Screen.Date(_view?.AsOf)}")}";
    }

    private static string Value(Contracts.Figure figure) => figure.Value is { } v ? Screen.Number(v, figure.Definition.Decimals) : "—";

    // A dash has no unit.
    private string UnitOf(Contracts.Figure figure) => figure.Value is null ? "" : Say(figure.Definition.Unit);

    private string Number(WallPlace place) => place.Of(_layer) is not { } value ? "—"
        : _layer == WallLayer.Moved ? (value > 0 ? "▲" : value < 0 ? "▼" : "") + Screen.Number(Math.Abs(value))
        : Screen.Number(value, _layer == WallLayer.Risk ? 1 : 0);

    // Fewer monitored households is another colour, and has its own sign besides.
    private string Shade(int shade, WallPlace place) => $"s{shade}{(_layer == WallLayer.Moved && place.Moved < 0 ? " fewer" : "")}";

    private RenderFragment Change(WallFigure figure) => builder =>
    {
        if (figure.Change is not { } change)
            return;
        builder.OpenElement(0, "em");
        builder.AddContent(1, change == 0 ? Say("无变化", "unchanged") : $"{(change > 0 ? "▲" : "▼")}{Screen.Number(Math.Abs(change), figure.Now.Definition.Decimals)} {Say("较", "since")} {Screen.Date(_view?.LastWeek)[5..]}");
        builder.CloseElement();
    };

    private Text LayerTitle(WallLayer layer) => layer switch
    {
        WallLayer.Risk => new("风险在哪里：每千人中的监测对象", "Where risk sits: monitored people in a thousand"),
        WallLayer.Late => new("哪里超期：超期的事项和问题", "What is late: steps and problems overdue"),
        WallLayer.Moved => _view?.LastWeek is { } since ? new($"哪里有变化：监测户数比 {Screen.Date(since)} 增减", $"What moved: monitored households since {Screen.Date(since)}")
            : new("哪里有变化：还没有一周前的数字", "What moved: there are no figures of a week ago yet"),
    };

    private static Text LayerName(WallLayer layer) => layer switch
    {
        WallLayer.Risk => new("风险", "Risk"), WallLayer.Late => new("超期", "Late"), WallLayer.Moved => new("变化", "Moved"),
    };
}
