using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>A visit that may stand behind a step.</summary>
/// <param name="People">The accounts of those who went, and of who recorded it: none of them approves what it found.</param>
internal sealed record VerifiedVisit(Visit Visit, IReadOnlyList<Visitor> Visitors, IReadOnlySet<Guid> People);

/// <summary>Finds the visit that a step names, and says why it will not do.</summary>
internal sealed class FindVisit(ShouwangDb db)
{
    /// <summary>A visit to the household, at home, by two people or more, not before a day.</summary>
    public async Task<Outcome<VerifiedVisit>> Verifying(string county, Guid household, Guid? id, DateOnly notBefore, CancellationToken cancel)
    {
        if (id is null || await db.Set<Visit>().AsNoTracking().SingleOrDefaultAsync(v => v.County == county && v.Id == id, cancel) is not { } visit)
            return Refusals.NoVisit;
        var problems = new List<Problem>();
        if (visit.HouseholdId != household)
            problems.Add(Refusals.VisitOfOther);
        if (visit.VisitedOn < notBefore)
            problems.Add(Refusals.VisitTooOld(notBefore));
        if (visit.Mode != VisitMode.AtHome)
            problems.Add(Refusals.VisitByPhone);
        if (visit.VisitorCount < 2)
            problems.Add(Refusals.TwoInvestigators);
        return problems.Count > 0 ? problems : With(visit);
    }

    /// <summary>The people who were there, as a visit keeps them.</summary>
    public static List<Visitor> VisitorsOf(string kept) => JsonSerializer.Deserialize<List<Visitor>>(kept, JsonTexts.Options)!;

    public static VerifiedVisit With(Visit visit)
    {
        var visitors = VisitorsOf(visit.Visitors);
        return new(visit, visitors, visitors.Select(v => v.User).OfType<Guid>().Append(visit.RecordedBy).ToHashSet());
    }
}
