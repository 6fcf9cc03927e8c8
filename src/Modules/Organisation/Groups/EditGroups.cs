using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Organisation.Groups;

/// <summary>A group to be set up.</summary>
/// <param name="Parent">The group above it; needed where the policy names the kind above and one is there.</param>
/// <param name="From">Null: from today.</param>
public sealed record NewGroup(string Kind, AreaCode Area, string Name, Guid? Parent = null, string? Unit = null, string? Basis = null, DateOnly? From = null);

/// <summary>Somebody who becomes a member, or is linked to an area.</summary>
/// <param name="User">The account, where there is one.</param>
/// <param name="Post">The office elsewhere 职务.</param>
public sealed record NewPerson(string Person, string Post, string Unit, Guid? User = null, DateOnly? From = null);

/// <summary>Sets groups up and keeps who belonged to them when. Nobody is ever deleted: a membership ends.</summary>
internal sealed class EditGroups(ShouwangDb db, Policies policies, Today today)
{
    public async Task<Outcome<Guid>> SetUp(Actor actor, NewGroup wanted, CancellationToken cancel)
    {
        if (!actor.May(Permissions.OrganisationEdit, wanted.Area))
            return Steps.NotPermitted(Permissions.OrganisationEdit);
        if ((await policies.For(wanted.Area, today.Day, cancel)).GroupKind(wanted.Kind) is not { } kind)
            return GroupRefusals.KindUnknown(wanted.Kind);
        if (kind.Level != wanted.Area.Level)
            return GroupRefusals.WrongLevel(kind);
        if (string.IsNullOrWhiteSpace(wanted.Name))
            return GroupRefusals.NoName;

        return await db.Atomically<Guid>(async () =>
        {
            var (county, area, name) = (actor.County, wanted.Area.Digits, wanted.Name.Trim());
            if (await db.Set<OrgGroup>().AnyAsync(g => g.County == county && g.Area == area && g.Kind == kind.Code && g.ToOn == null && (kind.Posted || kind.Duty || g.Name == name), cancel))
                return GroupRefusals.ThereAlready(kind);
            if (wanted.Parent is { } parent && !await db.Set<OrgGroup>().AnyAsync(g => g.County == county && g.Id == parent && g.ToOn == null, cancel))
                return GroupRefusals.NotFound;
            var group = new OrgGroup
            {
                County = county, Id = Guid.CreateVersion7(), Area = area, Kind = kind.Code, ParentId = wanted.Parent, Name = name, Unit = Said(wanted.Unit), Basis = Said(wanted.Basis),
                FromOn = wanted.From ?? today.Day, SetBy = actor.DisplayName,
            };
            db.Add(group);
            db.Log("organisation.group-set-up", wanted.Area, name, actor.Name, today.Clock, new { Kind = kind.Code, group.FromOn });
            await db.SaveChangesAsync(cancel);
            return group.Id;
        }, cancel);
    }

    /// <summary>Adds a member. Somebody who is a member already is given another role: the old one ends the day before.</summary>
    public async Task<Outcome<Guid>> Add(Actor actor, Guid id, string role, NewPerson person, CancellationToken cancel) => await db.Atomically<Guid>(async () =>
    {
        if (await Found(actor, id, cancel) is not { Group: { } group, Kind: { } kind })
            return GroupRefusals.NotFound;
        if (!actor.May(Permissions.OrganisationEdit, new(group.Area)))
            return Steps.NotPermitted(Permissions.OrganisationEdit);
        if (kind.Role(role) is null)
            return GroupRefusals.RoleUnknown(role);
        if (GroupRefusals.Of(person) is { } fault)
            return fault;
        var (name, unit, from) = (person.Person.Trim(), person.Unit.Trim(), person.From ?? today.Day);
        var there = await db.Set<OrgMember>().FirstOrDefaultAsync(m => m.County == group.County && m.GroupId == id && m.ToOn == null && m.Person == name && m.Unit == unit, cancel);
        if (there?.Role == role)
            return GroupRefusals.MemberAlready(name);
        if (there is not null)
            (there.ToOn, there.Version) = (from > there.FromOn ? from.AddDays(-1) : there.FromOn, there.Version + 1);
        var member = new OrgMember
        {
            County = group.County, Id = Guid.CreateVersion7(), GroupId = id, UserId = person.User, Person = name, Post = person.Post.Trim(), Unit = unit, Role = role, FromOn = from, SetBy = actor.DisplayName,
        };
        db.Add(member);
        db.Log("organisation.member-added", new(group.Area), group.Name, actor.Name, today.Clock, new { member.Person, member.Unit, member.Role, member.FromOn });
        await db.SaveChangesAsync(cancel);
        return member.Id;
    }, cancel);

    /// <summary>Ends a membership; the day is the last one.</summary>
    public async Task<Outcome<Guid>> End(Actor actor, Guid member, DateOnly on, CancellationToken cancel) => await db.Atomically<Guid>(async () =>
    {
        if (await db.Set<OrgMember>().SingleOrDefaultAsync(m => m.County == actor.County && m.Id == member && m.ToOn == null, cancel) is not { } found || await Found(actor, found.GroupId, cancel) is not { Group: { } group })
            return GroupRefusals.NoMember;
        if (!actor.May(Permissions.OrganisationEdit, new(group.Area)))
            return Steps.NotPermitted(Permissions.OrganisationEdit);
        if (on < found.FromOn)
            return GroupRefusals.EndsBeforeItBegins(found.FromOn);
        (found.ToOn, found.Version) = (on, found.Version + 1);
        db.Log("organisation.member-left", new(group.Area), group.Name, actor.Name, today.Clock, new { found.Person, found.Unit, found.Role, On = on });
        return group.Id;
    }, cancel);

    /// <summary>Dissolves a group and ends its memberships. Groups below it have to be dissolved first.</summary>
    public async Task<Outcome<Guid>> Dissolve(Actor actor, Guid id, DateOnly on, CancellationToken cancel) => await db.Atomically<Guid>(async () =>
    {
        if (await Found(actor, id, cancel) is not { Group: { ToOn: null } group })
            return GroupRefusals.NotFound;
        if (!actor.May(Permissions.OrganisationEdit, new(group.Area)))
            return Steps.NotPermitted(Permissions.OrganisationEdit);
        if (on < group.FromOn)
            return GroupRefusals.EndsBeforeItBegins(group.FromOn);
        if (await db.Set<OrgGroup>().AnyAsync(g => g.County == group.County && g.ParentId == id && g.ToOn == null, cancel))
            return GroupRefusals.GroupsBelow;
        foreach (var member in await db.Set<OrgMember>().Where(m => m.County == group.County && m.GroupId == id && m.ToOn == null).ToListAsync(cancel))
            (member.ToOn, member.Version) = (on > member.FromOn ? on : member.FromOn, member.Version + 1);
        (group.ToOn, group.Version) = (on, group.Version + 1);
        db.Log("organisation.group-dissolved", new(group.Area), group.Name, actor.Name, today.Clock, new { group.Kind, On = on });
        return group.Id;
    }, cancel);

    private async Task<(OrgGroup Group, GroupKind Kind)?> Found(Actor actor, Guid id, CancellationToken cancel) =>
        await db.Set<OrgGroup>().VisibleTo(actor, Permissions.OrganisationRead).SingleOrDefaultAsync(g => g.Id == id, cancel) is { } group
            && (await policies.For(new(group.Area), today.Day, cancel)).GroupKind(group.Kind) is { } kind ? (group, kind) : null;

    private static string? Said(string? words) => string.IsNullOrWhiteSpace(words) ? null : words.Trim();
}
