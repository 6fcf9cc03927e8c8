using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Casework;

/// <summary>Hands all households of one person, or some of them, over to another; who answered until then stays on record.</summary>
internal sealed class HandOverHouseholds(ShouwangDb db, IFacts facts, Secrets secrets, Today today)
{
    public async Task<Outcome<int>> Run(Actor actor, HandOver wanted, CancellationToken cancel)
    {
        if (!actor.May(Permissions.AssignmentsEdit))
            return Steps.NotPermitted(Permissions.AssignmentsEdit);
        if (wanted.To is { } to && (string.IsNullOrWhiteSpace(to.Person) || string.IsNullOrWhiteSpace(to.Unit)))
            return Refusals.PersonMissing;
        if (string.IsNullOrWhiteSpace(wanted.Reason))
            return Refusals.HandOverReason(wanted.From.Person);
        if (wanted.To is { } same && same.Person.Trim() == wanted.From.Person && same.Unit.Trim() == wanted.From.Unit && same.User == wanted.From.User)
            return Refusals.SamePerson;
        if (wanted.On > today.Day)
            return Refusals.HandOverLater;

        return await db.Atomically<int>(async () =>
        {
            var from = wanted.From;
            var now = await db.Set<Assignment>().VisibleTo(actor, Permissions.AssignmentsEdit)
                .Where(a => a.Post == from.Post && a.Person == from.Person && a.Unit == from.Unit && a.UserId == from.User && a.ToOn == null).ToListAsync(cancel);
            if (wanted.Only is { } only)
                now.RemoveAll(a => !only.Contains(a.HouseholdId));
            if (now.Count == 0)
                return wanted.Only is null ? Refusals.NothingToHandOver(from.Person) : Refusals.NoneChosen;
            if (now.Max(a => a.FromOn) is var latest && latest > wanted.On)
                return Refusals.HandOverTooEarly(latest);
            foreach (var assignment in now)
                (assignment.ToOn, assignment.HandedOver, assignment.Version) = (wanted.On, wanted.Reason.Trim(), assignment.Version + 1);
            await db.SaveChangesAsync(cancel); // before the next are added: of some posts only one may be without an end
            if (wanted.To is { } next)
                await Give(actor, now, wanted, next, cancel);
            db.Log("casework.hand-over", actor.Area, from.Person, actor.Name, today.Clock,
                new { from.Post, From = from.Person, To = wanted.To?.Person, Households = now.Count, wanted.On });
            await db.SaveChangesAsync(cancel);
            await AssignPerson.State(actor, facts, from.Post, wanted.To?.Person.Trim(), wanted.Phone?.Trim(), wanted.On, now.Select(a => a.HouseholdId), actor.Area, cancel);
            return now.Count;
        }, cancel);
    }

    private async Task Give(Actor actor, List<Assignment> before, HandOver wanted, Helper next, CancellationToken cancel)
    {
        var (person, unit, ids) = (next.Person.Trim(), next.Unit.Trim(), before.Select(a => a.HouseholdId).ToList());
        // Of neighbours who help several may be there, and the next one among them.
        var there = await db.Set<Assignment>().Where(a => a.County == actor.County && ids.Contains(a.HouseholdId) && a.Post == wanted.From.Post && a.Person == person && a.Unit == unit && a.ToOn == null)
            .Select(a => a.HouseholdId).ToListAsync(cancel);
        foreach (var ended in before.Where(a => !there.Contains(a.HouseholdId)))
        {
            db.Add(new Assignment
            {
                County = ended.County, Id = Guid.CreateVersion7(), HouseholdId = ended.HouseholdId, Area = ended.Area, Post = ended.Post, UserId = next.User, Person = person,
                Unit = unit, PhoneEnc = secrets.Encrypt(wanted.Phone?.Trim()), FromOn = wanted.On, SetBy = actor.Name,
            });
        }
    }
}
