using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight.Wall;

/// <summary>The outline of an area, ring by ring, in degrees.</summary>
internal sealed record Boundary(AreaCode Area, IReadOnlyList<IReadOnlyList<(double Lng, double Lat)>> Rings);

/// <summary>Boundaries of a county's areas, if it has them: <c>boundaries/500231.geojson</c> in the data folder.</summary>
/// <remarks>A feature collection (RFC 7946); <c>code</c> or <c>id</c> among a feature's properties says which area it is. What cannot be read is left out.</remarks>
internal sealed class Boundaries(DatabasePlace place)
{
    private const long MostBytes = 8 << 20;

    private readonly ConcurrentDictionary<string, (DateTime At, IReadOnlyList<Boundary> Areas)> _read = new(StringComparer.Ordinal);

    public IReadOnlyList<Boundary> Of(AreaCode county)
    {
        var file = new FileInfo(Path.Combine(place.Folder, "boundaries", $"{county.County.Digits}.geojson"));
        if (!file.Exists || file.Length > MostBytes)
            return [];
        if (_read.TryGetValue(file.Name, out var kept) && kept.At == file.LastWriteTimeUtc)
            return kept.Areas;
        var areas = Read(File.ReadAllBytes(file.FullName), county);
        _read[file.Name] = (file.LastWriteTimeUtc, areas);
        return areas;
    }

    /// <summary>Outlines of areas of a county; none where the text is no feature collection.</summary>
    internal static IReadOnlyList<Boundary> Read(ReadOnlyMemory<byte> text, AreaCode county)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.GetProperty("features").EnumerateArray().Select(f => Feature(f, county)).OfType<Boundary>()];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return [];
        }
    }

    private static Boundary? Feature(JsonElement feature, AreaCode county)
    {
        var properties = feature.GetProperty("properties");
        if (!(properties.TryGetProperty("code", out var code) || properties.TryGetProperty("id", out code)) || !AreaCode.TryParse(code.ToString(), out var area) || !county.County.Contains(area))
            return null;
        var geometry = feature.GetProperty("geometry");
        var coordinates = geometry.GetProperty("coordinates");
        var rings = geometry.GetProperty("type").GetString() switch
        {
            "Polygon" => coordinates.EnumerateArray().Select(Ring),
            "MultiPolygon" => coordinates.EnumerateArray().SelectMany(p => p.EnumerateArray()).Select(Ring),
            _ => [],
        };
        return new(area, [.. rings]);
    }

    private static IReadOnlyList<(double, double)> Ring(JsonElement ring) => [.. ring.EnumerateArray().Select(p => (p[0].GetDouble(), p[1].GetDouble()))];

    /// <summary>The outline as a path of a picture.</summary>
    public static string PathOf(Boundary boundary, Func<double, double, (double X, double Y)> project)
    {
        var path = new StringBuilder();
        foreach (var ring in boundary.Rings)
        {
            foreach (var ((lng, lat), i) in ring.Select((p, i) => (p, i)))
            {
                var (x, y) = project(lng, lat);
                path.Append(i == 0 ? 'M' : 'L').Append(WallMap.At(x)).Append(' ').Append(WallMap.At(y));
            }
            path.Append('Z');
        }
        return path.ToString();
    }
}
