using Shouwang.Modules.Ledger;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Workflow;
using Shouwang.Tests.Modules.Casework;
using static Shouwang.Tests.Modules.Casework.CaseworkWorld;

namespace Shouwang.Tests.Modules.Ledger;

/// <summary>C01–C03: what the ledger tells the overview.</summary>
public class LedgerIndicatorTests
{
    public static TheoryData<string> Databases => TestDatabase.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task Problems_are_counted_as_entered_put_right_struck_off_fixed_at_once_and_overdue(string database)
    {
        await using var world = await CaseworkWorld.Open(database);
        await world.StruckOff(await world.Reported());
        var mended = await world.Reported(fixedHow: "已换接头");
        await world.Reported();
        world.Day = world.Day.AddDays(20);
        await world.Reported();
        Done(await world.On(mended, world.Leader, new(IssueEvent.Close, Evidence: [Words(EvidenceKinds.Finding)])));

        Assert.Equal(((4, 0), (2, 4), (2, 4), (1, 4), (1, 0)), await Of(world.Day));
        // The day before, one was not yet found, and what was fixed at once was not yet struck off and late.
        Assert.Equal(((3, 0), (2, 3), (1, 3), (1, 3), (2, 0)), await Of(world.Day.AddDays(-1)));

        async Task<((decimal, decimal), (decimal, decimal), (decimal, decimal), (decimal, decimal), (decimal, decimal))> Of(DateOnly day)
        {
            var parts = await world.With<IEnumerable<IIndicatorSource>, List<IndicatorPart>>(async (sources, cancel) =>
            {
                var found = new List<IndicatorPart>();
                await sources.OfType<LedgerIndicators>().Single().Compute(County, day, LifeCycles.Policy, found.Add, cancel);
                return found;
            });
            (decimal, decimal) Sum(string code) => (parts.Where(p => p.Code == code).Sum(p => p.Numerator), parts.Where(p => p.Code == code).Sum(p => p.Denominator));
            return (Sum("C01n"), Sum("C01r"), Sum("C01c"), Sum("C02"), Sum("C03"));
        }
    }
}
