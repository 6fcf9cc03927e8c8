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

        var parts = await world.With<IEnumerable<IIndicatorSource>, List<IndicatorPart>>(async (sources, cancel) =>
        {
            var found = new List<IndicatorPart>();
            await sources.OfType<LedgerIndicators>().Single().Compute(County, world.Day, LifeCycles.Policy, found.Add, cancel);
            return found;
        });
        (decimal, decimal) Of(string code) => (parts.Where(p => p.Code == code).Sum(p => p.Numerator), parts.Where(p => p.Code == code).Sum(p => p.Denominator));
        Assert.Equal(((4, 0), (2, 4), (2, 4), (1, 4), (1, 0)), (Of("C01n"), Of("C01r"), Of("C01c"), Of("C02"), Of("C03")));
    }
}
