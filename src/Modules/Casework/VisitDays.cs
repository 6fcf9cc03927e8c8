using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>Visits as the review of a day needs them.</summary>
internal sealed class VisitDays(ShouwangDb db, Secrets secrets) : IVisitDays
{
    public async Task<IReadOnlyList<DayVisit>> Of(Actor actor, AreaCode area, DateOnly day, CancellationToken cancel)
    {
        var visits = await Inside(actor, area).Where(v => v.VisitedOn == day).OrderBy(v => v.Area).ThenBy(v => v.RecordedAt).ThenBy(v => v.Id).ToListAsync(cancel);
        return [.. visits.Select(v => Of(v, actor))];
    }

    public async Task<IReadOnlyList<VillageVisits>> Count(Actor actor, AreaCode area, DateOnly from, DateOnly to, CancellationToken cancel) =>
        [.. (await Inside(actor, area).Where(v => v.VisitedOn >= from && v.VisitedOn <= to).GroupBy(v => new { v.Area, v.VisitedOn }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel))
            .Select(g => new VillageVisits(g.Key.Area, g.Key.VisitedOn, g.Count)).OrderBy(g => g.Village, StringComparer.Ordinal).ThenBy(g => g.On)];

    private IQueryable<Visit> Inside(Actor actor, AreaCode area)
    {
        var (from, to) = (area.Digits, area.RangeEnd);
        return db.Set<Visit>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, v => v.HouseholdId).Where(v => string.Compare(v.Area, from) >= 0 && string.Compare(v.Area, to) < 0);
    }

    private DayVisit Of(Visit v, Actor actor)
    {
        var findings = JsonSerializer.Deserialize<Dictionary<VisitSubject, VisitFinding>>(v.Findings, JsonTexts.Options)!;
        var notes = !actor.SeesMasked && secrets.Decrypt(v.NotesEnc) is { } json ? JsonSerializer.Deserialize<VisitNotes>(json, JsonTexts.Options) : null;
        return new(v.Id, v.HouseholdId, v.Area, v.VisitedOn, v.Purpose, v.Mode, FindVisit.With(v).Visitors, findings, v.CardOnWall, v.YardClean, v.Satisfied,
            notes?.Notes ?? new Dictionary<VisitSubject, string>(), string.IsNullOrWhiteSpace(notes?.Needs) ? null : notes.Needs, [.. Enum.GetValues<VisitSubject>().Where(s => !findings.ContainsKey(s))]);
    }
}
