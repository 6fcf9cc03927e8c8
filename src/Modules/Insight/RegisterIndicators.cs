using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Insight;

/// <summary>R01–R07, R14, R16, R17, M01–M05, G08, I21: figures that follow from the register and the income accounts. INDICATORS §1, §2, §4, §6.</summary>
internal sealed class RegisterIndicators(IRegister register, IIncomeAccounts accounts) : IIndicatorSource
{
    // Accounts are fetched for so many households at a time: memory stays bounded whatever the county's size.
    private const int Batch = 2_000;

    private static readonly Text Households = new("户", "households"), People = new("人", "people"), Percent = new("%", "%");

    public IReadOnlyList<IndicatorDefinition> Indicators { get; } =
    [
        Count("R01", "建档立卡户数", "Registered households", Households, "脱贫属性为未脱贫、脱贫、预脱贫或返贫的户数", "Households not lifted, lifted, pre-lifted or returned to poverty"),
        Count("R02", "建档立卡人数", "Registered people", People, "建档立卡户中状态正常的人数", "Members of state normal in registered households"),
        Count("R03", "累计脱贫户数", "Lifted households", Households, "脱贫属性为脱贫的户数", "Households of status lifted"),
        Count("R04", "累计脱贫人数", "Lifted people", People, "脱贫户中状态正常的人数", "Members of state normal in lifted households"),
        Count("R05", "未脱贫户数", "Not-lifted households", Households, "脱贫属性为未脱贫的户数，预脱贫和返贫不计", "Households of status not lifted; pre-lifted and returned ones are counted apart"),
        Count("R06", "未脱贫人数", "Not-lifted people", People, "未脱贫户中状态正常的人数", "Members of state normal in not-lifted households"),
        new("R07", new("贫困发生率", "Poverty incidence"), Percent, 2,
            new("未脱贫人数 ÷ 登记的全部正常人口（代表农村户籍人口）", "Not-lifted people ÷ all members of state normal, who stand for the rural registered population"), IndicatorKind.Percent),
        new("R14", new("户均人口", "Mean size of registered households"), new("人/户", "people a household"), 2,
            new("建档立卡人数 ÷ 建档立卡户数", "Registered people ÷ registered households"), IndicatorKind.Ratio),
        Count("R16", "无劳动力贫困人口", "Not-lifted people without labour", People, "未脱贫人口中丧失劳动力或无劳动力的人数", "Not-lifted people whose labour is lost or none"),
        Count("R17", "有劳动力贫困人口", "Not-lifted people with labour", People, "未脱贫人数减去无劳动力人数", "Not-lifted people less those without labour"),
        Count("M01h", "监测对象户数", "Monitored households", Households, "在监测名单上且风险未消除的户数，各类合计", "Households on the monitoring list and not taken off it, of every category"),
        Count("M01p", "监测对象人数", "Monitored people", People, "监测对象户中状态正常的人数", "Members of state normal in monitored households"),
        Count("M02", "脱贫监测户", "Unstable lifted households", Households, "监测对象中的脱贫不稳定户", "Monitored households of that category"),
        Count("M03", "边缘户", "Marginal households", Households, "监测对象中的边缘易致贫户", "Monitored households of that category"),
        Count("M04", "突发严重困难户", "Sudden-hardship households", Households, "监测对象中的突发严重困难户", "Monitored households of that category"),
        Count("MGK", "一般重点农户", "General key households", Households, "监测对象中的一般重点农户（2020年名单）", "Monitored households of that category (2020 list)"),
        new("M05", new("监测占比", "Monitored share of registered people"), Percent, 2,
            new("监测对象人数 ÷ 建档立卡人数", "Monitored people ÷ registered people"), IndicatorKind.Percent),
        new("G08", new("基本医保参保率", "Insured among registered people"), Percent, 2,
            new("建档立卡人口中参加居民或职工基本医保的人数 ÷ 建档立卡人数", "Registered people in the residents' or employees' insurance ÷ registered people"), IndicatorKind.Percent),
        Count("I21", "收入低于监测线人口", "People below the monitoring line", People, "有收支表、人均纯收入低于监测线的户的正常人口",
            "Members of state normal in households with an income account and less net income a head than the monitoring line"),
    ];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var line = policy.MonitoringLine?.YuanPerHead;
        var batch = new List<RegisterHousehold>(Batch);
        await foreach (var household in register.Read(county.Digits, cancel))
        {
            Count(household, part);
            batch.Add(household);
            if (batch.Count == Batch)
                await Below();
        }
        await Below();

        async Task Below()
        {
            if (line is { } yuan && batch.Count > 0)
            {
                var sheets = await accounts.All(county.Digits, asOf, [.. batch.Select(h => h.Id)], cancel);
                foreach (var household in batch.Where(h => sheets.TryGetValue(h.Id, out var sheet) && accounts.Formula.Calculate(sheet, h.Size).NetPerHead < yuan))
                    part(new("I21", household.Area.Digits, household.Id, household.Size, 0));
            }
            batch.Clear();
        }
    }

    /// <summary>What a household adds to every figure that needs no income.</summary>
    internal static void Count(RegisterHousehold household, Action<IndicatorPart> part)
    {
        var size = household.Size;
        var registered = RegistryTerms.IsRegistered(household.Status) is true;
        var poor = household.Status == RegistryStatus.NotLifted;
        Add("R07", poor ? size : 0, size);
        if (registered)
        {
            Add("R01", 1);
            Add("R02", size);
            Add("R14", size, 1);
            Add("G08", household.Normal.Count(m => m.InsRes is true || m.InsEmp is true), size);
        }
        if (household.Status == RegistryStatus.Lifted)
        {
            Add("R03", 1);
            Add("R04", size);
        }
        if (poor)
        {
            var without = household.Normal.Count(m => m.Labour is "4" or "5");
            Add("R05", 1);
            Add("R06", size);
            Add("R16", without);
            Add("R17", size - without);
        }
        if (household.IsMonitored)
        {
            Add("M01h", 1);
            Add("M01p", size);
            Add(CodeOf(household.MonCat), 1);
        }
        if (registered || household.IsMonitored)
            Add("M05", household.IsMonitored ? size : 0, registered ? size : 0);

        void Add(string code, decimal numerator, decimal denominator = 0)
        {
            if ((numerator, denominator) != (0, 0))
                part(new(code, household.Area.Digits, household.Id, numerator, denominator));
        }
    }

    private static string CodeOf(MonitoringCategory category) => category switch
    {
        MonitoringCategory.UnstableLifted => "M02",
        MonitoringCategory.MarginalAtRisk => "M03",
        MonitoringCategory.SuddenHardship => "M04",
        MonitoringCategory.GeneralKey => "MGK",
        MonitoringCategory.None => throw new ArgumentOutOfRangeException(nameof(category), "The household is not monitored."),
    };

    private static IndicatorDefinition Count(string code, string zh, string en, Text unit, string formulaZh, string formulaEn) =>
        new(code, new(zh, en), unit, 0, new(formulaZh, formulaEn), IndicatorKind.Count);
}
