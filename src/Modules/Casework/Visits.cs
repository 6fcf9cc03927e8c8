using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Casework;

/// <summary>Visits as the field app hands them in.</summary>
internal sealed class Visits(ShouwangDb db, RecordVisit record, Today today) : IVisits
{
    public Task<IReadOnlyList<Outcome<Guid>>> Record(string county, IReadOnlyList<(Actor By, NewVisit Visit)> visits, CancellationToken cancel) =>
        record.Run(county, visits, cancel);

    public async Task<IReadOnlyDictionary<Guid, VisitRef>> Find(string county, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var wanted = ids.ToList();
        return await db.Set<Visit>().AsNoTracking().Where(v => v.County == county && wanted.Contains(v.Id))
            .Select(v => new VisitRef(v.Id, v.HouseholdId, v.VisitedOn, v.Purpose, v.VisitorCount)).ToDictionaryAsync(v => v.Id, cancel);
    }

    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> LastRecorded(string county, IReadOnlyCollection<Guid> households, CancellationToken cancel)
    {
        var last = new Dictionary<Guid, DateTimeOffset>();
        await db.Read($"select household_id, max(recorded_at) from visits where county = @county and {db.Among("household_id", "@households")} group by household_id",
            row => last.Add(row.GetGuid(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))), cancel, ("@county", county), ("@households", db.KeysOf(households)));
        return last;
    }

    public async Task<Outcome<int>> Cosign(Actor actor, Guid visit, Visitor visitor, CancellationToken cancel)
    {
        if (await db.Set<Visit>().AsNoTracking().SingleOrDefaultAsync(v => v.County == actor.County && v.Id == visit, cancel) is not { } found)
            return Refusals.NoVisit;
        if (!actor.May(Permissions.VisitsRecord, new(found.Area), found.HouseholdId))
            return Steps.NotPermitted(Permissions.VisitsRecord);
        var visitors = FindVisit.With(found).Visitors;
        if (visitors.Any(v => v.User == visitor.User))
            return found.VisitorCount;
        // Somebody whom the other investigator named without an account is the same person, now known.
        List<Visitor> all = [.. visitors.Where(v => v.User is not null || v.Name.Trim() != visitor.Name.Trim()), visitor];
        var (json, count) = (JsonSerializer.Serialize(all, JsonTexts.Options), RecordVisit.PeopleIn(all));
        return await db.Atomically<int>(async () =>
        {
            await db.Set<Visit>().Where(v => v.County == found.County && v.Id == visit)
                .ExecuteUpdateAsync(v => v.SetProperty(x => x.Visitors, json).SetProperty(x => x.VisitorCount, count), cancel);
            db.Log("casework.visit-signed", new(found.Area), visit.ToString(), actor.Name, today.Clock, new { Visitors = count });
            await db.SaveChangesAsync(cancel);
            return count;
        }, cancel);
    }
}
