using System.Text;
using Shouwang.Kernel;
using Shouwang.Modules.Insight.Wall;
using Shouwang.Modules.Registry.Contracts;

namespace Shouwang.Tests.Modules.Insight;

/// <summary>Where things stand on the wall's maps.</summary>
public class WallMapTests
{
    private static readonly AreaCode County = new("500231");

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(26), InlineData(31)]
    public void Every_area_has_a_tile_of_its_own(int count)
    {
        var places = Enumerable.Range(100, count).Select(n => Place($"500231{n}", n)).ToList();
        var tiles = WallMap.Tiles(places, [], WallLayer.Risk);
        Assert.Equal(places.Select(p => p.Area), tiles.Select(t => t.Place.Area));
        Assert.Equal(count, tiles.Select(t => (t.Column, t.Row)).Distinct().Count());
        Assert.All(tiles, t => Assert.InRange(t.Shade, 1, WallMap.Shades));
    }

    [Fact]
    public void Who_lies_north_and_west_stands_above_and_left()
    {
        var places = new[] { Place("500231100", 1), Place("500231101", 2), Place("500231102", 3), Place("500231103", 4) };
        VillagePlace[] villages = [At("500231100201", 30.1, 107.5), At("500231101201", 30.5, 107.1), At("500231102201", 30.6, 107.6), At("500231103201", 30.2, 107.2)];
        var tiles = WallMap.Tiles(places, villages, WallLayer.Risk).ToDictionary(t => t.Place.Area.Digits);
        Assert.True(tiles["500231101"].Row <= tiles["500231103"].Row && tiles["500231102"].Row <= tiles["500231100"].Row);
        Assert.True(tiles["500231101"].Column < tiles["500231102"].Column);
    }

    [Fact]
    public void Nothing_has_no_colour_and_one_extreme_does_not_wash_out_the_rest()
    {
        var places = new[] { Place("500231100", 0), Place("500231101", 1), Place("500231102", 2), Place("500231103", 3), Place("500231104", 4), Place("500231105", 1000) };
        var shades = WallMap.Tiles(places, [], WallLayer.Risk).ToDictionary(t => t.Place.Area.Digits, t => t.Shade);
        Assert.Equal((0, 1, 2, 3, 4, 5), (shades["500231100"], shades["500231101"], shades["500231102"], shades["500231103"], shades["500231104"], shades["500231105"]));
    }

    [Fact]
    public void Villages_lie_in_the_picture_and_those_without_a_place_are_left_out()
    {
        var places = new[] { Place("500231100201", 1), Place("500231100202", 2), Place("500231100203", 3) };
        var dots = WallMap.Dots(places, [At("500231100201", 30.1, 107.1), At("500231100203", 30.4, 107.9)], WallLayer.Risk);
        Assert.Equal(2, dots.Count);
        Assert.All(dots, d => Assert.True(d.X is >= 0 and <= WallMap.Width && d.Y is >= 0 and <= WallMap.Height));
        Assert.True(dots.Single(d => d.Place.Area.Digits.EndsWith("203", StringComparison.Ordinal)) is var north && dots.All(d => north.Y <= d.Y && north.X >= d.X));
        Assert.Empty(WallMap.Dots(places, [], WallLayer.Risk));
        Assert.Single(WallMap.Dots(places, [At("500231100201", 30.1, 107.1)], WallLayer.Late));
    }

    [Fact]
    public void Boundaries_are_read_from_geojson_and_what_is_none_is_left_out_and_told()
    {
        var file = Read("""
            {"type": "FeatureCollection", "features": [
              {"type": "Feature", "properties": {"code": "500231100"}, "geometry": {"type": "Polygon", "coordinates": [[[107.1, 30.1], [107.2, 30.1], [107.2, 30.2], [107.1, 30.1]]]}},
              {"type": "Feature", "properties": {"id": 500231101}, "geometry": {"type": "MultiPolygon", "coordinates": [[[[107.3, 30.1], [107.4, 30.1], [107.3, 30.1]]], [[[107.5, 30.1], [107.6, 30.1], [107.5, 30.1]]]]}},
              {"type": "Feature", "properties": {"code": "430525100"}, "geometry": {"type": "Polygon", "coordinates": []}},
              {"type": "Feature", "properties": {"name": "无"}, "geometry": {"type": "Polygon", "coordinates": []}}]}
            """);
        var areas = file.Areas;
        Assert.Equal([("500231100", 1), ("500231101", 2)], areas.Select(a => (a.Area.Digits, a.Rings.Count)));
        var path = Boundaries.PathOf(areas[0], WallMap.Projection(areas[0].Rings[0]));
        Assert.Matches("^M[0-9. ]+(L[0-9. ]+){3}Z$", path);
        Assert.Equal("wall.boundaries-left-out", file.Problem?.Code);
        Assert.Contains("430525100", file.Problem!.What.Zh, StringComparison.Ordinal);
        Assert.All((string[])["", "[]", "{}", "{\"features\": 3}", "{\"features\": [{}]}", "{\"features\": [{\"properties\": {\"code\": \"500231100\"}, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[1]]]}}]}"], text => Assert.True(Read(text) is { Areas.Count: 0, Problem: { Code: var code, What: { Zh: var zh, En: var en } } } && code.StartsWith("wall.boundaries-", StringComparison.Ordinal) && zh.Contains("500231.geojson", StringComparison.Ordinal) && en.Contains("500231.geojson", StringComparison.Ordinal)));

        static BoundaryFile Read(string text) => Boundaries.Read(Encoding.UTF8.GetBytes(text), County, "500231.geojson");
    }

    private static WallPlace Place(string area, decimal risk) => new(new(area), 10 + risk, risk, risk, risk, null);

    private static VillagePlace At(string village, double lat, double lng) => new(new(village), lat, lng, 5);
}
