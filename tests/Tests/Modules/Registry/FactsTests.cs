using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;

namespace Shouwang.Tests.Modules.Registry;

public class FactsTests
{
    private const string Code = "500231111200001";
    private static readonly StatementContext Desk = new(TestRegistry.County, "clerk");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_value_of_a_lower_source_stands_beside_the_current_one_until_both_agree(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        var household = await Listed(registry);

        await Say(registry, household, "visit", ("phone", "13900001111"));
        var standing = Assert.Single(await Disagreements(registry, household));
        Assert.Equal(("household.phone", "visit", "13900001111", null), (standing.Attribute, standing.Source, standing.Value, standing.SettledAt));
        Assert.Equal("13800000001", (await registry.Read())[0].Phone);

        await Say(registry, household, "register", ("phone", "13900001111"));
        Assert.NotNull(Assert.Single(await Disagreements(registry, household)).SettledAt);
        Assert.Equal("13900001111", (await registry.Read())[0].Phone);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task What_the_desk_adds_fills_a_gap_of_the_register_and_says_where_it_comes_from(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        var household = await Listed(registry);

        await Say(registry, household, "desk", ("mon_cat", "MarginalAtRisk"), ("identified", "2020-07"), ("helper", "周中勇"));

        var now = (await registry.Read())[0];
        Assert.Equal((MonitoringCategory.MarginalAtRisk, "2020-07", "周中勇", true), (now.MonCat, now.Identified, now.Helper, now.IsMonitored));
        var facts = await registry.With<IFacts, IReadOnlyList<Fact>>(f => f.Of("500231", household, false, Cancel));
        var category = facts.Single(f => f.Attribute == "household.mon_cat" && f.Source == "desk");
        Assert.True(category is { Current: true, Value: "MarginalAtRisk", RecordedBy: "clerk" });
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Saying_the_same_again_changes_nothing(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        var household = await Listed(registry);

        Assert.Equal(1, await Say(registry, household, "visit", ("address", "金钱村3组")));
        Assert.Equal(0, await Say(registry, household, "visit", ("address", "金钱村3组")));
        Assert.Equal(1, await Say(registry, household, "visit", ("address", "金钱村4组")));
        Assert.Equal(1, await Say(registry, household, "visit", ("address", "金钱村3组")));
        Assert.Equal(4, await registry.Count("statements"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_source_that_takes_its_word_back_leaves_the_others_word(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        var household = await Listed(registry);
        await Say(registry, household, "visit", ("phone", "13900001111"));

        await Say(registry, household, "register", ("phone", null));

        Assert.Equal("13900001111", (await registry.Read())[0].Phone);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Members_who_come_leave_return_and_move_are_written_down(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (head, son, bride) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await State(registry, new Statement(first, null, "register", null, TestRegistry.June, Rows.Household(Code)),
            new(second, null, "register", null, TestRegistry.June, Rows.Household("500231111200002")),
            new(first, head, "register", null, TestRegistry.June, Rows.Member(Code + "01", Code)),
            new(first, son, "register", null, TestRegistry.June, Rows.Member(Code + "02", Code, "李小山")));
        Assert.Equal(0, await registry.Count("membership_changes"));

        await State(registry, new Statement(first, bride, "visit", null, new(2020, 7, 1), Rows.Member(Code + "03", Code, "王小芳")));
        await State(registry, new Statement(first, head, "register", null, new(2020, 8, 1), new Dictionary<string, object?> { ["life"] = "Dead" }));
        await State(registry, new Statement(first, head, "register", null, new(2020, 9, 1), new Dictionary<string, object?> { ["life"] = "Normal" }));
        await State(registry, new Statement(first, son, "register", null, new(2020, 10, 1), new Dictionary<string, object?> { ["hid"] = "500231111200002" }));

        var history = await registry.With<IHouseholds, IReadOnlyList<MembershipChange>>(h => h.History("500231", first, Cancel));
        Assert.Equal(
            [(MembershipKind.Moved, Code + "02"), (MembershipKind.Returned, Code + "01"), (MembershipKind.Left, Code + "01"), (MembershipKind.Joined, Code + "03")],
            history.Select(c => (c.Kind, c.MemberCode)));
        var moved = (await registry.Read()).Single(h => h.Id == second);
        Assert.Equal((Code + "02", "李小山"), (Assert.Single(moved.Members).Code, moved.Members[0].Name));
        Assert.Equal(2, await registry.Count("(select distinct household_id from dirty_marks) marked"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_household_nobody_named_by_its_code_is_refused(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        await Assert.ThrowsAsync<ArgumentException>(() => Say(registry, Guid.CreateVersion7(), "visit", ("phone", "13900001111")));
        Assert.Equal(0, await registry.Count("statements"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Numbers_phones_and_health_are_not_readable_in_the_database(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        await Listed(registry);
        var number = CitizenId.Synthetic(new(1980, 1, 2), 7, Sex.Male);
        await State(registry, new Statement(Guid.CreateVersion7(), Guid.CreateVersion7(), "register", null, TestRegistry.June,
            Rows.Member(Code + "01", Code, "李大山", ("cert_no", number), ("phone", "13800000009"), ("health", "3"))));

        foreach (var (table, columns) in new[] { ("households", "head_id_enc phone_enc"), ("members", "cert_no_enc phone_enc health_enc"), ("statements", "values_enc") })
        {
            await registry.With<Shouwang.Platform.Storage.ShouwangDb>(db => db.Database.CanConnectAsync(Cancel));
            foreach (var column in columns.Split(' '))
                await registry.With<Shouwang.Platform.Storage.ShouwangDb>(db =>
                    Shouwang.Platform.Storage.Sql.Read(db, $"select {column} from {table} where {column} is not null", row =>
                    {
                        var text = System.Text.Encoding.UTF8.GetString((byte[])row.GetValue(0));
                        Assert.DoesNotContain(number, text, StringComparison.Ordinal);
                        Assert.DoesNotContain("138000000", text, StringComparison.Ordinal);
                    }, Cancel));
        }
        var member = (await registry.Read())[0].Members[0];
        Assert.Equal((number, "13800000009", "3"), (member.CertNo, member.Phone, member.Health));
    }

    private static async Task<Guid> Listed(TestRegistry registry)
    {
        var household = Guid.CreateVersion7();
        await State(registry, new Statement(household, null, "register", "户表.xlsx", TestRegistry.June, Rows.Household(Code, more: ("phone", "13800000001"))));
        return household;
    }

    private static Task<int> Say(TestRegistry registry, Guid household, string source, params (string Field, object? Value)[] values) =>
        State(registry, new Statement(household, null, source, null, TestRegistry.June, values.ToDictionary(v => v.Field, v => v.Value)));

    private static Task<int> State(TestRegistry registry, params Statement[] statements) =>
        registry.With<IFacts, int>(facts => facts.State(Desk, statements, Cancel));

    private static Task<IReadOnlyList<Disagreement>> Disagreements(TestRegistry registry, Guid household) =>
        registry.With<IFacts, IReadOnlyList<Disagreement>>(f => f.Disagreements("500231", household, Cancel));
}
