using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;

namespace Shouwang.Modules.Insight.Wall;

/// <summary>A tile: one area at a place of a grid.</summary>
internal sealed record WallTile(WallPlace Place, int Column, int Row, int Shade);

/// <summary>A village as a dot.</summary>
/// <param name="X">From 0 to <see cref="WallMap.Width"/>.</param>
/// <param name="Y">From 0 to <see cref="WallMap.Height"/>.</param>
internal sealed record WallDot(WallPlace Place, double X, double Y, double Radius, int Shade);

/// <summary>Where things stand on the wall's maps. No boundaries are needed: places come from the households' own.</summary>
internal static class WallMap
{
    public const int Width = 800, Height = 800;

    /// <summary>Shades of a colour, from nothing (0) to the most.</summary>
    public const int Shades = 5;

    /// <summary>Tiles in a grid that keeps roughly who lies north and west of whom; in the order of codes where places are not known.</summary>
    public static IReadOnlyList<WallTile> Tiles(IReadOnlyList<WallPlace> places, IReadOnlyList<VillagePlace> villages, WallLayer layer)
    {
        if (places.Count == 0)
            return [];
        var columns = (int)Math.Ceiling(Math.Sqrt(places.Count * 1.3));
        var middles = places.ToDictionary(p => p.Area, p => MiddleOf(p.Area, villages));
        var ordered = middles.Values.All(m => m is not null) ? places.OrderByDescending(p => middles[p.Area]!.Value.Lat).ThenBy(p => p.Area).ToList() : [.. places.OrderBy(p => p.Area)];
        var shade = ShadesOf(places, layer);
        return [.. ordered.Chunk(columns).SelectMany((row, r) => row.OrderBy(p => middles[p.Area]?.Lng ?? 0).ThenBy(p => p.Area).Select((p, c) => new WallTile(p, c, r, shade(p))))];
    }

    /// <summary>Villages as dots, as large as they have households; only those whose place is known.</summary>
    public static IReadOnlyList<WallDot> Dots(IReadOnlyList<WallPlace> places, IReadOnlyList<VillagePlace> villages, WallLayer layer)
    {
        var known = villages.Where(v => places.Any(p => p.Area == v.Village)).ToDictionary(v => v.Village);
        if (known.Count == 0)
            return [];
        var shown = places.Where(p => known.ContainsKey(p.Area)).ToList();
        var (project, shade, most) = (Projection([.. known.Values.Select(v => (v.Lng, v.Lat))]), ShadesOf(places, layer), (double)Math.Max(1, shown.Max(p => p.Households)));
        // Large ones first, so that small ones lie on top and can be hit.
        return [.. shown.OrderByDescending(p => p.Households).Select(p =>
        {
            var (x, y) = project(known[p.Area].Lng, known[p.Area].Lat);
            return new WallDot(p, x, y, 5 + 13 * Math.Sqrt((double)p.Households / most), shade(p));
        })];
    }

    /// <summary>Degrees to places in the picture, with a margin, keeping proportions at the county's latitude.</summary>
    public static Func<double, double, (double X, double Y)> Projection(IReadOnlyList<(double Lng, double Lat)> points)
    {
        const double Margin = 30;
        var (west, east, south, north) = (points.Min(p => p.Lng), points.Max(p => p.Lng), points.Min(p => p.Lat), points.Max(p => p.Lat));
        var narrow = Math.Cos((south + north) / 2 * Math.PI / 180);
        var scale = Math.Min((Width - 2 * Margin) / Math.Max(1e-6, (east - west) * narrow), (Height - 2 * Margin) / Math.Max(1e-6, north - south));
        var (left, top) = ((Width - (east - west) * narrow * scale) / 2, (Height - (north - south) * scale) / 2);
        return (lng, lat) => (left + (lng - west) * narrow * scale, top + (north - lat) * scale);
    }

    /// <summary>By rank among those that have any, so that one extreme place does not wash out all others; what is nought has no colour.</summary>
    private static Func<WallPlace, int> ShadesOf(IReadOnlyList<WallPlace> places, WallLayer layer)
    {
        var values = places.Select(p => Math.Abs(p.Of(layer) ?? 0)).Where(v => v > 0).Order().ToList();
        return place => Math.Abs(place.Of(layer) ?? 0) is var value && value == 0 ? 0 : Math.Min(Shades, 1 + values.Count(v => v < value) * Shades / values.Count);
    }

    private static (double Lat, double Lng)? MiddleOf(AreaCode area, IReadOnlyList<VillagePlace> villages)
    {
        var within = villages.Where(v => area.Contains(v.Village)).ToList();
        return within.Count == 0 ? null : (within.Average(v => v.Lat), within.Average(v => v.Lng));
    }

    /// <summary>A number in a picture.</summary>
    public static string At(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
