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
            var there = await db.Set<Assignment>().Where(a => a.County == actor.County && a.HouseholdId == household.Id && a.Post == request.Post && a.ToOn == null).ToListAsync(cancel);
            if (there.Exists(a => a.Person == request.Person.Trim() && a.Unit == request.Unit.Trim() && (a.UserId == request.User || !request.Post.IsAlone)))
                return Refusals.SamePerson;
            // Of neighbours who help there may be several: one more replaces nobody.
            var now = request.Post.IsAlone ? there.SingleOrDefault() : null;
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
            await State(actor, facts, request.Post, request.Person.Trim(), request.Phone?.Trim(), today.Day, [household.Id], household.Area, cancel);
            return next.Id;
        }, cancel);
    }

    /// <summary>The register names who helps and who is the contact; neighbours who help stand in the pairing alone.</summary>
    /// <param name="person">Null: nobody any more.</param>
    internal static Task State(Actor actor, IFacts facts, Post post, string? person, string? phone, DateOnly on, IEnumerable<Guid> households, AreaCode area, CancellationToken cancel)
    {
        if (post.FieldName is not { } name)
            return Task.CompletedTask;
        return facts.State(new(area, actor.Name), [.. households.Select(h => new Statement(h, null, "desk", null, on, new Dictionary<string, object?> { [name] = person, [$"{name}_phone"] = phone }))], cancel);
    }
}

internal static class Posts
{
    extension(Post post)
    {
        /// <summary>A household has one at a time.</summary>
        public bool IsAlone => post is Post.PairingHelper or Post.MonitoringOfficer;

        /// <summary>The register's field with the name; null where it has none.</summary>
        public string? FieldName => post switch
        {
            Post.PairingHelper => "helper",
            Post.MonitoringOfficer => "contact",
            Post.MainHelper or Post.Liaison => null,
        };
    }
}
