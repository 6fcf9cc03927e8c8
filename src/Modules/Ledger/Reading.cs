using Shouwang.Modules.Ledger.Listings;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Ledger;

/// <summary>Who reads the words of the ledger and opens its evidence: asked of rows that lie in the reader's area already.</summary>
/// <remarks>Words about a place are as open as the row. Those about a household may speak of illness; they are for whoever sees health details, and for whoever has to act on them.</remarks>
internal static class Reading
{
    /// <summary>
    /// Of a household's problem: for posts that see households unmasked, the department in whose queue it stands, the person it is assigned to, whoever examines it and
    /// strikes it off (nobody can answer for what is hidden), and, where it was found at a listed object, whoever keeps that object's log.
    /// </summary>
    public static bool IsReadBy(this Issue issue, Actor actor) => issue.HouseholdId is null || !actor.SeesMasked
        || actor.May(Permissions.IssuesClose, new(issue.Area), issue.HouseholdId)
        || actor.Role == Role.IndustryDept && actor.Department is { } own && own == issue.Department
        || issue.PersonUser is { } person && person == actor.User
        || issue.ListingId is not null && actor.May(Permissions.ListingsLog, new(issue.Area), issue.HouseholdId);

    /// <summary>Of a listed household: for whoever sees health details or supervises it.</summary>
    public static bool IsReadBy(this Listing listing, Actor actor) =>
        listing.Kind != ListedKind.Household || !actor.SeesMasked || actor.May(Permissions.ListingsLog, new(listing.Area), listing.HouseholdId);
}
