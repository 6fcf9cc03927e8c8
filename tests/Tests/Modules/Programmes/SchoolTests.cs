using Shouwang.Kernel;
using static Shouwang.Tests.Modules.Programmes.TestProgrammes;

namespace Shouwang.Tests.Modules.Programmes;

public class SchoolTests
{
    private const string Child = First + "02";

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_child_of_school_age_is_in_school_by_the_list_alone(string kind)
    {
        await using var programmes = await Open(kind);
        Assert.False((await programmes.Feature("education.out_of_school")).IsKnown);
        Assert.False((await programmes.Feature("education.guaranteed")).IsKnown);

        await programmes.Import("education", June, Pupil(Child, "G1", "transferred"), Pupil(Second + "02", "G2", "home_taught"));
        Assert.Equal(1, (await programmes.Feature("education.out_of_school")).AsInt);
        Assert.False((await programmes.Feature("education.guaranteed")).AsBool);
        Assert.Equal(0, (await programmes.Feature("education.out_of_school", Second)).AsInt);
        Assert.Equal((1m, 2m), await programmes.Figure("G01"));

        await programmes.Import("education", June, Pupil(Child, "G3", "enrolled"));
        Assert.Equal(0, (await programmes.Feature("education.out_of_school")).AsInt);
        Assert.True((await programmes.Feature("education.guaranteed")).AsBool);
    }

    [Theory]
    [InlineData("2014-06-30", true)] // six today
    [InlineData("2014-07-01", false)]
    [InlineData("2004-07-01", true)] // sixteen tomorrow
    [InlineData("2004-06-30", false)]
    public async Task School_age_is_six_to_fifteen_full_years(string born, bool counts)
    {
        await using var programmes = await Open("sqlite", DateOnly.Parse(born, null));
        await programmes.Import("education", June, Pupil(null, "G9", "enrolled", ("village", new AreaCode("500231111200"))));

        Assert.Equal(counts ? 1 : 0, (await programmes.Feature("education.out_of_school")).AsInt);
        Assert.Equal(!counts, (await programmes.Feature("education.guaranteed")).AsBool);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_later_list_replaces_the_earlier_one_until_it_is_taken_back(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("education", new(2020, 5, 31), Pupil(Child, "G1", "enrolled"), Pupil(Second + "02", "G2", "enrolled"));
        var (june, _) = await programmes.Import("education", June, Pupil(Second + "02", "G2", "enrolled"));
        Assert.Equal(1, (await programmes.Feature("education.out_of_school")).AsInt);
        Assert.Equal(0, (await programmes.Feature("education.out_of_school", Second)).AsInt);

        await programmes.Undo("education", june);
        Assert.Equal(0, (await programmes.Feature("education.out_of_school")).AsInt);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Absence_lessons_costs_aid_and_letters_are_those_of_pupils_a_school_has_now(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("education", June,
            Pupil(Child, "G1", "enrolled", ("stage", "senior"), ("absent", 6L), ("absent_reason", "病假"), ("cost", 12_700.5m), ("aid", 2_700m), ("out_county", true)),
            Pupil(First + "01", "G2", "home_taught", ("absent", 4L), ("home_lessons", 3L), ("aid_item", "两免一补"), ("aid", 0m), ("cost", 99_999m)),
            Pupil(Child, "G3", "transferred", ("absent", 20L), ("cost", 50_000m), ("stage", "senior"), ("out_county", true)));

        Assert.Equal(4, (await programmes.Feature("education.absent_days_max")).AsInt);
        Assert.Equal(3, (await programmes.Feature("education.home_lessons_min")).AsInt);
        Assert.Equal(10_000.5m, (await programmes.Feature("education.cost_after_aid_max")).AsDecimal);
        Assert.Equal(1, (await programmes.Feature("education.without_aid")).AsInt);
        Assert.Equal(1, (await programmes.Feature("education.without_letter")).AsInt);
        Assert.False((await programmes.Feature("education.home_lessons_min", Second)).IsKnown);
    }

    private static (string?, (string, object?)[]) Pupil(string? member, string number, string state, params (string, object?)[] more) =>
        (member, [("reg_no", number), ("state", state), .. more]);
}
