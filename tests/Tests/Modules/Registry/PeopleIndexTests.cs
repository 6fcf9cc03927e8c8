using Shouwang.Kernel;
using Shouwang.Kernel.Tables;
using Shouwang.Modules.Registry;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Facts;

namespace Shouwang.Tests.Modules.Registry;

public class PeopleIndexTests
{
    private const string Code = "500231111200001";
    private static readonly DateOnly Born = new(1980, 5, 6);
    private static readonly string Number = CitizenId.Synthetic(Born, 3, Sex.Male);

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Departments_find_people_by_whatever_they_know_them_by(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        await registry.Import("households", Guid.CreateVersion7(), [Rows.Household(Code, "李大山", more: ("phone", "13800000001"))]);
        await registry.Import("members", Guid.CreateVersion7(),
        [
            Rows.Member(Code + "01", Code, "李大山", ("cert_no", Number + "43"), ("birth", Born), ("phone", "13800000002")),
            Rows.Member(Code + "02", Code, "阿依·古丽", ("birth", new PartialDate(1981, 7))),
            Rows.Member(Code + "03", Code, "李二山", ("birth", Born), ("life", "Dead")),
            Rows.Member(Code + "04", Code, "李大山", ("birth", Born.AddDays(1))),
        ]);
        var index = await registry.With<IPeople, PeopleIndex>(p => p.Load("500231", TestContext.Current.CancellationToken));

        Assert.Equal(Code + "01", Assert.Single(index.ById(Number)).Code);
        Assert.Equal((Code, TestRegistry.Jinqian, LifeState.Normal), index.ById(Number + "43") is [var one] ? (one.HouseholdCode, one.Village, one.State) : default);
        Assert.Empty(index.ById(CitizenId.Synthetic(Born, 4, Sex.Male)));
        Assert.Equal(Code + "01", Assert.Single(index.ByNameBirthVillage("李大山", Born, TestRegistry.Jinqian)).Code);
        Assert.Empty(index.ByNameBirthVillage("李大山", Born, TestRegistry.Shuijing));
        Assert.Empty(index.ByNameBirthVillage("李二山", Born, TestRegistry.Jinqian));
        Assert.Equal(2, index.ByNameMonthVillage("李大山", 1980, 5, TestRegistry.Jinqian).Count);
        Assert.Equal(Code + "02", Assert.Single(index.ByNameMonthVillage("阿依•古丽", 1981, 7, TestRegistry.Jinqian)).Code);
        Assert.Equal(Code + "01", Assert.Single(index.ByPhone("13800000002")).Code);
        Assert.Equal(Code, Assert.Single(index.HouseholdsByPhone("13800000001")).Code);
        Assert.Equal(Code, Assert.Single(index.ByHead("李大山", TestRegistry.Jinqian)).Code);
        Assert.Equal(Code, index.Household(Code)?.Code);
        Assert.Null(index.Household("500231111200002"));
        Assert.Equal((4, 1), (index.Count, index.Households));
    }

    [Fact]
    public void A_village_is_found_by_its_name_however_it_is_written_and_by_its_code_where_names_are_alike()
    {
        var (town, other) = (new AreaCode("500231111"), new AreaCode("500231112"));
        AreaCode jinqian = new("500231111200"), stone = new("500231111001"), tuanjie = new("500231111203"), tuanjieToo = new("500231112203");
        var finder = new VillageFinder(new(
        [
            new(new("500231"), "垫江县", false), new(town, "鹤游镇", false), new(other, "裴兴镇", false), new(jinqian, "金钱村", false),
            new(stone, "石鼓社区", false), new(tuanjie, "团结村", false), new(tuanjieToo, "团结村", false),
        ]));

        foreach (var name in new[] { "金钱村", "鹤游镇金钱村", "金钱村村民委员会", "金钱村委会", "500231111200" })
            Assert.Equal(jinqian, finder.Find(name, null, null, new("500231")));
        Assert.Equal(stone, finder.Find("石鼓社区居委会", "500231111298", null, town));
        Assert.Equal(tuanjieToo, finder.Find("团结村", "500231112203", null, new("500231")));
        Assert.Equal(tuanjieToo, finder.Find("团结村", null, "裴兴镇", new("500231")));
        Assert.Equal(tuanjie, finder.Find("团结村", null, null, town));
        Assert.Equal(jinqian, finder.Find("没有的村", "500231111200", null, town));
        Assert.Equal(town, finder.Find("没有的村", "500231111298", null, new("500231")));
        Assert.Empty(finder.Learnt);
    }

