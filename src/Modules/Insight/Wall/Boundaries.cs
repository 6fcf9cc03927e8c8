using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Platform.Components;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight.Wall;

/// <summary>The outline of an area, ring by ring, in degrees.</summary>
internal sealed record Boundary(AreaCode Area, IReadOnlyList<IReadOnlyList<(double Lng, double Lat)>> Rings);

/// <summary>What a file of boundaries gave.</summary>
/// <param name="Problem">What could not be read, in which file; null where everything was, or there is no file.</param>
internal sealed record BoundaryFile(IReadOnlyList<Boundary> Areas, Problem? Problem)
{
    public static BoundaryFile None { get; } = new([], null);
}

/// <summary>Boundaries of a county's areas, if it has them: <c>boundaries/500231.geojson</c> in the data folder.</summary>
/// <remarks>A feature collection (RFC 7946); <c>code</c> or <c>id</c> among a feature's properties says which area it is. What cannot be read is left out and told.</remarks>
internal sealed class Boundaries(DatabasePlace place)
{
    private const long MostBytes = 8 << 20;

    private readonly ConcurrentDictionary<string, (DateTime At, BoundaryFile Read)> _read = new(StringComparer.Ordinal);

    private string Folder => Path.Combine(place.Folder, "boundaries");

    /// <summary>The counties that have a file.</summary>
    public IEnumerable<AreaCode> Counties => !Directory.Exists(Folder) ? [] : Directory.EnumerateFiles(Folder, "*.geojson").Order(StringComparer.Ordinal)
        .Select(f => AreaCode.TryParse(Path.GetFileNameWithoutExtension(f), out var area) && area.Level == AreaLevel.County ? area : (AreaCode?)null).OfType<AreaCode>();

    public BoundaryFile Of(AreaCode county)
    {
        var file = new FileInfo(Path.Combine(Folder, $"{county.County.Digits}.geojson"));
        if (!file.Exists)
            return BoundaryFile.None;
        if (_read.TryGetValue(file.Name, out var kept) && kept.At == file.LastWriteTimeUtc)
            return kept.Read;
        var read = file.Length > MostBytes ? new([], TooLarge(file)) : Read(File.ReadAllBytes(file.FullName), county, file.Name);
        _read[file.Name] = (file.LastWriteTimeUtc, read);
        return read;
    }

    /// <summary>Outlines of areas of a county; none where the text is no feature collection.</summary>
    /// <param name="name">How the problem calls the file.</param>
    internal static BoundaryFile Read(ReadOnlyMemory<byte> text, AreaCode county, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
                return new([], NoCollection(name));
            var (areas, bad, first) = (new List<Boundary>(), 0, default(Text));
            foreach (var (index, feature) in features.EnumerateArray().Index())
            {
                var (boundary, why) = Feature(feature, county);
                if (boundary is not null)
                    areas.Add(boundary);
                else if (bad++ == 0)
                    first = new($"第 {index + 1} 个要素{why.Zh}", $"feature {index + 1} {why.En}");
            }
            return new(areas, bad == 0 ? null : LeftOut(name, bad, features.GetArrayLength(), first));
        }
        catch (JsonException e)
        {
            return new([], NoJson(name, e));
        }
    }

    private static (Boundary? Boundary, Text Why) Feature(JsonElement feature, AreaCode county)
    {
        try
        {
            var properties = feature.GetProperty("properties");
            if (!(properties.TryGetProperty("code", out var code) || properties.TryGetProperty("id", out code)))
                return (null, new("没有 code 或 id", "has neither code nor id"));
            if (!AreaCode.TryParse(code.ToString(), out var area) || !county.County.Contains(area))
                return (null, new($"的代码“{code}”不在本县", $"has the code '{code}', which is not of this county"));
            var geometry = feature.GetProperty("geometry");
            var (kind, coordinates) = (geometry.GetProperty("type").GetString(), geometry.GetProperty("coordinates"));
            return kind switch
            {
                "Polygon" => (new(area, [.. coordinates.EnumerateArray().Select(Ring)]), default),
                "MultiPolygon" => (new(area, [.. coordinates.EnumerateArray().SelectMany(p => p.EnumerateArray()).Select(Ring)]), default),
                _ => (null, new($"是 {kind}，不是面", $"is a {kind}, no area")),
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return (null, new("缺少 properties、geometry 或坐标", "lacks properties, geometry or coordinates"));
        }
    }

    private static Problem TooLarge(FileInfo file) => new("wall.boundaries-too-large", 422,
        new($"边界文件 boundaries/{file.Name} 有 {Screen.Bytes(file.Length)}，超过 {Screen.Bytes(MostBytes)}，没有使用。", $"The boundaries in boundaries/{file.Name} take {Screen.Bytes(file.Length)}, more than {Screen.Bytes(MostBytes)}, and are not used."),
        new("请简化边界（如保留千分之一度），再放回数据目录。", "Simplify the outlines, for instance to a thousandth of a degree, and put the file back into the data folder."));

    private static Problem NoJson(string name, JsonException e) => new("wall.boundaries-no-json", 422,
        new($"边界文件 boundaries/{name} 第 {e.LineNumber + 1} 行不是合法的 JSON，没有使用。", $"boundaries/{name} is no valid JSON at line {e.LineNumber + 1} and is not used."),
        new("请重新导出为 GeoJSON（UTF-8）。", "Export it anew as GeoJSON in UTF-8."));

    private static Problem NoCollection(string name) => new("wall.boundaries-no-collection", 422,
        new($"边界文件 boundaries/{name} 不是要素集合（没有 features 列表），没有使用。", $"boundaries/{name} is no feature collection (it has no list 'features') and is not used."),
        new("请导出为 FeatureCollection，每个乡镇或村一个要素。", "Export a FeatureCollection with a feature for each township or village."));

    private static Problem LeftOut(string name, int bad, int all, Text first) => new("wall.boundaries-left-out", 422,
        new($"边界文件 boundaries/{name} 的 {all} 个要素中有 {bad} 个没有使用：{first.Zh}。", $"Of {all} features in boundaries/{name}, {bad} are not used: {first.En}."),
        new("每个要素要有 properties.code（9或12位区划代码）和 Polygon 或 MultiPolygon。", "Each needs properties.code (an area code of 9 or 12 digits) and a Polygon or MultiPolygon."));

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
