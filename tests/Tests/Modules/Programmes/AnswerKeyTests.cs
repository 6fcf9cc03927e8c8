using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Server;
using Shouwang.Tests.Modules.Insight;

namespace Shouwang.Tests.Modules.Programmes;

/// <summary>The township of the sample files, imported as an office would, against the answer key.</summary>
public class AnswerKeyTests
{
    private static readonly DateOnly AsOf = new(2020, 6, 30);
    private static readonly AreaCode County = new("500231"), Town = new("500231111");
    private static readonly ConcurrentDictionary<string, Task<Township>> Townships = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Guarantees
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var kind in (string[])["sqlite", "postgres"])
            {
                data.Add(kind, "education", "education.guaranteed");
                data.Add(kind, "medical", "health.guaranteed");
                data.Add(kind, "housing", "housing.guaranteed");
                data.Add(kind, "water", "water.guaranteed");
            }
            return data;
        }
    }

    public static TheoryData<string, string> Warnings => Both(
        "W14", "W15", "W16", "W17", "W18", "W19", "W25", "W26", "W27", "W28", "W29", "W30", "W32", "W33", "W34", "W35", "W36", "W37", "W38",
        "W39", "W40", "W45", "W46", "W48", "W49", "W50", "W53", "W54");

    public static TheoryData<string, string> Totals => Both("G01", "G10", "G11", "G12", "G20", "G22", "F10n", "F10s", "F11", "F14");

    public static TheoryData<string, string> Checks => Both("DQ-82", "DQ-84", "DQ-85", "DQ-86", "DQ-87");

    [Theory, MemberData(nameof(Guarantees))]
    public async Task Every_household_has_the_guarantees_of_the_key(string kind, string key, string feature)
    {
        var township = await Of(kind);
        foreach (var household in Samples.Expected.RootElement.GetProperty("households").EnumerateArray())
        {
            var code = household.GetProperty("code").GetString()!;
            bool? expected = household.GetProperty(key) is { ValueKind: not JsonValueKind.Null } known ? known.GetBoolean() : null;
            Assert.Equal((code, expected), (code, township.Value(feature, code).AsBool));
        }
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Every_household_paid_for_care_what_the_key_says(string kind)
    {
        var township = await Of(kind);
        foreach (var household in Samples.Expected.RootElement.GetProperty("households").EnumerateArray())
        {
            var code = household.GetProperty("code").GetString()!;
            var expected = decimal.Parse(household.GetProperty("self_paid_12m").GetString()!, CultureInfo.InvariantCulture);
            Assert.Equal((code, expected), (code, township.Value("health.self_paid_12m", code).AsDecimal));
        }
    }

    [Theory, MemberData(nameof(Warnings))]
    public async Task The_rules_on_these_features_warn_of_the_households_of_the_key(string kind, string rule)
    {
        var township = await Of(kind);
        Assert.Equal(Texts(Samples.Expected.RootElement.GetProperty("warnings").GetProperty(rule)), Sorted(township.Hits[rule]));
    }

    [Theory, MemberData(nameof(Totals))]
    public async Task The_figures_of_the_township_are_those_of_the_key(string kind, string code)
    {
        var township = await Of(kind);
        var total = Samples.Expected.RootElement.GetProperty("totals").EnumerateArray().Single(t => t.GetProperty("code").GetString() == code);
        var (numerator, denominator) = township.Figures[code];

        Assert.Equal(total.GetProperty("numerator").GetDecimal(), numerator);
        if (total.GetProperty("denominator") is { ValueKind: JsonValueKind.Number } expected)
            Assert.Equal(expected.GetDecimal(), denominator);
    }

    [Theory, MemberData(nameof(Checks))]
    public async Task The_checks_of_departments_records_find_what_the_key_lists(string kind, string rule)
    {
        var township = await Of(kind);
        Assert.Equal(Texts(Samples.Expected.RootElement.GetProperty("dq").GetProperty(rule)), Sorted(township.Found[rule]));
    }

    private static TheoryData<string, string> Both(params string[] codes)
    {
        var data = new TheoryData<string, string>();
        foreach (var kind in (string[])["sqlite", "postgres"])
        {
            foreach (var code in codes)
                data.Add(kind, code);
        }
        return data;
    }

    private static IEnumerable<string> Texts(JsonElement list) => Sorted(list.EnumerateArray().Select(e => e.GetString()!));

    private static IEnumerable<string> Sorted(IEnumerable<string> codes) => codes.Order(StringComparer.Ordinal);

    private static Task<Township> Of(string kind) => Townships.GetOrAdd(kind, Township.Import);

    /// <summary>What the programmes make of the sample files, read once for all tests of a database.</summary>
    private sealed record Township(
        Population Population, Dictionary<string, int> Places, ILookup<string, string> Hits,
        Dictionary<string, (decimal Numerator, decimal Denominator)> Figures, ILookup<string, string> Found)
    {
        public RuleValue Value(string feature, string household) => Population.Columns[feature][Places[household]];

        public static async Task<Township> Import(string kind)
        {
            await using var database = await TestDatabase.Open(kind);
            var options = new ServerOptions(database.Place) { AsOf = AsOf, Worker = false, Quiet = true };
            await using var services = new ServiceCollection().AddLogging().AddShouwang(options).BuildServiceProvider();
            await using var scope = services.CreateAsyncScope();
            var imports = scope.ServiceProvider.GetRequiredService<IImports>();
            // The last file holds reports from people, which are not records of a programme.
            var files = Samples.Files.Take(11).Select(f => new FileGiven(f, () => File.OpenRead(Samples.Path(f))));
            var uploaded = (await imports.Upload(Actor.System(County), [.. files], new(Town), Cancel)).Value;
            var applied = (await imports.Apply(Actor.System(County), [.. uploaded.Select(u => u.Id)], null, Cancel)).Value;
            Assert.All(applied, i => Assert.Equal(ImportState.Applied, i.State));
            return await Read(scope.ServiceProvider);
        }

        private static async Task<Township> Read(IServiceProvider services)
        {
            var population = await services.GetRequiredService<IFeatures>().Load(County, AsOf, null, Cancel);
            var policy = population.Scope.Policy;
            var evaluated = Evaluation.Run(population, services.GetRequiredService<RuleCatalogue>().For(policy));
            var figures = policy.Indicators.Where(i => i.Of is not null).ToDictionary(i => i.Code, i => PackFigure.Of(i, population));
            foreach (var source in services.GetServices<IIndicatorSource>())
            {
                await source.Compute(County, AsOf, policy, part =>
                {
                    var (numerator, denominator) = figures.GetValueOrDefault(part.Code);
                    figures[part.Code] = (numerator + part.Numerator, denominator + part.Denominator);
                }, Cancel);
            }
            var found = new List<(string Rule, string Key)>();
            foreach (var check in services.GetServices<IQualityCheck>())
                await check.Run(new(County, AsOf, policy), f => found.Add((f.Rule, f.Member ?? f.Record ?? f.Household!)), Cancel);
            return new(
                population, population.Households.Index().ToDictionary(h => h.Item.Code, h => h.Index),
                evaluated.Hits.ToLookup(h => h.Rule.Definition.Id, h => population.Households[h.Index].Code), figures,
                found.ToLookup(f => f.Rule, f => f.Key));
        }
    }
}
