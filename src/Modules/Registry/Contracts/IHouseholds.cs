using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Registry.Contracts;

/// <summary>A household as others point at it.</summary>
/// <param name="Area">The village; township or county where the village is not known.</param>
/// <param name="Village">The village's name.</param>
public sealed record HouseholdRef(Guid Id, string Code, AreaCode Area, string Village, string HeadName)
{
    /// <summary>The head's name in lists about something else: masked for posts that do not see households, or see them masked. Who may open the household's file finds it there.</summary>
    public string HeadFor(Actor actor) => actor.SeesMasked ? Hide.Name(HeadName) : HeadName;
}

/// <summary>What a list of households is narrowed to. Everything set has to hold.</summary>
/// <param name="Text">
/// One box for everything: the beginning of a name, pinyin initials, a full citizen id, a phone, or the beginning of a household or member code.
/// </param>
/// <param name="Area">A village, township or county.</param>
/// <param name="Registered">On the poverty register or not.</param>
/// <param name="Monitored">On the monitoring list and not taken off it, or not.</param>
/// <param name="Among">Only these, such as those with an open lead.</param>
/// <param name="After">Where the last page ended: <see cref="HouseholdPage.Next"/>.</param>
public sealed record HouseholdFilter(
    string? Text = null, AreaCode? Area = null, RegistryStatus? Status = null, bool? Registered = null, MonitoringCategory? Category = null,
    bool? Monitored = null, IReadOnlyCollection<Guid>? Among = null, string? After = null, int Take = 50);

/// <summary>A row of a list of households.</summary>
/// <param name="Size">Members of state normal.</param>
/// <param name="Match">The member a search for a person found; null in plain lists.</param>
public sealed record HouseholdRow(
    Guid Id, string Code, AreaCode Area, string Village, string? Group, string HeadName, int Size, RegistryStatus? Status,
    MonitoringCategory Category, bool Monitored, string? Match);

/// <param name="Next">Where the next page begins, or null on the last.</param>
public sealed record HouseholdPage(IReadOnlyList<HouseholdRow> Rows, string? Next);

/// <summary>Finding and listing households.</summary>
public interface IHouseholds
{
    /// <summary>By code 户编号 or id, if the actor may see it.</summary>
    Task<HouseholdRef?> Find(Actor actor, string codeOrId, CancellationToken cancel);

    /// <summary>Those of the ids that exist.</summary>
    Task<IReadOnlyDictionary<Guid, HouseholdRef>> Refs(string county, IReadOnlyCollection<Guid> ids, CancellationToken cancel);

    /// <summary>All of a county, in the order of their codes.</summary>
    Task<IReadOnlyList<HouseholdRef>> All(string county, CancellationToken cancel);

    /// <summary>The ids of a county's households, in the order of their codes.</summary>
    Task<IReadOnlyList<Guid>> Ids(string county, CancellationToken cancel);

    /// <summary>One page, in the order of villages and codes; searches for people in the order of names.</summary>
    Task<HouseholdPage> List(Actor actor, HouseholdFilter filter, CancellationToken cancel);

    /// <summary>The household with its members; numbers, phones and health masked where the actor may not see them, or unless asked for in full.</summary>
    /// <param name="inFull">Opens masked values; the caller logs it as an audited act.</param>
    Task<RegisterHousehold?> Open(Actor actor, Guid household, bool inFull, CancellationToken cancel);

    /// <summary>Who came, left and moved, the latest first.</summary>
    Task<IReadOnlyList<MembershipChange>> History(string county, Guid household, CancellationToken cancel);
}

/// <summary>The whole register, for checks and figures.</summary>
public interface IRegister
{
    /// <summary>Every household of a county with its members, village by village in the order of codes, in clear.</summary>
    IAsyncEnumerable<RegisterHousehold> Read(string county, CancellationToken cancel);
}

/// <summary>What happened to a membership. A member who leaves keeps the number (DOMAIN §4).</summary>
public enum MembershipKind
{
    /// <summary>Came to a household that was listed before.</summary>
    Joined,

    /// <summary>Is no longer of state normal: dead, moved, married out.</summary>
    Left,

    /// <summary>Is of state normal again.</summary>
    Returned,

    /// <summary>Went to another household; also how a household is split or merged.</summary>
    Moved,

    /// <summary>Another change of state among those who left.</summary>
    Restated,
}

public sealed record MembershipChange(
    Guid Member, string MemberCode, string? MemberName, MembershipKind Kind, Guid Household, Guid? FromHousehold, LifeState? FromState, LifeState? ToState,
    DateOnly ObservedOn, DateTimeOffset RecordedAt, string RecordedBy);

/// <summary>The area tree of a county, with the villages that files taught where the policy's table has none.</summary>
public interface IAreas
{
    Task<AreaTree> Of(string county, CancellationToken cancel);
}

/// <summary>An area of the tree.</summary>
/// <param name="Learnt">Not in the policy's area table; a file named it.</param>
public sealed record AreaName(AreaCode Code, string Name, bool Learnt);

/// <summary>The areas of one county.</summary>
public sealed class AreaTree(IEnumerable<AreaName> areas)
{
    private readonly Dictionary<AreaCode, AreaName> _areas = areas.ToDictionary(a => a.Code);

    /// <summary>In the order of codes.</summary>
    public IReadOnlyList<AreaName> All { get; } = [.. areas.OrderBy(a => a.Code)];

    public AreaName? Find(AreaCode code) => _areas.GetValueOrDefault(code);

    /// <summary>The name, or the code where there is none.</summary>
    public string NameOf(AreaCode code) => Find(code)?.Name ?? code.Digits;

    /// <summary>The areas one level below.</summary>
    public IEnumerable<AreaName> Children(AreaCode parent) => All.Where(a => a.Code != parent && a.Code.Parent == parent);
}
