using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Shouwang.Platform.Storage;

/// <summary>The households about which a unit of work says something: their rules are looked at again.</summary>
/// <remarks>
/// A record about a household names it as <c>HouseholdId</c>; whoever adds or changes one need not think of screening. What
/// is written past the context, such as facts and files, says so itself (<see cref="Keys"/>).
/// </remarks>
internal static class TouchedHouseholds
{
    private const string Household = "HouseholdId", County = "County";

    public static ILookup<string, Guid> In(ChangeTracker tracker) => tracker.Entries()
        .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
            && e.Metadata.FindProperty(Household) is not null && e.Metadata.FindProperty(County) is not null)
        .Select(e => (County: (string)e.CurrentValues[County]!, Household: e.CurrentValues[Household] as Guid?))
        .Where(e => e.Household is not null).Distinct()
        .ToLookup(e => e.County, e => e.Household!.Value);
}
