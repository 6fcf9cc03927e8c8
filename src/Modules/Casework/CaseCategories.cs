using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Casework;

/// <summary>Whether a household can be monitored under a category (DOMAIN §5.2): the base status decides, income is a reference only.</summary>
internal sealed class CaseCategories(IHouseholds households)
{
    public async Task<IReadOnlyList<Problem>> Check(string county, Guid household, string category, Policy policy, CancellationToken cancel)
    {
        if (policy.Categories.All(c => c.Code != category) || !Enum.TryParse<MonitoringCategory>(category, out var wanted))
            return [Refusals.Category(category)];
        var found = await households.Open(Actor.System(new(county)), household, inFull: false, cancel);
        return Unfit(wanted, found?.Status) is { } why ? [Refusals.CategoryUnfit(policy.CategoryName(category), why)] : [];
    }

    private static Text? Unfit(MonitoringCategory wanted, RegistryStatus? status) => wanted switch
    {
        MonitoringCategory.UnstableLifted when status is not (RegistryStatus.Lifted or RegistryStatus.ReturnedToPoverty or RegistryStatus.PreLifted) =>
            new("该户不是脱贫户", "it was not lifted from poverty"),
        MonitoringCategory.MarginalAtRisk when RegistryTerms.IsRegistered(status) == true => new("该户是建档立卡户", "it is on the poverty register"),
        MonitoringCategory.None => new("“无”不是类别", "none is no category"),
        MonitoringCategory.UnstableLifted or MonitoringCategory.MarginalAtRisk or MonitoringCategory.SuddenHardship or MonitoringCategory.GeneralKey => null,
    };
}
