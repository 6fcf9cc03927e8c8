using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Casework;

/// <summary>Who answers for which household, how the work is shared out, and where somebody is lacking.</summary>
internal sealed class Pairing(ShouwangDb db, AssignPerson assign, HandOverHouseholds handOver, ICurrentFacts current, Today today) : IPairing, IAssignments
{
    /// <summary>The unit of people of whom files gave no more than the name.</summary>
    public const string UnitOfFiles = "户表所载";

    async Task<IReadOnlyList<Guid>> IAssignments.Of(string county, Guid user, CancellationToken cancel) =>
        await db.Set<Assignment>().AsNoTracking().Where(a => a.County == county && a.UserId == user && a.ToOn == null)
            .Select(a => a.HouseholdId).Distinct().ToListAsync(cancel);

    public async Task<IReadOnlyList<Assigned>> Of(string county, Guid household, CancellationToken cancel) =>
        await db.Set<Assignment>().AsNoTracking().Where(a => a.County == county && a.HouseholdId == household)
            .OrderByDescending(a => a.FromOn).ThenByDescending(a => a.Id)
            .Select(a => new Assigned(a.HouseholdId, a.Post, a.UserId, a.Person, a.Unit, a.FromOn, a.ToOn)).ToListAsync(cancel);

    public async Task<IReadOnlyList<HelperLoad>> Loads(Actor actor, AreaCode area, CancellationToken cancel)
    {
        var loads = await Now(actor, area).GroupBy(a => new { a.Post, a.Person, a.Unit, a.UserId })
            .Select(g => new { g.Key, Count = g.Count(), Since = g.Min(a => a.FromOn) }).ToListAsync(cancel);
        return [.. loads.Select(l => new HelperLoad(new(l.Key.Post, l.Key.Person, l.Key.Unit, l.Key.UserId), l.Count, l.Since))
            .OrderBy(l => l.Helper.Post).ThenByDescending(l => l.Households).ThenBy(l => l.Helper.Person, StringComparer.Ordinal).ThenBy(l => l.Helper.Unit, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<HelpedHousehold>> Households(Actor actor, Helper helper, CancellationToken cancel) =>
        await Now(actor, actor.Area).Where(a => a.Post == helper.Post && a.Person == helper.Person && a.Unit == helper.Unit && a.UserId == helper.User)
            .OrderBy(a => a.Area).ThenBy(a => a.FromOn).ThenBy(a => a.Id).Select(a => new HelpedHousehold(a.HouseholdId, a.Area, a.FromOn)).ToListAsync(cancel);

    public async Task<IReadOnlyList<PairingGap>> Gaps(Actor actor, AreaCode area, int limit, CancellationToken cancel)
    {
        var gaps = (await Monitored(actor, area, cancel)).Where(m => !m.Helper || !m.Officer).Take(limit).ToList();
        var named = await Named(actor.County, [.. gaps.Select(g => g.Household)], cancel);
        return [.. gaps.Select(g => new PairingGap(g.Household, g.Area, ObjectStates.NameOf(g.State), !g.Helper, !g.Officer, g.Helper ? null : named.GetValueOrDefault((g.Household, Post.PairingHelper))))];
    }

    public async Task<IReadOnlyList<PairingCoverage>> Coverage(Actor actor, AreaCode area, CancellationToken cancel) =>
        [.. (await Monitored(actor, area, cancel)).GroupBy(m => m.Area).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new PairingCoverage(g.Key, g.Count(), g.Count(m => m.Helper), g.Count(m => m.Officer)))];

    public Task<Outcome<int>> Assign(Actor actor, Helper helper, string? phone, IReadOnlyCollection<Guid> households, string? handOver, CancellationToken cancel) =>
        db.Atomically<int>(async () =>
        {
            if (households.Count == 0)
                return Refusals.NoneChosen;
            foreach (var household in households)
            {
                var given = await assign.Run(actor, new(household, helper.Post, helper.User, helper.Person, helper.Unit, phone, handOver), cancel);
                if (!given.Succeeded)
                    return given.Problems.ToList();
            }
            return households.Count;
        }, cancel);

    public async Task<Outcome<int>> Adopt(Actor actor, AreaCode area, CancellationToken cancel)
    {
        if (!actor.May(Permissions.AssignmentsEdit, area))
            return Steps.NotPermitted(Permissions.AssignmentsEdit);
        return await db.Atomically<int>(async () =>
        {
            var gaps = (await Monitored(actor, area, cancel)).Where(m => !m.Helper || !m.Officer).ToList();
            var named = await Named(actor.County, [.. gaps.Select(g => g.Household)], cancel);
            var made = 0;
            foreach (var gap in gaps)
            {
                foreach (var post in (Post[])[Post.PairingHelper, Post.MonitoringOfficer])
                {
                    if ((post == Post.PairingHelper ? gap.Helper : gap.Officer) || named.GetValueOrDefault((gap.Household, post)) is not { } person)
                        continue;
                    db.Add(new Assignment
                    {
                        County = actor.County, Id = Guid.CreateVersion7(), HouseholdId = gap.Household, Area = gap.Area, Post = post, Person = person, Unit = UnitOfFiles,
                        FromOn = today.Day, SetBy = actor.Name,
                    });
                    made++;
                }
            }
            if (made > 0)
                db.Log("casework.paired-as-named", area, area.Digits, actor.Name, today.Clock, new { Households = made });
            return made;
        }, cancel);
    }

    public Task<Outcome<int>> HandOver(Actor actor, HandOver wanted, CancellationToken cancel) => handOver.Run(actor, wanted, cancel);

    // Whoever may see cases sees who answers for them.
    private IQueryable<Assignment> Now(Actor actor, AreaCode area)
    {
        var (from, to) = (area.Digits, area.RangeEnd);
        return db.Set<Assignment>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, a => a.HouseholdId)
            .Where(a => string.Compare(a.Area, from) >= 0 && string.Compare(a.Area, to) < 0 && a.ToOn == null);
    }

    private sealed record Watched(Guid Household, string Area, ObjectState State, bool Helper, bool Officer);

    private async Task<List<Watched>> Monitored(Actor actor, AreaCode area, CancellationToken cancel)
    {
        var (from, to) = (area.Digits, area.RangeEnd);
        return await db.Set<MonitoredObject>().AsNoTracking().VisibleTo(actor, Permissions.CasesRead, o => o.HouseholdId)
            .Where(o => string.Compare(o.Area, from) >= 0 && string.Compare(o.Area, to) < 0 && ObjectStates.Active.Contains(o.State)).OrderBy(o => o.Area).ThenBy(o => o.IdentifiedOn).ThenBy(o => o.Id)
            .Select(o => new Watched(o.HouseholdId, o.Area, o.State,
                db.Set<Assignment>().Any(a => a.County == o.County && a.HouseholdId == o.HouseholdId && a.Post == Post.PairingHelper && a.ToOn == null),
                db.Set<Assignment>().Any(a => a.County == o.County && a.HouseholdId == o.HouseholdId && a.Post == Post.MonitoringOfficer && a.ToOn == null))).ToListAsync(cancel);
    }

    private async Task<Dictionary<(Guid, Post), string>> Named(string county, IReadOnlyCollection<Guid> households, CancellationToken cancel)
    {
        var named = new Dictionary<(Guid, Post), string>();
        foreach (var facts in households.Count == 0 ? [] : await current.Of(county, households, cancel))
        {
            foreach (var post in (Post[])[Post.PairingHelper, Post.MonitoringOfficer])
            {
                if (facts.Member is null && facts.Values.TryGetValue(post.FieldName!, out var fact) && fact.Value.Trim() is { Length: > 0 } name)
                    named[(facts.Household, post)] = name;
            }
        }
        return named;
    }
}
