using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Platform.Components;

/// <summary>A tab of the household file 一户一档. Modules register theirs; the file shows them in their order.</summary>
/// <remarks>The component takes the parameters <c>Household</c> (id), <c>Code</c> and <c>Area</c> (the village).</remarks>
public interface IHouseholdTab
{
    /// <summary>The word in <c>?tab=</c>.</summary>
    string Key { get; }

    /// <summary>Register 10s, screening 30s, casework 40s, timeline last.</summary>
    int Order { get; }

    Text Title { get; }

    /// <summary>Who lacks it does not see the tab.</summary>
    string Permission { get; }

    /// <summary>The component that shows it.</summary>
    Type Component { get; }

    /// <summary>A number beside the title, such as open leads; null for none.</summary>
    Task<int?> Count(Actor actor, Guid household, CancellationToken cancel);
}

/// <summary>What every tab gets.</summary>
public abstract class HouseholdTab : DeskComponent
{
    [Microsoft.AspNetCore.Components.Parameter] public Guid Household { get; set; }
    [Microsoft.AspNetCore.Components.Parameter] public string Code { get; set; } = "";
    [Microsoft.AspNetCore.Components.Parameter] public AreaCode Area { get; set; }
}
