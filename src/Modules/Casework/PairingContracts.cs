using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Casework.Contracts;

/// <summary>The posts a household is assigned to by name. A person may have many households, and a household people of several posts.</summary>
public enum Post
{
    /// <summary>结对帮扶责任人: visits monthly and follows every benefit. One at a time.</summary>
    PairingHelper,

    /// <summary>监测责任人: keeps the household's data up to date. One at a time.</summary>
    MonitoringOfficer,

    /// <summary>主体帮扶人 of neighbour pairing 户帮户亲帮亲: a neighbour or relative who helps. There may be several.</summary>
    MainHelper,

    /// <summary>帮扶联络员 of neighbour pairing: keeps helpers and households in touch. There may be several.</summary>
    Liaison,
}

/// <summary>A person who answers for a household.</summary>
public sealed record Assigned(Guid Household, Post Post, Guid? User, string Person, string Unit, DateOnly FromOn, DateOnly? ToOn);

/// <summary>Somebody with a post, by whom households are kept together: the account where there is one, else name and unit.</summary>
public sealed record Helper(Post Post, string Person, string Unit, Guid? User = null);

/// <summary>How many households somebody answers for today; to share out work evenly, not to compare people.</summary>
/// <param name="Since">Since when the longest.</param>
public sealed record HelperLoad(Helper Helper, int Households, DateOnly Since);

/// <summary>A household of a helper.</summary>
public sealed record HelpedHousehold(Guid Household, string Area, DateOnly FromOn);

/// <summary>A monitored household for which nobody with a post answers.</summary>
/// <param name="Named">The helper whom the register's files name although nobody was assigned; null where they name nobody, or somebody helps.</param>
public sealed record PairingGap(Guid Household, string Area, Text State, bool NoHelper, bool NoOfficer, string? Named);

/// <summary>How far the monitored households of an area are paired.</summary>
/// <param name="Helped">With a pairing helper.</param>
/// <param name="Watched">With a monitoring officer.</param>
public sealed record PairingCoverage(string Village, int Monitored, int Helped, int Watched);

/// <summary>Hands households of one person over to another from a day on.</summary>
/// <param name="To">Null: nobody follows yet, and the households stand among the gaps.</param>
/// <param name="On">Not in the future, and not before the first of the households was taken over.</param>
/// <param name="Reason">Why, and what the next person has to know.</param>
/// <param name="Only">Only these households; null for all that lie in the actor's area.</param>
public sealed record HandOver(Helper From, Helper? To, string? Phone, DateOnly On, string Reason, IReadOnlyCollection<Guid>? Only = null);

/// <summary>Pairing of people with households 结对: who, with what load, where somebody is lacking, and hand-over.</summary>
public interface IPairing
{
    /// <summary>Everybody who ever answered for the household, the newest first.</summary>
    Task<IReadOnlyList<Assigned>> Of(string county, Guid household, CancellationToken cancel);

    /// <summary>How many households of an area each person answers for today, the fullest first.</summary>
    Task<IReadOnlyList<HelperLoad>> Loads(Actor actor, AreaCode area, CancellationToken cancel);

    /// <summary>The households somebody answers for today, as far as they lie in the actor's area.</summary>
    Task<IReadOnlyList<HelpedHousehold>> Households(Actor actor, Helper helper, CancellationToken cancel);

    /// <summary>Monitored households without a helper or an officer, village by village.</summary>
    Task<IReadOnlyList<PairingGap>> Gaps(Actor actor, AreaCode area, int limit, CancellationToken cancel);

    /// <summary>How far the monitored households of each village are paired.</summary>
    Task<IReadOnlyList<PairingCoverage>> Coverage(Actor actor, AreaCode area, CancellationToken cancel);

    /// <summary>Gives several households to one person; where somebody else answers for one already, it is handed over.</summary>
    /// <returns>How many were given.</returns>
    Task<Outcome<int>> Assign(Actor actor, Helper helper, string? phone, IReadOnlyCollection<Guid> households, string? handOver, CancellationToken cancel);

    /// <summary>Makes those whom the register names as helper or contact of monitored households the people in charge, where nobody is.</summary>
    /// <returns>How many assignments were made.</returns>
    Task<Outcome<int>> Adopt(Actor actor, AreaCode area, CancellationToken cancel);

    /// <summary>Hands over; who answered before stays on record.</summary>
    /// <returns>How many households were handed over.</returns>
    Task<Outcome<int>> HandOver(Actor actor, HandOver handOver, CancellationToken cancel);
}
