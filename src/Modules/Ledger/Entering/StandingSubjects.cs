using Microsoft.EntityFrameworkCore;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger.Entering;

/// <summary>A finding or lead of a problem, for pages.</summary>
/// <param name="GoneOn">Null while it stands.</param>
public sealed record ShownSubject(Guid Id, string? Code, HouseholdRef? Household, DateOnly Since, DateOnly? GoneOn);

/// <summary>What a problem that a rule entered stands for.</summary>
/// <param name="Standing">Still there; the others are gone.</param>
/// <param name="Rows">Those that stand first, then the oldest.</param>
public sealed record ShownSubjects(int Standing, int All, IReadOnlyList<ShownSubject> Rows);

/// <summary>Shows the findings and leads of a problem to those who see the problem.</summary>
internal sealed class StandingSubjects(ShouwangDb db, IHouseholds households)
{
    /// <summary>Null when no rule entered the problem, or the actor does not see it.</summary>
    public async Task<ShownSubjects?> Of(Actor actor, Guid issue, int take, CancellationToken cancel)
    {
        if (await db.Set<Issue>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).Where(i => i.Id == issue && i.Rule != null).Select(i => i.County).SingleOrDefaultAsync(cancel) is not { } county)
            return null;
        var rows = db.Set<IssueSubject>().AsNoTracking().Where(s => s.County == county && s.IssueId == issue);
        var page = await rows.OrderBy(s => s.GoneOn != null).ThenBy(s => s.Since).ThenBy(s => s.SubjectId).Take(take).ToListAsync(cancel);
        var homes = await households.Refs(county, [.. page.Select(s => s.HouseholdId).OfType<Guid>().Distinct()], cancel);
        return new(await rows.CountAsync(s => s.GoneOn == null, cancel), await rows.CountAsync(cancel),
            [.. page.Select(s => new ShownSubject(s.SubjectId, s.Code, s.HouseholdId is { } home ? homes.GetValueOrDefault(home) : null, s.Since, s.GoneOn))]);
    }
}
