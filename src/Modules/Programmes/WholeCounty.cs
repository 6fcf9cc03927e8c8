using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Programmes;

/// <summary>All households of a county, for figures about areas and checks of tables.</summary>
/// <param name="Homes">In the order of the scope's places.</param>
internal sealed record WholeCounty(FeatureScope Scope, IReadOnlyList<Residence> Homes)
{
    public static async Task<WholeCounty> Of(IResidents register, AreaCode county, DateOnly asOf, Policy policy, CancellationToken cancel)
    {
        var homes = await register.Households(county.Digits, null, cancel);
        return new(new(county, asOf, [.. homes.Select(h => h.Id)], true, policy), homes);
    }
}
