using static Shouwang.Tests.Modules.Programmes.TestProgrammes;

namespace Shouwang.Tests.Modules.Programmes;

public class HousingTests
{
    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Of_two_appraisals_the_latest_of_a_house_lived_in_decides(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("housing", June,
            House("P1", "D", new(2019, 2, 15)), House("P2", "B", new(2020, 2, 15)), House("P3", "D", new(2020, 6, 1), lived: false));

        Assert.Equal("B", (await programmes.Feature("housing.grade")).AsText);
        Assert.False((await programmes.Feature("housing.unsafe")).AsBool);
        Assert.True((await programmes.Feature("housing.guaranteed")).AsBool);
        Assert.Equal(new DateOnly(2020, 2, 15), (await programmes.Feature("housing.appraised_on")).AsDate);
        Assert.Equal(0m, (await programmes.Figure("G20")).Numerator);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task An_unsafe_house_stays_open_until_its_renovation_is_accepted(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("housing", new(2020, 5, 31), House("P1", "C", new(2020, 1, 15), planned: new(2020, 5, 20)));
        Assert.True((await programmes.Feature("housing.unsafe")).AsBool);
        Assert.Equal(new DateOnly(2020, 1, 15), (await programmes.Feature("housing.unsafe_found_on")).AsDate);
        Assert.Equal(new DateOnly(2020, 5, 20), (await programmes.Feature("housing.renovation_planned_end")).AsDate);
        Assert.Equal(1m, (await programmes.Figure("G20")).Numerator);

        await programmes.Import("housing", June, House("P1", "C", new(2020, 1, 15), planned: new(2020, 5, 20), accepted: new(2020, 6, 12)));
        Assert.False((await programmes.Feature("housing.unsafe")).AsBool);
        Assert.False((await programmes.Feature("housing.unsafe_found_on")).IsKnown);
        Assert.True((await programmes.Feature("housing.unsafe", asOf: new(2020, 6, 11))).AsBool);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_household_that_the_file_leaves_out_has_no_appraisal_and_its_safety_is_unknown(string kind)
    {
        await using var programmes = await Open(kind);
        Assert.False((await programmes.Feature("housing.has_appraisal", Second)).IsKnown);

        await programmes.Import("housing", June, House("P1", "A", new(2020, 1, 15)));

        Assert.False((await programmes.Feature("housing.has_appraisal", Second)).AsBool);
        Assert.False((await programmes.Feature("housing.guaranteed", Second)).IsKnown);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task What_the_appraisers_say_stands_beside_the_register_and_changes_nothing_in_it(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Says(First, ("grade", "A"), ("unsafe", false));

        var (import, _) = await programmes.Import("housing", June, House("P1", "D", new(2020, 1, 15)));

        var standing = (await programmes.Disagreements(First)).Where(d => d.SettledAt is null).OrderBy(d => d.Attribute).ToList();
        Assert.Equal(["household.grade", "household.unsafe"], standing.Select(d => d.Attribute));
        Assert.All(standing, d => Assert.Equal("housing", d.Source));

        await programmes.Undo("housing", import);
        Assert.DoesNotContain(await programmes.Disagreements(First), d => d.SettledAt is null);
    }

    private static (string?, (string, object?)[]) House(
        string plate, string grade, DateOnly appraised, bool lived = true, DateOnly? planned = null, DateOnly? accepted = null) => (First,
        [("plate", plate), ("grade", grade), ("appraised", appraised), ("lived", lived), ("plan_end", planned), ("accepted", accepted)]);
}
