using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Organisation.Groups;

/// <summary>Links leaders to townships and villages 联点, and keeps who had them when.</summary>
internal sealed class EditLinks(ShouwangDb db, Policies policies, Today today)
{
    /// <summary>Links somebody to several areas at once; who had the link until then hands it over.</summary>
    /// <returns>How many areas.</returns>
    public async Task<Outcome<int>> Link(Actor actor, string kind, IReadOnlyCollection<AreaCode> areas, NewPerson person, CancellationToken cancel)
    {
        if (areas.Count == 0)
            return GroupRefusals.NoArea;
        if ((await policies.For(actor.Area, today.Day, cancel)).LinkKinds.FirstOrDefault(k => k.Code == kind) is not { } known)
            return GroupRefusals.LinkKindUnknown(kind);
        if (GroupRefusals.Of(person) is { } fault)
            return fault;
        if (areas.Any(a => !actor.May(Permissions.OrganisationEdit, a)))
            return Steps.NotPermitted(Permissions.OrganisationEdit);
        if (areas.Any(a => a.Level != known.Level))
            return GroupRefusals.LinkLevel(known);

        return await db.Atomically<int>(async () =>
        {
            var (name, unit, from) = (person.Person.Trim(), person.Unit.Trim(), person.From ?? today.Day);
            foreach (var area in areas.Distinct())
            {
                var before = await db.Set<AreaLink>().SingleOrDefaultAsync(l => l.County == actor.County && l.Area == area.Digits && l.Kind == kind && l.ToOn == null, cancel);
                if (before is not null && before.Person == name && before.Unit == unit)
                    continue;
                if (before is not null)
                    (before.ToOn, before.Version) = (from > before.FromOn ? from.AddDays(-1) : before.FromOn, before.Version + 1);
                db.Add(new AreaLink
                {
                    County = actor.County, Id = Guid.CreateVersion7(), Area = area.Digits, Kind = kind, UserId = person.User, Person = name, Post = person.Post.Trim(), Unit = unit, FromOn = from, SetBy = actor.DisplayName,
                });
                db.Log("organisation.area-linked", area, name, actor.Name, today.Clock, new { Kind = kind, Person = name, Before = before?.Person, From = from });
            }
            await db.SaveChangesAsync(cancel);
            return areas.Count;
        }, cancel);
    }

    /// <summary>Ends a link without another.</summary>
    public async Task<Outcome<Guid>> End(Actor actor, Guid id, CancellationToken cancel) => await db.Atomically<Guid>(async () =>
    {
        if (await db.Set<AreaLink>().VisibleTo(actor, Permissions.OrganisationRead).SingleOrDefaultAsync(l => l.Id == id && l.ToOn == null, cancel) is not { } link)
            return GroupRefusals.NotFound;
        if (!actor.May(Permissions.OrganisationEdit, new(link.Area)))
            return Steps.NotPermitted(Permissions.OrganisationEdit);
        (link.ToOn, link.Version) = (today.Day > link.FromOn ? today.Day : link.FromOn, link.Version + 1);
        db.Log("organisation.link-ended", new(link.Area), link.Person, actor.Name, today.Clock, new { link.Kind });
        return link.Id;
    }, cancel);
}
