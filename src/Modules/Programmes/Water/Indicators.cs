using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Water;

/// <summary>G22: households with safe water. INDICATORS §4.</summary>
internal sealed class WaterIndicators(ShouwangDb db, IResidents register) : IIndicatorSource
{
    public IReadOnlyList<IndicatorDefinition> Indicators { get; } =
    [
        new("G22", new("饮水安全保障率", "Households with safe water"), new("%", "%"), 2,
            new("饮水四项指标全部达标的户数 ÷ 全部户数；情况不明的不算达标",
                "Households that meet all four indicators ÷ all households; unknown is not safe"), IndicatorKind.Percent),
    ];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var whole = await WholeCounty.Of(register, county, asOf, policy, cancel);
        var surveys = await LatestSurveys.Load(db, whole.Scope, cancel);
        for (var i = 0; i < surveys.Length; i++)
            part(new("G22", whole.Homes[i].Area.Digits, whole.Homes[i].Id, surveys[i]?.Found.IsSafe(asOf) is true ? 1 : 0, 1));
    }
}
