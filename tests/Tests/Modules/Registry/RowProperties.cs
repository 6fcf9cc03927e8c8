using Shouwang.Modules.Registry.Contracts;

namespace Shouwang.Tests.Modules.Registry;

/// <summary>Only what is new of a row is written; what stands there is what all statements together say, and who said it.</summary>
public class RowProperties
{
    private const string Village = "500231111200";
    private static readonly string[] Sources = ["register", "desk", "visit", "self_report"];

    // Private ones, matched ones and open ones of every type.
    private static readonly (string Name, object?[] Values)[]
        OfHousehold = [("phone", ["13800000001", "13900000002", null]), ("account", ["6222021", "6222022", null]), ("address", ["1组", "2组", null]), ("grade", ["A", "D"]),
            ("family_size", [1L, 2L, null]), ("land", [1.5m, 2m]), ("water_solved", [true, false, null]), ("filled_on", [new DateOnly(2020, 1, 2), null])],
        OfMember = [("health", ["0", "4", null]), ("phone", ["13800000003", null]), ("name", ["李某", "王某"]), ("work_months", [0L, 7L, null]), ("ins_res", [true, false]), ("labour", ["1", "3", null])];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite", 1), InlineData("sqlite", 2), InlineData("sqlite", 3), InlineData("postgres", 4), InlineData("postgres", 5), InlineData("postgres", 6)]
    public async Task A_row_holds_what_the_statements_say_however_little_of_it_was_written(string kind, int seed)
    {
        await using var registry = await TestRegistry.Open(kind);
        var chance = new Random(seed);
        var subjects = new List<(Guid Household, Guid? Member)>();
        for (var i = 1; i <= 4; i++)
        {
            var (household, member) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            subjects.AddRange([(household, null), (household, member)]);
            await State(registry,
                new Statement(household, null, "register", null, TestRegistry.June, new Dictionary<string, object?> { ["hid"] = $"{Village}00{i}", ["village"] = "金钱村" }),
                new Statement(household, member, "register", null, TestRegistry.June, new Dictionary<string, object?> { ["hid"] = $"{Village}00{i}", ["pid"] = $"{Village}00{i}01", ["life"] = "Normal" }));
        }
        for (var round = 0; round < 25; round++)
        {
            await State(registry, [.. subjects.Where(_ => chance.Next(3) > 0).Select(s => Random(s, chance))]);
            await RowsSayWhatWasSaid(registry, subjects);
        }
    }

    private static Statement Random((Guid Household, Guid? Member) subject, Random chance)
    {
        var fields = subject.Member is null ? OfHousehold : OfMember;
        var said = fields.Where(_ => chance.Next(3) == 0).DefaultIfEmpty(fields[chance.Next(fields.Length)]);
        return new(subject.Household, subject.Member, Sources[chance.Next(Sources.Length)], null, TestRegistry.June.AddDays(chance.Next(5)),
            said.ToDictionary(f => f.Name, f => f.Values[chance.Next(f.Values.Length)]));
    }

    private static async Task RowsSayWhatWasSaid(TestRegistry registry, List<(Guid Household, Guid? Member)> subjects)
    {
        var facts = (await registry.With<IFacts, IReadOnlyList<Fact>>(f => f.About("500231", subjects, Cancel)))
            .Where(f => f is { Current: true, Value: not null }).ToLookup(f => (f.Household, f.Member));
        var rows = await registry.With<ICurrentFacts, IReadOnlyList<CurrentFacts>>(c => c.Of("500231", [.. subjects.Select(s => s.Household).Distinct()], Cancel));
        Assert.Equal(subjects.Count, rows.Count);
        foreach (var row in rows)
        {
            var expected = facts[(row.Household, row.Member)].Select(f => $"{f.Attribute.Split('.')[1]} {f.Value} {f.Source} {f.ObservedOn:o}");
            // Whoever is not said to be monitored, or to have left, is neither.
            var actual = row.Values.Where(v => v.Key is not "mon_cat").Select(v => $"{v.Key} {v.Value.Value} {v.Value.Source} {v.Value.On:o}");
            Assert.Equal(expected.Order(), actual.Order());
        }
    }

    private static Task State(TestRegistry registry, params Statement[] statements) =>
        registry.With<IFacts, int>(f => f.State(new(TestRegistry.County, "clerk"), statements, Cancel));
}
