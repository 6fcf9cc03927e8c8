using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform.Components;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>Visits that a step can name as its evidence.</summary>
internal sealed class LeadVisits(ShouwangDb db) : ILeadVisits
{
    public async Task<IReadOnlyList<VisitChoice>> Of(string county, Guid household, DateOnly notBefore, CancellationToken cancel) =>
        [.. (await db.Set<Visit>().AsNoTracking().Where(v => v.County == county && v.HouseholdId == household && v.VisitedOn >= notBefore)
            .OrderByDescending(v => v.VisitedOn).ThenByDescending(v => v.Id).Take(20).ToListAsync(cancel)).Select(v => new VisitChoice(v.Id, TitleOf(v)))];

    private static Text TitleOf(Visit visit)
    {
        var (purpose, day) = (CaseWords.Of(visit.Purpose), Screen.Date(visit.VisitedOn));
        var names = string.Join('、', FindVisit.With(visit).Visitors.Select(v => v.Name));
        return new($"{day} {purpose.Zh}（{names}）", $"{day} {purpose.En} ({names})");
    }
}
