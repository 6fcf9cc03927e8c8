using Shouwang.Kernel;
using Shouwang.Modules.Casework.Pages;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Casework;

internal sealed class HouseholdHelpTab : IHouseholdTab
{
    public string Key => "help";
    public int Order => 40;
    public Text Title => new("帮扶", "Help");
    public string Permission => Permissions.CasesRead;
    public Type Component => typeof(HelpTab);
    public Task<int?> Count(Actor actor, Guid household, CancellationToken cancel) => Task.FromResult<int?>(null);
}

internal sealed class HouseholdVisitsTab : IHouseholdTab
{
    public string Key => "visits";
    public int Order => 42;
    public Text Title => new("走访", "Visits");
    public string Permission => Permissions.CasesRead;
    public Type Component => typeof(VisitsTab);
    public Task<int?> Count(Actor actor, Guid household, CancellationToken cancel) => Task.FromResult<int?>(null);
}
