using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Modules.Imports;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Tests.Platform.Policy;

namespace Shouwang.Tests.Modules.Registry;

/// <summary>The register of the sample township against its answer key.</summary>
public class SampleRegisterTests
{
    private static readonly Actor Office = Actor.System(TestRegistry.County);

    private static JsonElement Key => Samples.Expected.RootElement;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_register_and_its_features_say_what_the_key_says(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("shouwang-sample-");
        await using var registry = await TestRegistry.Open(kind, services =>
        {
            services.AddSingleton(new Files(folder.FullName)).AddSingleton(new Today(TimeProvider.System, TestRegistry.June)).AddSingleton(Packs.Book);
            services.AddSingleton(AreaTable.Load(PolicyFolder.Find())).AddScoped<Policies>();
            new ImportsModule().AddServices(services);
        });
        await registry.With<IImports>(async imports =>
        {
            var files = new[] { "01", "02", "03" }.Select(n => new FileGiven(Path.GetFileName(Samples.Path(n)), () => File.OpenRead(Samples.Path(n)))).ToList();
            var uploaded = (await imports.Upload(Office, files, new(TestRegistry.Township), Cancel)).Value;
            await imports.Apply(Office, [.. uploaded.Select(u => u.Id)], null, Cancel);
        });

        var register = await registry.Read();
        var counts = Key.GetProperty("counts");
        Assert.Equal(counts.GetProperty("households").GetInt32(), register.Count);
        Assert.Equal(counts.GetProperty("members").GetInt32(), register.Sum(h => h.Members.Count));
        Assert.Equal(counts.GetProperty("people").GetInt32(), register.Sum(h => h.Size));
        Assert.Equal(counts.GetProperty("monitored_not_eliminated").GetInt32(), register.Count(h => h.IsMonitored));
        Assert.Equal(counts.GetProperty("income_sheets").GetInt64(), await registry.Count("income_sheets"));
        Assert.Equal(Strings(Key.GetProperty("dq").GetProperty("DQ-30")), register.Where(h => h.Repeated).Select(h => h.Code).Order());

        var tree = await registry.With<IAreas, AreaTree>(a => a.Of("500231", Cancel));
        foreach (var village in counts.GetProperty("by_village").EnumerateObject())
            Assert.Equal((village.Name, village.Value.GetProperty("households").GetInt32()),
                (village.Name, register.Count(h => tree.NameOf(h.Area) == village.Name)));

        var features = await Features(registry, register);
        foreach (var household in Key.GetProperty("households").EnumerateArray())
        {
            var code = household.GetProperty("code").GetString()!;
            var values = features[code];
            void Same(string name, string feature) => Assert.Equal((code, feature, Number(household.GetProperty(name))), (code, feature, values(feature).AsDecimal));
            Same("size", "registry.size");
            Assert.Equal(household.GetProperty("monitored").GetBoolean(), values("monitoring.active").AsBool);
            if (!household.TryGetProperty("net", out var net) || net.ValueKind == JsonValueKind.Null)
            {
                Assert.False(values("income.net").IsKnown);
                continue;
            }
            foreach (var (name, feature) in new[]
            {
                ("A", "income.wage"), ("B", "income.business"), ("C", "income.property"), ("D", "income.transfer"), ("E", "income.cost"),
                ("gross", "income.gross"), ("net", "income.net"), ("last_year_per_head", "income.previous_net_per_capita"),
            })
                Same(name, feature);
            Assert.Equal(Number(household.GetProperty("net_per_head")), Cents(values("income.net_per_capita").AsDecimal));
            Assert.Equal(Number(household.GetProperty("monitor_per_head")), Cents(values("income.monitoring_per_capita").AsDecimal));
        }
        folder.Delete(recursive: true);
    }

    /// <summary>By household code: the value of a feature.</summary>
    private static Task<Dictionary<string, Func<string, Shouwang.Kernel.Rules.RuleValue>>> Features(TestRegistry registry, List<RegisterHousehold> register) =>
        registry.With<IEnumerable<IFeatureSource>, Dictionary<string, Func<string, Shouwang.Kernel.Rules.RuleValue>>>(async sources =>
        {
            var scope = new FeatureScope(TestRegistry.County, TestRegistry.June, [.. register.Select(h => h.Id)], true, TestRegistry.Policy);
            var columns = sources.SelectMany(s => s.Features).ToDictionary(f => f.Name, f => new FeatureColumn(f, register.Count));
            foreach (var source in sources)
                await source.Load(scope, columns, Cancel);
            return register.Index().ToDictionary(h => h.Item.Code, h => (Func<string, Shouwang.Kernel.Rules.RuleValue>)(name => columns[name][h.Index]));
        });

    private static decimal? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDecimal(),
        JsonValueKind.String => decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static decimal? Cents(decimal? value) => value is { } v ? decimal.Round(v, 2, MidpointRounding.AwayFromZero) : null;

    private static IEnumerable<string> Strings(JsonElement list) => list.EnumerateArray().Select(e => e.GetString()!).Order();
}
