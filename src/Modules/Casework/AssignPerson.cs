using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Casework;

/// <summary>Names somebody for a household.</summary>
/// <param name="User">The person's account, where there is one: it then sees the household.</param>
/// <param name="HandOver">Why it is handed over, and what the next person has to know; needed when somebody answers for it already.</param>
public sealed record AssignmentRequest(Guid Household, Post Post, Guid? User, string Person, string Unit, string? Phone, string? HandOver = null);

/// <summary>Assigns pairing helpers and monitoring officers, and keeps who answered for a household when.</summary>
internal sealed class AssignPerson(ShouwangDb db, IHouseholds households, IFacts facts, Secrets secrets, Today today)
{
    public async Task<Outcome<Guid>> Run(Actor actor, AssignmentRequest request, CancellationToken cancel)
    {
        if (await households.Find(actor, request.Household.ToString(), cancel) is not { } household)
            return Refusals.NoHousehold;
        if (!actor.May(Permissions.AssignmentsEdit, household.Area, household.Id))
            return Steps.NotPermitted(Permissions.AssignmentsEdit);
        if (string.IsNullOrWhiteSpace(request.Person) || string.IsNullOrWhiteSpace(request.Unit))
            return Refusals.PersonMissing;

        return await db.Atomically<Guid>(async () =>
        {
            var now = await db.Set<Assignment>().SingleOrDefaultAsync(
                a => a.County == actor.County && a.HouseholdId == household.Id && a.Post == request.Post && a.ToOn == null, cancel);
            if (now is not null && now.Person == request.Person.Trim() && now.Unit == request.Unit.Trim() && now.UserId == request.User)
                return Refusals.SamePerson;
            if (now is not null && string.IsNullOrWhiteSpace(request.HandOver))
                return Refusals.HandOverReason(now.Person);
            if (now is not null)
            {
                (now.ToOn, now.HandedOver, now.Version) = (today.Day, request.HandOver!.Trim(), now.Version + 1);
                await db.SaveChangesAsync(cancel); // before the next is added: only one may be without an end
            }
            var next = new Assignment
            {
                County = actor.County, Id = Guid.CreateVersion7(), HouseholdId = household.Id, Area = household.Area.Digits, Post = request.Post, UserId = request.User,
                Person = request.Person.Trim(), Unit = request.Unit.Trim(), PhoneEnc = secrets.Encrypt(request.Phone?.Trim()), FromOn = today.Day, SetBy = actor.Name,
            };
            db.Add(next);
            db.Log("casework.assign", household.Area, household.Code, actor.Name, today.Clock, new { request.Post, next.Person, next.Unit, HandedOver = now is not null });
            await db.SaveChangesAsync(cancel);
            await State(actor, household, request, cancel);
            return next.Id;
        }, cancel);
    }

    private Task<int> State(Actor actor, HouseholdRef household, AssignmentRequest request, CancellationToken cancel)
    {
        var name = request.Post == Post.PairingHelper ? "helper" : "contact";
        return facts.State(new(household.Area, actor.Name), [new Statement(household.Id, null, "desk", null, today.Day, new Dictionary<string, object?>
        {
            [name] = request.Person.Trim(), [$"{name}_phone"] = request.Phone?.Trim(),
        })], cancel);
    }
}

/// <summary>Answers who is assigned to what.</summary>
internal sealed class Pairing(ShouwangDb db) : IPairing, IAssignments
{
    async Task<IReadOnlyList<Guid>> IAssignments.Of(string county, Guid user, CancellationToken cancel) =>
        await db.Set<Assignment>().AsNoTracking().Where(a => a.County == county && a.UserId == user && a.ToOn == null)
            .Select(a => a.HouseholdId).Distinct().ToListAsync(cancel);

    public async Task<IReadOnlyList<Assigned>> Of(string county, Guid household, CancellationToken cancel) =>
        await db.Set<Assignment>().AsNoTracking().Where(a => a.County == county && a.HouseholdId == household)
            .OrderByDescending(a => a.FromOn).ThenByDescending(a => a.Id)
            .Select(a => new Assigned(a.HouseholdId, a.Post, a.UserId, a.Person, a.Unit, a.FromOn, a.ToOn)).ToListAsync(cancel);

    public async Task<IReadOnlyList<(Post Post, string Person, string Unit, int Households)>> Loads(AreaCode area, CancellationToken cancel)
    {
        var (county, from, to) = (area.County.Digits, area.Digits, area.RangeEnd);
        var loads = await db.Set<Assignment>().AsNoTracking()
            .Where(a => a.County == county && string.Compare(a.Area, from) >= 0 && string.Compare(a.Area, to) < 0 && a.ToOn == null)
            .GroupBy(a => new { a.Post, a.Person, a.Unit }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        return [.. loads.OrderByDescending(l => l.Count).ThenBy(l => l.Key.Person, StringComparer.Ordinal).Select(l => (l.Key.Post, l.Key.Person, l.Key.Unit, l.Count))];
    }
}
