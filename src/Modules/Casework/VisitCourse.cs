using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <inheritdoc cref="IVisitCourse"/>
internal sealed class VisitCourse(ShouwangDb db, Secrets secrets) : IVisitCourse
{
    private static readonly Dictionary<string, string> None = [];

    public Task Homes(AreaCode county, DateOnly from, DateOnly to, Action<Guid> read, CancellationToken cancel) =>
        db.Read($"select distinct household_id from visits where county = @county and visited_on between @from and @to and mode = '{VisitMode.AtHome}'",
            row => read(row.GetGuid(0)), cancel, ("@county", county.County.Digits), ("@from", from), ("@to", to));

    public async Task Read(AreaCode within, DateOnly from, DateOnly to, bool answers, Action<VisitMade> read, CancellationToken cancel)
    {
        var (county, first, end) = (within.County.Digits, within.Digits, within.RangeEnd);
        // Most visits find the same: the text is read once for each of the few that differ.
        var known = new Dictionary<string, IReadOnlyDictionary<VisitSubject, VisitFinding>>(StringComparer.Ordinal);
        var visits = db.Set<Visit>().AsNoTracking()
            .Where(v => v.County == county && v.VisitedOn >= from && v.VisitedOn <= to && string.Compare(v.Area, first) >= 0 && string.Compare(v.Area, end) < 0)
            .OrderBy(v => v.VisitedOn).ThenBy(v => v.Id)
            .Select(v => new { v.Id, v.HouseholdId, v.Area, v.VisitedOn, v.Mode, v.RecordedBy, v.CardOnWall, v.YardClean, v.Satisfied, v.Findings, Notes = answers ? v.NotesEnc : null });
        await foreach (var v in visits.AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (!known.TryGetValue(v.Findings, out var findings))
                known.Add(v.Findings, findings = JsonSerializer.Deserialize<Dictionary<VisitSubject, VisitFinding>>(v.Findings, JsonTexts.Options)!);
            var said = secrets.Decrypt(v.Notes) is { } json ? JsonSerializer.Deserialize<VisitNotes>(json, JsonTexts.Options)!.Answers : null;
            read(new(v.Id, v.HouseholdId, v.Area, v.VisitedOn, v.Mode, v.RecordedBy, v.CardOnWall, v.YardClean, v.Satisfied, findings, said ?? None));
        }
    }
}
