using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Scan;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Modules.Screening.Populations;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Server;

namespace Shouwang.Bench.Rules;

/// <summary>A province to rehearse on: the populations of its counties in the files a server reads, and somebody who may try things on all of them.</summary>
/// <remarks>
/// The households are drawn from a synthetic county that came in through the product's own import: each is one of its households with every
/// amount of money changed by up to a third, so that rules find as many as they find there. Nothing else of them is in the database, since
/// a rehearsal reads nothing else.
/// </remarks>
internal sealed class MadeProvince(string folder)
{
    public const string User = "province", Password = "WanYou80-YaMiao50";
    private const string Sample = "500236";
    private const int SampleHouseholds = 5_000, Townships = 26, VillagesEach = 10;

    public static readonly AreaCode Area = new("50");

    /// <summary>As many as Chongqing has.</summary>
    public static IReadOnlyList<AreaCode> Counties { get; } = [.. Enumerable.Range(1, 39).Select(i => new AreaCode($"5001{i:00}"))];

    public string Folder => folder;

    public ServerOptions Options => new(new DatabasePlace(folder, null)) { AsOf = CountyFiles.Day, Worker = false, Quiet = true };

    /// <summary>Makes it in a process of its own, unless it is there and fits this build.</summary>
    public static async Task<MadeProvince> Of(BenchWish wish, CancellationToken cancel)
    {
        var (folder, sample) = (wish.Folder("province"), wish.Folder("province-sample"));
        var marker = Path.Combine(folder, $"made-{typeof(PopulationStore).Module.ModuleVersionId}-{typeof(ScanColumn).Module.ModuleVersionId}");
        if (File.Exists(marker))
            return new(folder);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        await Import(wish, sample, cancel);
        Report.Progress("Making the populations of a province …");
        await using (var child = Child.Bench("make-province", sample, folder, wish.Scaled(7_500_000).ToString(CultureInfo.InvariantCulture)))
            await child.End(cancel);
        await File.WriteAllTextAsync(marker, "", cancel);
        return new(folder);
    }

    private static async Task Import(BenchWish wish, string folder, CancellationToken cancel)
    {
        var marker = Path.Combine(folder, "imported.done");
        if (File.Exists(marker))
            return;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var files = await CountyFiles.Of(Sample, SampleHouseholds, SampleHouseholds, wish.Folder("province-files"), cancel);
        Report.Progress("Importing the county the households are drawn from …");
        await using (var import = Child.Product(["import", .. files.Register, .. files.Departments, "--area", Sample, "--as-of", CountyFiles.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "--data", folder, "--json"]))
            await import.End(cancel);
        await File.WriteAllTextAsync(marker, "", cancel);
    }

    /// <summary>Draws the households and writes the files.</summary>
    public static async Task Make(string sampleFolder, string folder, int households, CancellationToken cancel)
    {
        var columns = await Drawn(sampleFolder, cancel);
        await using var services = new ServiceCollection().AddLogging().AddShouwang(new MadeProvince(folder).Options).BuildServiceProvider();
        await services.Migrate(cancel);
        await using (var scope = services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<ShouwangDb>();
            foreach (var county in Counties)
                db.Log("bench.made", county, "", "bench", TimeProvider.System, new { });
            await db.SaveChangesAsync(cancel);
            var added = await scope.ServiceProvider.GetRequiredService<IUsers>().Add(Actor.System(Area), new(User, User, Role.HigherOffice, Area, null, Password, MustChange: false), cancel);
            if (!added.Succeeded)
                throw new InvalidOperationException(added.Problems[0].In(Language.En));
        }
        for (var i = 0; i < Counties.Count; i++)
        {
            // What a store has taken it keeps; another one forgets it.
            await using var writer = new ServiceCollection().AddLogging().AddShouwang(new MadeProvince(folder).Options).BuildServiceProvider();
            var (from, to) = ((long)households * i / Counties.Count, (long)households * (i + 1) / Counties.Count);
            await writer.GetRequiredService<PopulationStore>().Take(Population(Counties[i], i, (int)(to - from), columns), cancel);
        }
    }

