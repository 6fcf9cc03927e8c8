using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Income;
using Shouwang.Platform.Plugins;

namespace Shouwang.Tests.Modules.Registry;

public class IncomeTests
{
    private const string Code = "500231111200001";

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Totals_come_from_the_items_and_what_the_sheet_states_is_kept_beside(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        await registry.Import("households", Guid.CreateVersion7(), [Rows.Household(Code)]);
        await registry.Import("income", Guid.CreateVersion7(),
            [Sheet(("A1", 12000.50m), ("B2", 3000m), ("D", 999m), ("D4", 1200m), ("D5a", 35m), ("D6p", 100m), ("E1", 800m), ("net", 1m), ("claim", 500m), ("oop", 2000m), ("prev_pc", 7939.14m))],
            file: "收支表_201906-202005.xlsx");

        var sheet = await Latest(registry);
        Assert.Equal((12000.50m, 3000m, 0m, 1335m, 800m), (sheet.Wage.Yuan, sheet.Business.Yuan, sheet.Property.Yuan, sheet.Transfer.Yuan, sheet.Cost.Yuan));
        Assert.Equal((999m, 1m, null), (sheet.Stated["D"], sheet.Stated["net"], sheet.Stated["gross"]));
        Assert.Equal((new DateOnly(2019, 6, 1), new DateOnly(2020, 5, 31), 7939.14m), (sheet.From, sheet.To, sheet.PreviousNetPerHead));
        Assert.Equal(Money.FromYuan(35), sheet.Items["D5a"]);

        var result = new StandardIncomeFormula().Calculate(sheet, 3);
        Assert.Equal((16335.50m, 15535.50m, 14035.50m, 5178.50m, 4678.50m), (result.Gross, result.Net, result.Monitoring, result.NetPerHead, result.MonitoringPerHead));
        Assert.Null(new StandardIncomeFormula().Calculate(sheet, 0).NetPerHead);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_corrected_sheet_replaces_the_earlier_one_and_undoing_it_brings_that_back(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        await registry.Import("households", Guid.CreateVersion7(), [Rows.Household(Code)]);
        var correction = Guid.CreateVersion7();
        await registry.Import("income", Guid.CreateVersion7(), [Sheet(("A1", 100m))]);
        await registry.Import("income", Guid.CreateVersion7(), [Sheet(("A1", 100m))]);
        Assert.Equal(1, await registry.Count("income_sheets"));

        await registry.Import("income", correction, [Sheet(("A1", 200m))]);
        Assert.Equal(200m, (await Latest(registry)).Wage.Yuan);
        Assert.Single(await registry.With<IIncomeAccounts, IReadOnlyDictionary<Guid, IncomeSheet>>(a => a.All("500231", TestRegistry.June, null, TestContext.Current.CancellationToken)));

        await registry.Undo("income", correction);
        Assert.Equal(100m, (await Latest(registry)).Wage.Yuan);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Sheets_of_unknown_households_and_repeated_ones_are_refused(string kind)
    {
        await using var registry = await TestRegistry.Open(kind);
        await registry.Import("households", Guid.CreateVersion7(), [Rows.Household(Code)]);
        var rows = await registry.Import("income", Guid.CreateVersion7(),
            [Sheet(("A1", 100m)), Sheet(("A1", 100m)), Sheet(("A1", 90m)), Sheet(("hid", "500231111209999")), Sheet(("hid", null))]);
        Assert.Equal([null, "duplicate_same", "duplicate_conflict", "unknown_household", "missing_key"], rows.Select(r => r.Findings.FirstOrDefault()?.Code));
        Assert.Equal([Verdict.Accepted, Verdict.Refused], rows.Select(r => r.Verdict).Distinct());
    }

    [Fact]
    public void A_total_stands_for_its_items_only_where_the_sheet_has_no_columns_for_them()
    {
        decimal? Stated(string code) => code switch { "A" => 500, "B" => 70, "B1" => null, "D6" => 9, "D5" => 4, "D5a" => 3, _ => null };
        var (items, totals) = IncomeItems.AddUp(Stated, code => code is "A" or "B" or "B1" or "D6" or "D5" or "D5a");
        Assert.Equal((500m, 0m, 12m), (totals["A"].Yuan, totals["B"].Yuan, totals["D"].Yuan));
        Assert.Equal(["A", "D5a", "D6"], items.Keys.Order());
    }

    private static Dictionary<string, object?> Sheet(params (string Field, object? Value)[] cells)
    {
        var row = new Dictionary<string, object?> { ["hid"] = Code };
        foreach (var (field, value) in cells)
            row[field] = value;
        return row;
    }

    private static async Task<IncomeSheet> Latest(TestRegistry registry)
    {
        var household = (await registry.Read())[0].Id;
        return (await registry.With<IIncomeAccounts, IncomeSheet?>(a => a.Latest("500231", household, TestRegistry.June, TestContext.Current.CancellationToken)))!;
    }
}
