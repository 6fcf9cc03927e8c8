using System.Linq.Expressions;
using Shouwang.Kernel;

namespace Shouwang.Platform.Security;

/// <summary>Whoever is asking: the person, the post, and the area it reaches over.</summary>
/// <param name="User">The account; empty for the system itself.</param>
/// <param name="Name">Sign-in name, as it stands in the audit trail.</param>
/// <param name="Area">
/// County, township or village of the post. Of a post above the counties: all of its area, or, where work is about one county, that county
/// (<see cref="In"/>). The gate decides which; nothing else has to.
/// </param>
/// <param name="Department">The department's code for <see cref="Role.IndustryDept"/>, else null.</param>
/// <param name="Households">The households assigned by name, for posts that see only those.</param>
public sealed record Actor(
    Guid User, string Name, string DisplayName, Role Role, AreaCode Area, string? Department, IReadOnlyList<Guid> Households)
{
    /// <summary>The program itself or whoever runs it at the machine: every permission, over one county or more.</summary>
    public static Actor System(AreaCode area) => new(Guid.Empty, "system", "system", Role.Administrator, area, null, []) { Unlimited = true };

    /// <summary>True only for the program itself.</summary>
    public bool Unlimited { get; private init; }

    /// <summary>The area of the post, also while it is at work in one county of it.</summary>
    public AreaCode Post { get; private init; } = Area;

    /// <summary>The county every query of this actor stays in. Of a post above the counties it is the post's own area: no county's row lies there.</summary>
    public string County => Area.CountyKey;

    /// <summary>The post reaches over counties, and is not at work in one of them.</summary>
    public bool IsOverCounties => Area.Level < AreaLevel.County;

    /// <summary>The same person at work in one county. Who has a post in it, or below, stays as it is.</summary>
    /// <exception cref="ArgumentException">The county lies outside the area.</exception>
    public Actor In(AreaCode county) => county.Contains(Area) ? this
        : Sees(county) ? this with { Area = county }
        : throw new ArgumentException($"{county} lies outside {Area}.", nameof(county));

    public bool May(string permission) => Unlimited || Permissions.Of(Role, permission) is not null;

    /// <summary>How far a permission reaches for this actor; throws nothing, null where it is not given.</summary>
    public Reach? ReachOf(string permission) => Unlimited ? Reach.Area : Permissions.Of(Role, permission);

    public bool Sees(AreaCode area) => Area.Contains(area);

    /// <summary>True when this actor may do the operation on something that lies in an area (and household).</summary>
    public bool May(string permission, AreaCode area, Guid? household = null) =>
        ReachOf(permission) is { } reach && Sees(area)
        && (!reach.HasFlag(Reach.Assigned) || household is { } id && Households.Contains(id));

    /// <summary>True when numbers, phones, accounts and health are hidden from this actor.</summary>
    public bool SeesMasked => !Unlimited && (Permissions.Of(Role, Permissions.HouseholdsRead) is not { } reach || reach.HasFlag(Reach.Masked));
}

/// <summary>A row of county data that lies in an area.</summary>
public interface IPlaced
{
    /// <summary>6 digits; of what belongs to an area above the counties, that area.</summary>
    string County { get; }

    /// <summary>The area code without padding; a village's for anything about a household.</summary>
    string Area { get; }
}

/// <summary>Every query for people starts here: what lies outside the actor's area does not exist for it.</summary>
public static class Visibility
{
    extension<T>(IQueryable<T> rows) where T : class, IPlaced
    {
        /// <param name="household">How to find the household of a row; needed for posts that see assigned households only.</param>
        public IQueryable<T> VisibleTo(Actor actor, string permission, Expression<Func<T, Guid>> household)
        {
            if (actor.ReachOf(permission) is not { } reach || reach.HasFlag(Reach.Aggregate))
                return rows.Where(_ => false);
            rows = Inside(rows, actor);
            if (!reach.HasFlag(Reach.Assigned))
                return rows;
            var assigned = actor.Households.ToList();
            // A captured variable becomes a parameter of the query; a constant would have every actor's query translated anew.
            Expression<Func<List<Guid>>> captured = () => assigned;
            var contains = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(Guid)], captured.Body, household.Body);
            return rows.Where(Expression.Lambda<Func<T, bool>>(contains, household.Parameters));
        }

        /// <summary>For rows that belong to an area and no single household.</summary>
        public IQueryable<T> VisibleTo(Actor actor, string permission)
        {
            if (actor.ReachOf(permission) is not { } reach || reach.HasFlag(Reach.Assigned))
                return rows.Where(_ => false);
            return Inside(rows, actor);
        }
    }

    private static IQueryable<T> Inside<T>(IQueryable<T> rows, Actor actor) where T : class, IPlaced
    {
        var (county, from, to) = (actor.County, actor.Area.Digits, actor.Area.RangeEnd);
        // Over counties the county is part of the range, so that its index serves and a row without a place in the area cannot slip in.
        rows = actor.IsOverCounties
            ? rows.Where(r => string.Compare(r.County, from) >= 0 && string.Compare(r.County, to) < 0)
            : rows.Where(r => r.County == county);
        return rows.Where(r => string.Compare(r.Area, from) >= 0 && string.Compare(r.Area, to) < 0);
    }
}
