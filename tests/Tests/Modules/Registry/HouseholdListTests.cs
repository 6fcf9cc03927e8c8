using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Tests.Modules.Registry;

public class HouseholdListTests
{
    private static readonly string Number = CitizenId.Synthetic(new(1980, 5, 6), 3, Sex.Male);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task One_box_finds_a_household_by_name_id_phone_or_code_of_anybody_in_it(string kind)
    {
        await using var registry = await Filled(kind);
        var office = Office(Role.CountyOffice, TestRegistry.County);

        foreach (var (text, code, match) in new[]
        {
            ("王小", "500231111200001", "王小芳"), ("wx", "500231111200001", "王小芳"), (Number, "500231111200001", "李大山"), ("13800000007", "500231111200001", "王小芳"),
            ("13800000001", "500231111200001", (string?)null), ("500231111202003", "500231111202003", null), ("50023111120000102", "500231111200001", "王小芳"),
        })
        {
            var row = Assert.Single((await List(registry, office, new(text))).Rows);
            Assert.Equal((code, match), (row.Code, row.Match));
        }
        Assert.Empty((await List(registry, office, new("赵"))).Rows);
        Assert.Equal(2, (await List(registry, office, new("500231111200001"))).Rows[0].Size);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Pages_follow_one_another_in_the_order_of_villages_and_codes_without_gaps(string kind)
    {
        await using var registry = await Filled(kind);
        foreach (var text in new[] { null, "李", "5002311112" })
        {
            var codes = new List<string>();
            string? after = null;
            do
            {
                var page = await List(registry, Office(Role.CountyOffice, TestRegistry.County), new(text, After: after, Take: 4));
                codes.AddRange(page.Rows.Select(r => r.Code));
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal(codes.Distinct().Order(StringComparer.Ordinal), codes);
            Assert.Equal(10, codes.Count);
        }
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Filters_narrow_a_list_to_what_they_say(string kind)
    {
        await using var registry = await Filled(kind);
        var office = Office(Role.CountyOffice, TestRegistry.County);

        Assert.Equal(5, (await List(registry, office, new(Area: TestRegistry.Jinqian))).Rows.Count);
        Assert.Equal(2, (await List(registry, office, new(Monitored: true))).Rows.Count);
        Assert.Equal(2, (await List(registry, office, new(Area: TestRegistry.Jinqian, Category: MonitoringCategory.MarginalAtRisk))).Rows.Count);
        Assert.Equal(5, (await List(registry, office, new(Registered: true))).Rows.Count);
        Assert.Equal(5, (await List(registry, office, new(Status: RegistryStatus.Ordinary))).Rows.Count);
        var one = (await List(registry, office, new(Take: 1))).Rows[0];
        Assert.Equal(one, Assert.Single((await List(registry, office, new(Among: [one.Id]))).Rows));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task What_lies_outside_the_area_of_a_post_does_not_exist_for_it(string kind)
    {
        await using var registry = await Filled(kind);
        var cadre = Office(Role.VillageCadre, TestRegistry.Shuijing);

        Assert.Empty((await List(registry, cadre, new("王小芳"))).Rows);
        Assert.Empty((await List(registry, cadre, new(Number))).Rows);
        Assert.Empty((await List(registry, cadre, new(Area: TestRegistry.Jinqian))).Rows);
        Assert.All((await List(registry, cadre, new())).Rows, r => Assert.Equal(TestRegistry.Shuijing, r.Area));
        Assert.Null(await registry.With<IHouseholds, HouseholdRef?>(h => h.Find(cadre, "500231111200001", Cancel)));
        var elsewhere = (await registry.Read())[0].Id;
        Assert.Null(await registry.With<IHouseholds, RegisterHousehold?>(h => h.Open(cadre, elsewhere, true, Cancel)));

        var assigned = Office(Role.PairingHelper, TestRegistry.County) with { Households = [elsewhere] };
        Assert.Equal(elsewhere, Assert.Single((await List(registry, assigned, new())).Rows).Id);
        Assert.Equal(elsewhere, Assert.Single((await List(registry, assigned, new("王"))).Rows).Id);
        Assert.Empty((await List(registry, Office(Role.CountyLeader, TestRegistry.County), new())).Rows);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Numbers_open_in_full_only_when_asked_for_and_only_to_those_who_may(string kind)
    {
        await using var registry = await Filled(kind);
        var household = (await registry.Read())[0].Id;
        async Task<string?> Seen(Role role, bool inFull) =>
            (await registry.With<IHouseholds, RegisterHousehold?>(h => h.Open(Office(role, TestRegistry.County), household, inFull, Cancel)))!.Members[0].CertNo;

        Assert.Equal(Number, await Seen(Role.CountyOffice, true));
        Assert.Equal(CitizenId.Mask(Number), await Seen(Role.CountyOffice, false));
        Assert.Equal(CitizenId.Mask(Number), await Seen(Role.Supervisor, true));
    }

    private static async Task<TestRegistry> Filled(string kind)
    {
        var registry = await TestRegistry.Open(kind);
        var households = Enumerable.Range(1, 10).Select(i => Rows.Household(i <= 5 ? $"500231111200{i:000}" : $"500231111202{i - 5:000}", "李大山", i <= 5 ? "金钱村" : "水井村",
            ("phone", i == 1 ? "13800000001" : null), ("status", i % 2 == 0 ? "Ordinary" : "Lifted"),
            ("mon_cat", i is 2 or 4 or 7 ? "MarginalAtRisk" : null), ("elim_state", i == 4 ? "ByAssistance" : null))).ToList();
        await registry.Import("households", Guid.CreateVersion7(), households);
        await registry.Import("members", Guid.CreateVersion7(), households.SelectMany((h, i) => new[]
        {
            Rows.Member(h["hid"] + "01", (string)h["hid"]!, "李大山", ("cert_no", i == 0 ? Number : null)),
            i == 0 ? Rows.Member(h["hid"] + "02", (string)h["hid"]!, "王小芳", ("phone", "13800000007")) : null,
        }.OfType<Dictionary<string, object?>>()));
        return registry;
    }

    private static Actor Office(Role role, AreaCode area) => new(Guid.CreateVersion7(), "someone", "某人", role, area, null, []);

    private static Task<HouseholdPage> List(TestRegistry registry, Actor actor, HouseholdFilter filter) =>
        registry.With<IHouseholds, HouseholdPage>(h => h.List(actor, filter, Cancel));
}
