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

/// <summary>What a module knows to have happened to a household, for the timeline of its file.</summary>
public interface IHouseholdTimeline
{
    /// <summary>In any order. <see cref="HouseholdMoment.On"/> is when it happened, not when it was entered.</summary>
    Task<IReadOnlyList<HouseholdMoment>> Of(Actor actor, Guid household, CancellationToken cancel);
}

/// <param name="Who">Display or sign-in name, or null.</param>
/// <param name="Detail">One line; nothing that is masked elsewhere.</param>
public sealed record HouseholdMoment(DateOnly On, Text Title, string? Who = null, string? Detail = null, string? Href = null, Tone Tone = Tone.Plain);

/// <summary>What every tab gets.</summary>
public abstract class HouseholdTab : DeskComponent
{
    [Microsoft.AspNetCore.Components.Parameter] public Guid Household { get; set; }
    [Microsoft.AspNetCore.Components.Parameter] public string Code { get; set; } = "";
    [Microsoft.AspNetCore.Components.Parameter] public AreaCode Area { get; set; }
}
