using Shouwang.Modules.Screening;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Insight;

/// <summary>M12 and M13 are about the month: what happened in another does not count in this one, and nothing counts in two.</summary>
public class MonthFigureTests
{
    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Leads_and_identifications_count_in_their_month_once(string kind)
    {
        await using var world = await CaseworkWorld.Open(kind);
        world.Day = new(2020, 5, 11);
        var (late, quick) = (await world.Household(), await world.Household());
        var waiting = await world.Lead(late);
        Done(await world.Step(world.Clerk, waiting, new LeadStepRequest(LeadEvent.Dispatch, Evidence: [Words(EvidenceKinds.Order)], AssignedTo: "村干部")));
        world.Day = new(2020, 6, 2);
        await world.Registered(quick);

        var may = await Of(world, new(2020, 5, 31));
        Assert.Equal(((1, 0), (0, 1), (0, 1), (0, 0)), (may["M12n"], may["M12r"], may["M12t"], may["M12d"]));
        Assert.Equal(((0, 0), (0, 0), (0, 0)), (may["M13n"], may["M13k"], may["M13r"]));

        // Its time ran out in May, where it counts as late; in June it does not count again, until its finding comes.
        var june = await Of(world, new(2020, 6, 30));
        Assert.Equal(((1, 0), (1, 1), (1, 1), (0, 1)), (june["M12n"], june["M12r"], june["M12t"], june["M12d"]));
        Assert.Equal(((1, 0), (1, 0), (5, 1), (0, 1)), (june["M13n"], june["M13k"], june["M13d"], june["M13r"]));
        Assert.Equal(((2, 0), (1, 0), (1, 0), (1, 0)), (june["M12y"], june["M12v"], june["M12c"], june["M12k"]));

        var july = await Of(world, new(2020, 7, 31));
        Assert.All((string[])["M12n", "M12r", "M12t", "M12d", "M13n", "M13k", "M13d", "M13r"], code => Assert.Equal((code, (0, 0)), (code, july[code])));
        Assert.Equal(((2, 0), (1, 0)), (july["M12y"], july["M12c"]));
    }

    private static async Task<Dictionary<string, (decimal, decimal)>> Of(CaseworkWorld world, DateOnly day)
    {
        var parts = new List<IndicatorPart>();
        await world.With<IEnumerable<IIndicatorSource>, int>(async (sources, cancel) =>
        {
            foreach (var source in sources)
                await source.Compute(County, day, LifeCycles.Policy, parts.Add, cancel);
            return 0;
        });
        return ((string[])["M12n", "M12r", "M12t", "M12d", "M12y", "M12v", "M13n", "M13k", "M13d", "M13r", "M12c", "M12k"])
            .ToDictionary(c => c, c => (parts.Where(p => p.Code == c).Sum(p => p.Numerator), parts.Where(p => p.Code == c).Sum(p => p.Denominator)));
    }
}
