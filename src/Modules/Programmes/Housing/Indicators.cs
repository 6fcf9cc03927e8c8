using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Housing;

/// <summary>G20: households that live in a house graded C or D. INDICATORS §4.</summary>
internal sealed class HousingIndicators(ShouwangDb db, IResidents register) : IIndicatorSource
{
    public IReadOnlyList<IndicatorDefinition> Indicators { get; } =
    [
        new("G20", new("C/D级未销号户数", "Households in an open C/D house"), new("户", "households"), 0,
            new("实际居住的房屋鉴定为C级或D级且改造未验收的户数", "Households whose house is graded C or D, lived in, and without an accepted renovation"),
            IndicatorKind.Count),
    ];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        var whole = await WholeCounty.Of(register, county, asOf, policy, cancel);
        var deciding = await DecidingAppraisals.Load(db, whole.Scope, cancel);
        for (var i = 0; i < deciding.Length; i++)
        {
            if (deciding[i] is { IsUnsafe: true })
                part(new("G20", whole.Homes[i].Area.Digits, whole.Homes[i].Id, 1, 0));
        }
    }
}
