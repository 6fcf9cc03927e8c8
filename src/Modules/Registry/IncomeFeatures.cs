using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Income;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Registry;

/// <summary>A household's latest income account, and what the formula in use makes of it.</summary>
internal sealed class IncomeFeatures(IncomeAccounts accounts, IRegisterInScope register) : IFeatureSource
{
    public IReadOnlyList<Feature> Features =>
    [
        Yuan("income.wage", "工资性收入", "Wages", "A"), Yuan("income.business", "生产经营性收入", "Business income", "B"),
        Yuan("income.property", "财产性收入", "Property income", "C"), Yuan("income.transfer", "转移性收入", "Transfer income", "D"),
        Yuan("income.cost", "生产经营性支出", "Business cost", "E"), Yuan("income.claim", "理赔收入", "Insurance claims", "理赔收入"),
        Yuan("income.rigid", "刚性支出", "Rigid spending", "合规自付支出"),
        Yuan("income.gross", "家庭总收入", "Gross income", "A + B + C + D"), Yuan("income.net", "家庭纯收入", "Net income", "A + B + C + D − E"),
        PerHead("income.net_per_capita", "家庭人均纯收入", "Net income per head", "纯收入 ÷ 家庭人口"),
        PerHead("income.monitoring_per_capita", "人均收入参考范围", "Monitoring income per head", "（纯收入 + 理赔收入 − 合规自付支出）÷ 家庭人口"),
        PerHead("income.previous_net_per_capita", "上年度人均纯收入", "Last year's net income per head", "收支表“上年度家庭人均纯收入”"),
    ];

    public int Weight => 50;

    public async Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var latest = await accounts.Totals(scope, cancel);
        // Whoever reads the members has begun before this and mostly is through.
        var inhabitants = await register.Inhabitants(scope, cancel);
        var into = new Columns(columns);
        for (var at = 0; at < latest.Length; at++)
        {
            if (latest[at] is not { IsThere: true } totals)
                continue;
            var source = !scope.WithSources ? null : new FeatureSource(totals.Source, totals.ObservedOn, null, new(
                $"收支表 {totals.From:yyyy-MM} 至 {totals.To:yyyy-MM}", $"Income sheet {totals.From:yyyy-MM} to {totals.To:yyyy-MM}"));
            var sheet = totals.Sheet(scope.Households[at]);
            into.Write(at, sheet, accounts.Formula.Calculate(sheet, inhabitants[at].Size), source);
        }
    }

    private sealed class Columns(IReadOnlyDictionary<string, FeatureColumn> columns)
    {
        private readonly FeatureColumn _wage = columns["income.wage"], _business = columns["income.business"], _property = columns["income.property"],
            _transfer = columns["income.transfer"], _cost = columns["income.cost"], _claim = columns["income.claim"], _rigid = columns["income.rigid"],
            _gross = columns["income.gross"], _net = columns["income.net"], _netPerHead = columns["income.net_per_capita"],
            _monitoringPerHead = columns["income.monitoring_per_capita"], _previous = columns["income.previous_net_per_capita"];

        public void Write(int at, IncomeSheet sheet, IncomeResult result, FeatureSource? source)
        {
            _wage.Set(at, sheet.Wage, source);
            _business.Set(at, sheet.Business, source);
            _property.Set(at, sheet.Property, source);
            _transfer.Set(at, sheet.Transfer, source);
            _cost.Set(at, sheet.Cost, source);
            _claim.Set(at, sheet.Claim, source);
            _rigid.Set(at, sheet.SelfPaid, source);
            _gross.Set(at, result.Gross, source);
            _net.Set(at, result.Net, source);
            _netPerHead.Set(at, result.NetPerHead, source);
            _monitoringPerHead.Set(at, result.MonitoringPerHead, source);
            _previous.Set(at, sheet.PreviousNetPerHead, source);
        }
    }

    private static Feature Yuan(string name, string zh, string en, string formula) =>
        RegisterFeatures.Feature(name, RuleType.Decimal, Unit.Yuan, zh, en, $"收支表：{formula}", $"Income sheet: {formula}") with { OfIncomeSheet = true };

    private static Feature PerHead(string name, string zh, string en, string formula) =>
        RegisterFeatures.Feature(name, RuleType.Decimal, Unit.YuanPerHead, zh, en, formula, $"Income sheet: {formula}") with { OfIncomeSheet = true };
}
