using System.Globalization;
using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules;
using Shouwang.Platform.Policy;
using Shouwang.Server.Demo;

namespace Shouwang.Bench;

/// <summary>Somebody of the made-up county, to search for.</summary>
internal sealed record Sample(string Household, string Village, string Name, string Id, string? Phone);

/// <summary>The files of a made-up county, written once and kept.</summary>
internal sealed class CountyFiles(string folder)
{
    /// <summary>The day the files stand for.</summary>
    public static readonly DateOnly Day = new(2020, 6, 30);

    /// <summary>The register's two files, of every chunk.</summary>
    public IReadOnlyList<string> Register { get; } = Named(folder, "households", "members");

    public IReadOnlyList<string> Income { get; } = Named(folder, "income");

    /// <summary>Everything besides the register.</summary>
    public IReadOnlyList<string> Departments { get; } = [.. Directory.GetFiles(folder, "*.xlsx", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Except(Named(folder, "households", "members"))];

    public async Task<IReadOnlyList<Sample>> Samples(CancellationToken cancel) =>
        JsonSerializer.Deserialize<List<Sample>>(await File.ReadAllTextAsync(Path.Combine(folder, "samples.json"), cancel))!;

    /// <summary>Makes the files in a process of its own, unless they are there.</summary>
    /// <param name="chunk">How many households go into one set of files; a sheet holds a million rows at most.</param>
    public static async Task<CountyFiles> Of(string county, int households, int chunk, string folder, CancellationToken cancel)
    {
        if (!File.Exists(Path.Combine(folder, "samples.json")))
        {
            Report.Progress($"Writing the files of {households} households …");
            await using var child = Child.Bench("make-county", county, households.ToString(CultureInfo.InvariantCulture), chunk.ToString(CultureInfo.InvariantCulture), folder);
            await child.End(cancel);
        }
        return new(folder);
    }

    /// <summary>Writes the files.</summary>
    public static async Task Make(string code, int households, int chunk, string folder, CancellationToken cancel)
    {
        var packs = Path.Combine(AppContext.BaseDirectory, "policy");
        var policy = PolicyBook.Load(packs, new SymbolTable(Catalogue.Features.Select(f => f.Symbol))).Require().For(new AreaCode(code), Day);
        var villages = AreaTable.Load(packs).Inside(new AreaCode(code), AreaLevel.Village).Select(a => (a.Code, a.ShortName)).ToList();
        var county = new SyntheticCounty(new(code), villages, Day, seed: 2020);
        county.Fill(households);

        var treatments = county.Treatments.ToLookup(t => t.Household);
        foreach (var (i, part) in county.Households.Chunk(chunk).Index())
        {
            var place = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i:00}"));
            await new DemoFiles(county, policy, place, Day, i + 1).Write(part, part.SelectMany(h => treatments[h]), cancel);
        }
        var people = county.Households.SelectMany(h => h.Members.Select(m => new Sample(h.Code, h.Village.Digits, m.Name, m.Id, m.Phone))).ToArray();
        new Random(7).Shuffle(people);
        await File.WriteAllTextAsync(Path.Combine(folder, "samples.json"), JsonSerializer.Serialize(people.Take(4_000)), cancel);
    }

    private static IReadOnlyList<string> Named(string folder, params string[] kinds)
    {
        var packs = Path.Combine(AppContext.BaseDirectory, "policy");
        var policy = PolicyBook.Load(packs, new SymbolTable(Catalogue.Features.Select(f => f.Symbol))).Require().For(new AreaCode("500231"), Day);
        var titles = kinds.Select(k => policy.Feed(k).Title.Zh + "_").ToList();
        return [.. Directory.GetFiles(folder, "*.xlsx", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(f => titles.Exists(t => Path.GetFileName(f).StartsWith(t, StringComparison.Ordinal)))];
    }
}
