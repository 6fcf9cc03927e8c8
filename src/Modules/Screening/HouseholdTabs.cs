using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Modules.Screening.Pages;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

internal sealed class LeadsTab(ILeads leads) : IHouseholdTab
{
    public string Key => "leads";
    public int Order => 30;
    public Text Title => new("线索", "Leads");
    public string Permission => Permissions.LeadsRead;
    public Type Component => typeof(HouseholdLeadsTab);

    public async Task<int?> Count(Actor actor, Guid household, CancellationToken cancel) =>
        (await leads.Of(actor, household, cancel)).Count is > 0 and var count ? count : null;
}

internal sealed class ChecksTab : IHouseholdTab
{
    public string Key => "checks";
    public int Order => 32;
    public Text Title => new("风险体检", "Check-up");
    public string Permission => Permissions.HouseholdsRead;
    public Type Component => typeof(HouseholdChecksTab);
    public Task<int?> Count(Actor actor, Guid household, CancellationToken cancel) => Task.FromResult<int?>(null);
}