    private sealed record Source(Symbol Symbol, long[] Numbers, bool[] Known, int Scale, IReadOnlyList<RuleValue>? Plain);

    private static async Task<IReadOnlyList<Source>> Drawn(string folder, CancellationToken cancel)
    {
        await using var services = new ServiceCollection().AddLogging().AddShouwang(new MadeProvince(folder).Options).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var population = await scope.ServiceProvider.GetRequiredService<IFeatures>().LoadValues(new(Sample), CountyFiles.Day, cancel);
        return [.. population.Columns.Values.Select(c => Of(c.ToScan()))];
    }

    private static Source Of(ScanColumn column)
    {
        var values = Enumerable.Range(0, column.Count).Select(i => column[i]).ToArray();
        if (column.Symbol.Type is RuleType.Text or RuleType.List or RuleType.Duration || column.Shape.Storage == ColumnStorage.Values)
            return new(column.Symbol, [], [], 0, values);
        var power = 1m;
        for (var i = 0; i < column.Shape.Scale; i++)
            power *= 10;
        return new(column.Symbol, [.. values.Select(v => v.AsBool is { } truth ? truth ? 1 : 0 : v.AsDate is { } day ? day.DayNumber : (long)((v.AsDecimal ?? 0) * power))],
            [.. values.Select(v => v.IsKnown)], column.Shape.Scale, null);
    }

    private static CountyPopulation Population(AreaCode county, int number, int count, IReadOnlyList<Source> sources)
    {
        var random = new Random(number);
        var (picks, factors) = (new int[count], new double[count]);
        var (ids, areas) = (new byte[count * 16], new byte[count * 4]);
        Span<Guid> idOf = MemoryMarshal.Cast<byte, Guid>(ids.AsSpan());
        Span<int> areaOf = MemoryMarshal.Cast<byte, int>(areas.AsSpan());
        for (var i = 0; i < count; i++)
        {
            (picks[i], factors[i]) = (random.Next(SampleHouseholds), 2 / 3.0 + random.NextDouble() * 2 / 3);
            idOf[i] = new(number, 0, 0, BitConverter.GetBytes((long)i));
            // In the order of villages, as registers are.
            areaOf[i] = (int)((long)i * Townships * VillagesEach / count);
        }
        var columns = new ScanColumn[sources.Count];
        Parallel.For(0, columns.Length, c => columns[c] = Column(sources[c], picks, factors));
        var codes = Enumerable.Range(0, Townships * VillagesEach).Select(i => $"{county}{101 + i / VillagesEach}{201 + i % VillagesEach}").ToList();
        return new(county, CountyFiles.Day, 0, TimeProvider.System.GetUtcNow(), count, ids, areas, codes, columns);
    }

    private static ScanColumn Column(Source source, int[] picks, double[] factors)
    {
        if (source.Plain is { } plain)
            return ScanColumn.Of(source.Symbol, picks.Length, i => plain[picks[i]]);
        var isMoney = source.Symbol.Unit is Unit.Yuan or Unit.YuanPerHead;
        var (numbers, known) = (new long[picks.Length], new ulong[(picks.Length + 63) / 64]);
        for (var i = 0; i < picks.Length; i++)
        {
            numbers[i] = isMoney ? (long)(source.Numbers[picks[i]] * factors[i]) : source.Numbers[picks[i]];
            known[i / 64] |= source.Known[picks[i]] ? 1ul << i % 64 : 0;
        }
        if (source.Symbol.Type != RuleType.Bool)
            return ScanColumn.Of<long>(source.Symbol, numbers, known, source.Scale);
        var truth = new ulong[known.Length];
        for (var i = 0; i < numbers.Length; i++)
            truth[i / 64] |= (ulong)numbers[i] << i % 64;
        return ScanColumn.OfBits(source.Symbol, numbers.Length, truth, known);
    }
}
