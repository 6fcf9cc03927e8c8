using System.Runtime.InteropServices;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules.Scan;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Screening.Populations;

/// <summary>All households of a county as typed columns: what scans read, kept current household by household.</summary>
/// <remarks>
/// Readers and the one who writes take turns (<see cref="Read"/>, <see cref="Update"/>); a turn takes microseconds to write
/// and milliseconds to scan. A household that is new or gone needs a new population: its place is its order.
/// </remarks>
internal sealed class CountyPopulation
{
    private readonly Lock _turn = new();
    private readonly Dictionary<string, ScanColumn> _columns;
    private readonly Memory<byte> _ids;
    private readonly Memory<byte> _areas;
    private readonly IdIndex _places;

    /// <param name="ids">Sixteen bytes a household.</param>
    /// <param name="areas">Four bytes a household: a place in <paramref name="areaCodes"/>.</param>
    /// <param name="version">See <see cref="PopulationVersions"/>.</param>
    public CountyPopulation(
        AreaCode county, DateOnly asOf, long version, DateTimeOffset builtAt, int count, Memory<byte> ids, Memory<byte> areas, IReadOnlyList<string> areaCodes,
        IEnumerable<ScanColumn> columns)
    {
        (County, AsOf, Version, BuiltAt, ChangedAt, _ids, _areas, AreaCodes) = (county, asOf, version, builtAt, builtAt, ids, areas, areaCodes);
        _columns = columns.ToDictionary(c => c.Symbol.Name, StringComparer.Ordinal);
        Table = new(count, _columns);
        _places = new(Ids);
    }

    public AreaCode County { get; }

    /// <summary>The day the features stand for.</summary>
    public DateOnly AsOf { get; }

    /// <summary>The state of the database that is held; see <see cref="PopulationVersions"/>.</summary>
    public long Version { get; private set; }

    public DateTimeOffset BuiltAt { get; }

    /// <summary>When a household was last brought up to date.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Whether the file is behind.</summary>
    public bool IsUnsaved { get; set; } = true;

    /// <summary>Changes with every update; for those who keep results.</summary>
    public long Edition { get; private set; }

    public ScanTable Table { get; }

    public int Count => Table.Count;

    public ReadOnlySpan<Guid> Ids => MemoryMarshal.Cast<byte, Guid>(_ids.Span)[..Count];

    /// <summary>Twelve-digit codes of villages, or the area that is known.</summary>
    public IReadOnlyList<string> AreaCodes { get; }

    /// <summary>By household, a place in <see cref="AreaCodes"/>.</summary>
    public ReadOnlySpan<int> AreaOf => MemoryMarshal.Cast<byte, int>(_areas.Span)[..Count];

    /// <summary>Memory of ids, places and columns.</summary>
    public long Bytes => _ids.Length + _areas.Length + _places.Bytes + _columns.Values.Sum(c => c.Bytes);

    /// <summary>Turns what modules loaded into columns.</summary>
    public static CountyPopulation Of(FeatureTable population, DateTimeOffset now)
    {
        var count = population.Count;
        var (ids, areas) = (new byte[count * 16], new byte[count * 4]);
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        Span<Guid> idOf = MemoryMarshal.Cast<byte, Guid>(ids.AsSpan());
        Span<int> areaOf = MemoryMarshal.Cast<byte, int>(areas.AsSpan());
        for (var i = 0; i < count; i++)
        {
            idOf[i] = population.Scope.Households[i];
            if (!codes.TryGetValue(population.AreaOf(i), out var code))
                codes.Add(population.AreaOf(i), code = codes.Count);
            areaOf[i] = code;
        }
        var columns = new ScanColumn[population.Columns.Count];
        var sources = population.Columns.Values.ToList();
        Parallel.For(0, columns.Length, i => columns[i] = sources[i].ToScan());
        return new(population.Scope.County, population.Scope.AsOf, 0, now, count, ids, areas, [.. codes.Keys], columns);
    }

    /// <summary>Says which state of the database a population that was just built holds.</summary>
    public CountyPopulation At(long version)
    {
        Version = version;
        return this;
    }

    /// <summary>Place of a household, or -1.</summary>
    public int IndexOf(Guid household) => _places.Find(household, Ids);

    /// <summary>Reads while nobody writes.</summary>
    public T Read<T>(Func<CountyPopulation, T> read)
    {
        lock (_turn)
            return read(this);
    }

    /// <summary>Brings households up to date.</summary>
    /// <param name="asked">The households that changed; all that still exist are in <paramref name="changed"/>.</param>
    /// <returns>False when a household is new or gone: then a new population has to be built.</returns>
    public bool Update(Population changed, IReadOnlyCollection<Guid> asked, long version, DateTimeOffset now)
    {
        lock (_turn)
        {
            var places = changed.Households.Select(h => IndexOf(h.Id)).ToArray();
            if (places.Contains(-1) || asked.Count(id => IndexOf(id) >= 0) != places.Length)
                return false;
            for (var i = 0; i < places.Length; i++)
                if (AreaCodes[AreaOf[places[i]]] != changed.Households[i].Area.Digits)
                    return false;
            foreach (var source in changed.Columns.Values)
                Put(source, places);
            (Version, ChangedAt, IsUnsaved) = (version, now, true);
            Edition++;
            return true;
        }
    }

    private void Put(FeatureColumn source, int[] places)
    {
        var column = _columns[source.Feature.Name];
        for (var i = 0; i < places.Length; i++)
        {
            if (column.TrySet(places[i], source[i]))
                continue;
            // Wider than the column is: it is built anew, with this value and those still to come.
            var (old, later) = (column, places.Index().Skip(i).ToDictionary(p => p.Item, p => p.Index));
            _columns[source.Feature.Name] = ScanColumn.Of(old.Symbol, Count, place => later.TryGetValue(place, out var row) ? source[row] : old[place]);
            return;
        }
    }
}
