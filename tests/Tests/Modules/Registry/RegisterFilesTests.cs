using Shouwang.Kernel;
using Shouwang.Kernel.Tables;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;

namespace Shouwang.Tests.Modules.Registry;

public class RegisterFilesTests
{
    private const string First = "500231111200001", Second = "500231111200002";

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_household_and_its_members_come_out_of_the_files_as_they_went_in(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        var number = CitizenId.Synthetic(new(1956, 3, 2), 4, Sex.Male);
        await registry.Import("households", Guid.CreateVersion7(),
        [
            Rows.Household(First, "李大山", "鹤游镇金钱村", ("family_size", 2L), ("phone", "13800000001"), ("lifted_year", 2016L), ("mon_cat", "UnstableLifted"),
                ("identified", new PartialDate(2019, 11)), ("elim_on", new DateOnly(2020, 5, 20)), ("unsafe", false), ("land", 3.1m), ("risk1", "01")),
        ]);
        await registry.Import("members", Guid.CreateVersion7(),
        [
            Rows.Member(First + "01", First, "李大山", ("cert_no", number), ("birth", new PartialDate(1956, 3)), ("work_months", 9L), ("ins_res", true)),
            Rows.Member(First + "02", First, "周秀英", ("life", "Dead"), ("health", "2,4")),
        ]);

        var household = Assert.Single(await registry.Read());
        Assert.Equal((First, TestRegistry.Jinqian, "李大山", 2L, RegistryStatus.Lifted, 2016L),
            (household.Code, household.Area, household.HeadName, household.FamilySize, household.Status, household.LiftedYear));
        Assert.Equal((MonitoringCategory.UnstableLifted, "2019-11", new DateOnly(2020, 5, 20), false, 3.1m, "13800000001"),
            (household.MonCat, household.Identified, household.ElimOn, household.Unsafe, household.Land, household.Phone));
        Assert.Equal((1, "01"), (household.Size, Assert.Single(household.Risks)));
        var head = household.Members[0];
        Assert.Equal((number, "1956-03", new DateOnly(1956, 3, 2), 64, 9L, true), (head.CertNo, head.Birth, head.BirthOn, head.AgeOn(TestRegistry.June), head.WorkMonths, head.InsRes));
        Assert.True(household.Members[1] is { Life: LifeState.Dead } other && other.HasHealth("4") && !other.HasHealth("3"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Importing_the_same_file_twice_changes_nothing(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        await Files(registry, Guid.CreateVersion7(), Guid.CreateVersion7());
        var before = await Text(registry);
        var counts = await Counts(registry);

        await Files(registry, Guid.CreateVersion7(), Guid.CreateVersion7());

        Assert.Equal(before, await Text(registry));
        Assert.Equal(counts, await Counts(registry));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_corrected_file_updates_what_it_corrects_and_undoing_it_restores_what_was_before(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        await Files(registry, Guid.CreateVersion7(), Guid.CreateVersion7());
        var before = await Text(registry);

        var correction = Guid.CreateVersion7();
        await registry.Import("households", correction, [Rows.Household(First, "李大川", "水井村", ("phone", null)), Rows.Household(Second)]);
        await registry.Import("members", correction, [Rows.Member(First + "02", Second, "周秀英", ("labour", "5")), Rows.Member(First + "09", First, "李小妹")]);
        var corrected = (await registry.Read()).ToDictionary(h => h.Code);
        Assert.Equal(("李大川", TestRegistry.Shuijing, 2), (corrected[First].HeadName, corrected[First].Area, corrected[First].Size));
        Assert.All(corrected[First].Members, m => Assert.Equal(TestRegistry.Shuijing, m.Area));
        Assert.Equal(2, corrected[Second].Size);

        await registry.Undo("members", correction);
        await registry.Undo("households", correction);

        Assert.Equal(before, await Text(registry));
        Assert.Equal(0, await registry.Count("membership_changes"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Undoing_the_households_takes_the_members_off_and_sending_them_again_brings_everybody_back_with_their_ids(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        var (households, members) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Files(registry, households, members);
        var before = await Text(registry);

        await registry.Undo("households", households);
        Assert.Empty(await registry.Read());
        Assert.Equal(0, await registry.Count("members"));

        await registry.Import("households", Guid.CreateVersion7(), HouseholdRows);
        Assert.Equal(before, await Text(registry));
        Assert.Equal(0, await registry.Count("retired_codes"));

        await registry.Undo("members", members);
        Assert.Equal((2, 0), ((await registry.Read()).Count, (int)await registry.Count("members")));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Rows_without_a_place_in_the_register_are_refused_and_the_first_of_two_stays(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        var households = await registry.Import("households", Guid.CreateVersion7(),
        [
            Rows.Household(First, more: ("seq", "1")), Rows.Household(null!), Rows.Household(Second), Rows.Household(First, more: ("seq", "4")),
            Rows.Household(Second, "张三"),
        ]);
        Assert.Equal([null, "missing_key", null, "duplicate_same", "duplicate_conflict"], households.Select(Code));

        var members = await registry.Import("members", Guid.CreateVersion7(),
        [
            Rows.Member(First + "01", First), Rows.Member("x", "500231111209999"), Rows.Member(First + "01", First),
            Rows.Member(First + "02", First, null!), Rows.Member(First + "01", Second), Rows.Member(Second + "01", null!),
        ]);
        Assert.Equal([null, "unknown_household", "duplicate_same", "no_person", "duplicate_conflict", "missing_key"], members.Select(Code));

        var register = await registry.Read();
        Assert.Equal(["李大山", "李大山"], register.Select(h => h.HeadName));
        Assert.Equal([true, true], register.Select(h => h.Repeated));
        Assert.Equal(1, register.Sum(h => h.Size));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_file_with_fewer_columns_leaves_the_other_values_alone(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        await Files(registry, Guid.CreateVersion7(), Guid.CreateVersion7());

        await registry.Import("households", Guid.CreateVersion7(),
            [new Dictionary<string, object?> { ["hid"] = First, ["phone"] = "13800000099" }], new DateOnly(2020, 9, 30));

        var household = (await registry.Read())[0];
        Assert.Equal(("13800000099", "李大山", RegistryStatus.Lifted, TestRegistry.Jinqian), (household.Phone, household.HeadName, household.Status, household.Area));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Members_without_numbers_get_the_next_ones_of_their_household_and_keep_them(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        await registry.Import("households", Guid.CreateVersion7(), HouseholdRows);
        Dictionary<string, object?>[] rows = [Rows.Member(null!, First, "李大山"), Rows.Member(null!, First, "周秀英"), Rows.Member(null!, Second, "王小芳")];

        var members = await registry.Import("members", Guid.CreateVersion7(), rows, chunk: 2);
        await registry.Import("members", Guid.CreateVersion7(), rows, chunk: 2);

        Assert.All(members, m => Assert.Equal("code_assigned", Code(m)));
        Assert.Equal([First + "01", First + "02", Second + "01"], (await registry.Read()).SelectMany(h => h.Members).Select(m => m.Code));
    }

    private static readonly Dictionary<string, object?>[] HouseholdRows =
        [Rows.Household(First, more: ("phone", "13800000001")), Rows.Household(Second, "王小芳", "水井村委会")];

    private static async Task Files(TestRegistry registry, Guid households, Guid members)
    {
        await registry.Import("households", households, HouseholdRows);
        await registry.Import("members", members,
        [
            Rows.Member(First + "01", First), Rows.Member(First + "02", First, "周秀英", ("relation", "02")), Rows.Member(Second + "01", Second, "王小芳"),
        ]);
    }

    /// <summary>Everything the register says, ids included.</summary>
    private static async Task<string> Text(TestRegistry registry) => string.Join('\n',
        (await registry.Read()).Select(h => $"{h with { Members = [] }} {string.Join(' ', h.Members)}"));

    private static async Task<long[]> Counts(TestRegistry registry) =>
        [await registry.Count("statements"), await registry.Count("membership_changes"), await registry.Count("disagreements"), await registry.Count("members")];

    private static string? Code(FeedRow row) => row.Findings.FirstOrDefault()?.Code;
}
