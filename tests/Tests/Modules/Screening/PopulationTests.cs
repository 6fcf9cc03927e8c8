using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Modules.Screening.Populations;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Modules.Casework;

namespace Shouwang.Tests.Modules.Screening;

/// <summary>The population that scans read holds what the modules load, survives a restart, and follows every change.</summary>
public sealed class PopulationTests(SampleCounty sample)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task It_holds_every_value_of_every_household_and_so_does_its_file_after_a_restart(string kind)
    {
        var county = await sample.On(kind);
        var loaded = await county.Use<IFeatures, Population>(f => f.Load(SampleCounty.County, SampleCounty.AsOf, null, Cancel));
        var built = await (await Fresh(county)).For(SampleCounty.County, SampleCounty.AsOf, Cancel, anew: true);
        Same(loaded, built);

        var restarted = await Fresh(county);
        Same(loaded, await restarted.For(SampleCounty.County, SampleCounty.AsOf, Cancel));
        Assert.Null(restarted.WhyBuilt(SampleCounty.County));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Scanning_it_finds_the_same_hits_gaps_and_counts_as_asking_household_by_household(string kind)
    {
        var county = await sample.On(kind);
        var loaded = await county.Use<IFeatures, Population>(f => f.Load(SampleCounty.County, SampleCounty.AsOf, null, Cancel));
        var rules = await county.Use<RuleCatalogue, IReadOnlyList<ReadyRule>>(c => Task.FromResult(c.For(loaded.Policy)));
        var (each, scan) = (Evaluation.Run(loaded, rules), Evaluation.Scan(loaded, CountyPopulation.Of(loaded, default).Table, rules));

        Assert.NotEmpty(each.Hits);
        Assert.Equal(each.Hits.OrderBy(h => (h.Index, h.Rule.Definition.Id)), scan.Hits.OrderBy(h => (h.Index, h.Rule.Definition.Id)));
        Assert.Equal(each.Counts.Select(Words), scan.Counts.Select(Words));

        static string Words(RuleCount count) => $"{count.Id} {count.State} {count.Hits} {count.Unknown} {count.Blocked} {string.Join(' ', count.Missing)}";
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_file_that_is_damaged_or_of_another_day_or_state_is_not_used_and_it_says_so(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        await world.Household();
        var path = Path.Combine(world.Place.Folder, "populations", "500231.population");
        Assert.Equal(PopulationTexts.None, await Why(world));
        Assert.Null(await Why(world));

        var bytes = await File.ReadAllBytesAsync(path, Cancel);
        foreach (var damage in new Func<byte[], byte[]>[] { b => [], b => b[..^1], b => b[..30], b => [.. b[..200], (byte)(b[200] ^ 1), .. b[201..]], b => [.. b[..^9], (byte)(b[^9] ^ 64), .. b[^8..]] })
        {
            await File.WriteAllBytesAsync(path, damage(bytes), Cancel);
            Assert.Equal(PopulationTexts.Damaged, await Why(world));
            Assert.Null(await Why(world));
        }

        await world.With<IScreening, ScreeningResult>((s, cancel) => s.Run(CaseworkWorld.County, world.Day, "tester", null, null, cancel));
        await File.WriteAllBytesAsync(path, bytes, Cancel);
        Assert.Equal(PopulationTexts.Behind, await Why(world));
        world.Day = world.Day.AddDays(1);
        Assert.Equal(PopulationTexts.OtherDay.With(world.Day.AddDays(-1)), await Why(world));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_change_reaches_it_without_building_it_again(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        var (first, second) = (await world.Household(), await world.Household());
        var store = await world.With<PopulationStore, PopulationStore>((s, _) => Task.FromResult(s));
        await world.With<RescreenChanged, int>((again, cancel) => again.Once(cancel));
        var population = await store.For(CaseworkWorld.County, world.Day, Cancel);
        Assert.Equal(RuleValue.Int(0), Value(population, second, "people.uninsured"));

        var member = Guid.Empty;
        await world.Read(async (db, cancel) =>
        {
            await db.Read("select id from members where household_id = @household", row => member = row.GetGuid(0), cancel, ("@household", second));
            return 0;
        });
        CaseworkWorld.Done(await world.Visit(second, facts: [new(member, "ins_res", false), new(member, "ins_emp", false)]));
        await world.With<RescreenChanged, int>((again, cancel) => again.Once(cancel));

        Assert.Same(population, await store.For(CaseworkWorld.County, world.Day, Cancel));
        Assert.Equal(RuleValue.Int(1), Value(population, second, "people.uninsured"));
        Assert.Equal(RuleValue.Int(0), Value(population, first, "people.uninsured"));
        Same(await world.With<IFeatures, Population>((f, cancel) => f.Load(CaseworkWorld.County, world.Day, null, cancel)), population);

        // A step of its case is a change too, though no fact changed.
        await world.OpenedCase(first);
        Assert.Equal(1, await world.With<RescreenChanged, int>((again, cancel) => again.Once(cancel)));
        Assert.Same(population, await store.For(CaseworkWorld.County, world.Day, Cancel));
        Same(await world.With<IFeatures, Population>((f, cancel) => f.Load(CaseworkWorld.County, world.Day, null, cancel)), population);

        // Somebody who is new has no place in it.
        await world.Household();
        await world.With<RescreenChanged, int>((again, cancel) => again.Once(cancel));
        var anew = await store.For(CaseworkWorld.County, world.Day, Cancel);
        Assert.Equal((2, 3), (population.Count, anew.Count));
        await store.SaveChanged(Cancel);
        Assert.Null(await Why(world));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task What_others_take_from_it_is_no_older_than_their_question(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        var (first, second) = (await world.Household(), await world.Household());
        await world.With<RescreenChanged, int>((again, cancel) => again.Once(cancel));
        var store = await world.With<PopulationStore, PopulationStore>((s, _) => Task.FromResult(s));
        var population = await store.For(CaseworkWorld.County, world.Day, Cancel);
        Assert.Equal([(first, 0), (second, 0)], await Uninsured());

        // Not screened yet, and so not in the population.
        var member = Guid.Empty;
        await world.Read(async (db, cancel) =>
        {
            await db.Read("select id from members where household_id = @household", row => member = row.GetGuid(0), cancel, ("@household", second));
            return 0;
        });
        CaseworkWorld.Done(await world.Visit(second, facts: [new(member, "ins_res", false), new(member, "ins_emp", false)]));
        Assert.Equal([(first, 0), (second, 1)], await Uninsured());
        Assert.Equal(RuleValue.Int(0), Value(population, second, "people.uninsured"));
        Assert.Same(population, store.InMemory(CaseworkWorld.County));

        var third = await world.Household();
        Assert.Equal([(first, 0), (second, 1), (third, 0)], await Uninsured());
        await world.With<RescreenChanged, int>((again, cancel) => again.Once(cancel));
        Assert.Equal([(first, 0), (second, 1), (third, 0)], await Uninsured());

        Task<IReadOnlyList<(Guid, long)>> Uninsured() => world.With<IPopulations, IReadOnlyList<(Guid, long)>>((p, cancel) =>
            p.Select(CaseworkWorld.County, world.Day, h => (h.Household, h["people.uninsured"].AsInt ?? -1), cancel));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_population_in_memory_is_not_used_after_another_process_screened(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        await world.Household();
        var store = await world.With<PopulationStore, PopulationStore>((s, _) => Task.FromResult(s));
        var before = await store.For(CaseworkWorld.County, world.Day, Cancel);
        await world.With<PopulationVersions, long>((v, cancel) => v.Next(CaseworkWorld.County.Digits, cancel));
        var after = await store.For(CaseworkWorld.County, world.Day, Cancel);
        Assert.NotSame(before, after);
        Assert.Equal(before.Version + 1, after.Version);
    }

    /// <summary>Why the next process would build the population; null if it reads it from its file.</summary>
    private static async Task<Shouwang.Kernel.Text?> Why(CaseworkWorld world)
    {
        var store = await world.With<IServiceScopeFactory, PopulationStore>((scopes, _) => Task.FromResult(Store(scopes, world.Place)));
        await store.For(CaseworkWorld.County, world.Day, Cancel);
        return store.WhyBuilt(CaseworkWorld.County);
    }

    private static Task<PopulationStore> Fresh(Installation county) => county.Use<IServiceScopeFactory, PopulationStore>(s => Task.FromResult(Store(s, county.Place)));

    private static PopulationStore Store(IServiceScopeFactory scopes, DatabasePlace place) => new(scopes, place, TimeProvider.System, NullLogger<PopulationStore>.Instance);

    private static RuleValue Value(CountyPopulation population, Guid household, string feature) =>
        population.Read(p => p.Table.Columns[feature][p.IndexOf(household)]);

    private static void Same(Population loaded, CountyPopulation population)
    {
        Assert.Equal(loaded.Households.Count, population.Count);
        for (var i = 0; i < loaded.Households.Count; i++)
        {
            var place = population.IndexOf(loaded.Households[i].Id);
            Assert.Equal(i, place);
            Assert.Equal(loaded.Households[i].Area.Digits, population.AreaCodes[population.AreaOf[place]]);
            foreach (var (name, column) in loaded.Columns)
                Assert.True(column[i] == population.Table.Columns[name][place], $"{name} of {loaded.Households[i].Code}");
        }
    }
}