    [Fact]
    public void A_county_without_an_area_table_learns_its_villages_from_the_rows()
    {
        var finder = new VillageFinder(new([]));
        Assert.Equal(new AreaCode("420625101201"), finder.Find("石花村", "420625101201", null, new("420625")));
        Assert.Equal(new AreaCode("420625101201"), finder.Find("石花村", "420625101201", null, new("420625")));
        Assert.Equal(("石花村", true), Assert.Single(finder.Learnt) is var village ? (village.Name, village.Learnt) : default);
        Assert.Equal(new AreaCode("420625"), finder.Find("石花村", null, null, new("420625")));
    }

    [Fact]
    public void Every_attribute_is_read_back_into_the_property_of_its_name()
    {
        // The readers go through the columns by position; a column out of place would give one property another's value.
        foreach (var (subject, record) in new[] { (Subject.Households, typeof(RegisterHousehold)), (Subject.Members, typeof(RegisterMember)) })
        {
            var properties = record.GetProperties().Select(p => p.Name).ToList();
            var order = subject.Columns.Select(c => properties.IndexOf(PropertyOf(subject, c.Field))).Where(at => at >= 0).ToList();
            Assert.Equal(subject.Columns.Length, order.Count);
        }

        static string PropertyOf(Subject subject, string field) => (subject.IsMember, field) switch
        {
            (_, "pid") or (false, "hid") => "Code",
            (true, "hid") => "HouseholdCode",
            (_, "village") => "VillageName",
            (_, "group") => "GroupName",
            _ => string.Concat(field.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..])),
        };
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Every_attribute_of_a_household_and_a_member_comes_back_as_it_was_said(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        var household = Values(Subject.Households, Code, ("status", "Lifted"), ("mon_cat", "GeneralKey"), ("elim_state", "Natural"), ("village", "金钱村"));
        var member = Values(Subject.Members, Code + "01", ("hid", Code), ("life", "MarriedOut"), ("birth", "1980-05-06"));
        var (id, person) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await registry.With<IFacts>(f => f.State(new(TestRegistry.County, "clerk"),
            [new(id, null, "register", null, TestRegistry.June, household), new(id, person, "register", null, TestRegistry.June, member)], TestContext.Current.CancellationToken));

        var read = Assert.Single(await registry.Read());
        foreach (var (subject, values, record) in new[] { (Subject.Households, household, (object)read), (Subject.Members, member, read.Members[0]) })
        {
            var texts = record.GetType().GetProperties().Where(p => p.PropertyType != typeof(AreaCode)).Select(p => Canonical.Of(p.GetValue(record))).ToHashSet();
            foreach (var column in subject.Columns.Where(c => c.Kind is not (ValueKind.Flag or ValueKind.Day)))
                Assert.Contains(Canonical.Of(values[column.Field]), texts);
        }
    }

    /// <summary>A different value for every attribute.</summary>
    private static Dictionary<string, object?> Values(Subject subject, string code, params (string Field, object Value)[] given)
    {
        var values = subject.Columns.Index().ToDictionary(c => c.Item.Field, c => c.Item.Kind switch
        {
            ValueKind.Whole => 100L + c.Index,
            ValueKind.Number => 100.5m + c.Index,
            ValueKind.Flag => (object?)(c.Index % 2 == 0),
            ValueKind.Day => new DateOnly(2020, 1, 1).AddDays(c.Index),
            ValueKind.Text or ValueKind.Private or ValueKind.PrivateMatched => $"v{c.Index}",
        });
        values[subject.Columns[subject.Key].Field] = code;
        foreach (var (field, value) in given)
            values[field] = value;
        return values;
    }
}
