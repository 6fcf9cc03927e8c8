using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Access;

/// <summary>Makes, changes and lists users. Every change is in the event log and takes effect with the user's next click.</summary>
internal sealed partial class Users(ShouwangDb db, PersonLabels labels, TimeProvider clock) : IUsers
{
    public async Task<Outcome<GivenPassword>> Add(Actor by, NewUser user, CancellationToken cancel)
    {
        var name = user.Name.Trim().ToLowerInvariant();
        var problems = CheckPost(by, user.Role, user.Area, user.Department).ToList();
        if (!NamePattern().IsMatch(name))
            problems.Add(Problems.BadName(user.Name));
        if (string.IsNullOrWhiteSpace(user.DisplayName))
            problems.Add(Problems.NoDisplayName());
        if (user.Password is { } chosen && Passwords.Judge(chosen, name) is { } tooWeak)
            problems.Add(tooWeak);
        if (await db.Set<User>().AnyAsync(u => u.Name == name, cancel))
            problems.Add(Problems.NameTaken(name));
        if (problems.Count > 0)
            return problems;

        var password = user.Password ?? Passwords.MakeUp();
        var added = new User
        {
            County = user.Area.CountyKey, Id = Guid.CreateVersion7(), Name = name, DisplayName = user.DisplayName.Trim(), Role = user.Role,
            Area = user.Area.Digits, Department = user.Role == Role.IndustryDept ? user.Department : null,
            PasswordHash = Passwords.Hash(password), MustChange = user.MustChange, CreatedAt = clock.GetUtcNow(),
        };
        db.Add(added);
        db.Log("access.user-added", user.Area, name, by.Name, clock, new { user.Role, Area = user.Area.Digits, added.Department });
        await db.SaveChangesAsync(cancel);
        labels.Know(name, added.DisplayName);
        return new GivenPassword(added.Id, name, password);
    }

    public async Task<IReadOnlyList<UserRow>> List(Actor by, CancellationToken cancel)
    {
        var (from, to) = (by.Area.Digits, by.Area.RangeEnd);
        return await Rows(db.Set<User>().Where(u => u.County == by.County && string.Compare(u.Area, from) >= 0 && string.Compare(u.Area, to) < 0), cancel);
    }

    public async Task<IReadOnlyList<UserRow>> In(AreaCode area, IReadOnlyCollection<Role> roles, CancellationToken cancel)
    {
        var (county, from, to) = (area.County.Digits, area.Digits, area.RangeEnd);
        return await Rows(db.Set<User>().Where(u => u.County == county && !u.Disabled && roles.Contains(u.Role)
            && string.Compare(u.Area, from) >= 0 && string.Compare(u.Area, to) < 0), cancel);
    }

    public async Task<Outcome<GivenPassword>> Reset(Actor by, string name, CancellationToken cancel)
    {
        if (await Find(by, name, cancel) is not { } user)
            return Problems.NoSuchUser(name);
        var password = Passwords.MakeUp();
        (user.PasswordHash, user.MustChange, user.TotpEnc, user.Failures, user.LockedUntilAt) = (Passwords.Hash(password), true, null, 0, null);
        await SignOut(user, by.Name, cancel);
        db.Log("access.user-reset", user.Post, user.Name, by.Name, clock, new { });
        await db.SaveChangesAsync(cancel);
        return new GivenPassword(user.Id, user.Name, password);
    }

    public async Task<Outcome<UserRow>> Disable(Actor by, string name, bool disabled, CancellationToken cancel)
    {
        if (await Find(by, name, cancel) is not { } user)
            return Problems.NoSuchUser(name);
        if (user.Id == by.User)
            return Problems.NotYourself();
        user.Disabled = disabled;
        if (disabled)
            await SignOut(user, by.Name, cancel);
        db.Log(disabled ? "access.user-disabled" : "access.user-enabled", user.Post, user.Name, by.Name, clock, new { });
        await db.SaveChangesAsync(cancel);
        return Row(user, null);
    }

    public async Task<Outcome<UserRow>> Move(Actor by, string name, Role role, AreaCode area, string? department, CancellationToken cancel)
    {
        if (await Find(by, name, cancel) is not { } user)
            return Problems.NoSuchUser(name);
        if (user.Id == by.User && user.Role != role)
            return Problems.NotYourself();
        if (CheckPost(by, role, area, department).ToList() is { Count: > 0 } problems)
            return problems;
        db.Log("access.user-moved", area, user.Name, by.Name, clock, new { From = new { user.Role, user.Area }, To = new { Role = role, Area = area.Digits } });
        (user.Role, user.Area, user.Department) = (role, area.Digits, role == Role.IndustryDept ? department : null);
        await db.SaveChangesAsync(cancel);
        return Row(user, null);
    }

    public async Task<IReadOnlyDictionary<Guid, string>> Names(string county, IReadOnlyCollection<Guid> users, CancellationToken cancel) =>
        await db.Set<User>().Where(u => u.County == county && users.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancel);

    /// <summary>The level a post lies on; a post of a higher level would see more than its holder answers for.</summary>
    private static AreaLevel[] LevelsOf(Role role) => role switch
    {
        Role.Administrator or Role.CountyOffice or Role.CountyLeader => [AreaLevel.County],
        Role.TownshipLeader or Role.TownshipClerk => [AreaLevel.Township],
        Role.VillageCadre or Role.FirstSecretary or Role.WorkTeamMember or Role.GridWorker => [AreaLevel.Village],
        Role.MonitoringOfficer or Role.PairingHelper or Role.IndustryDept or Role.Supervisor or Role.Auditor =>
            [AreaLevel.County, AreaLevel.Township, AreaLevel.Village],
        Role.HigherOffice => [AreaLevel.Province, AreaLevel.Prefecture],
    };

    private static IEnumerable<Problem> CheckPost(Actor by, Role role, AreaCode area, string? department)
    {
        if (area.Level < AreaLevel.Province || !by.Sees(area))
            yield return Problems.OutsideArea(area.Digits);
        else if (LevelsOf(role) is var levels && !levels.Contains(area.Level))
            yield return Problems.AreaLevelWrong(RoleNames.Of(role), LevelName(levels[0]));
        if (role == Role.IndustryDept && string.IsNullOrWhiteSpace(department))
            yield return Problems.DepartmentMissing();
    }

    internal static Text LevelName(AreaLevel level) => level switch
    {
        AreaLevel.Village => new("村（12 位）", "village (12 digits)"),
        AreaLevel.Township => new("乡镇（9 位）", "township (9 digits)"),
        AreaLevel.County => new("县（6 位）", "county (6 digits)"),
        AreaLevel.Prefecture or AreaLevel.Province or AreaLevel.Nation => new("省（2 位）或市（4 位）", "province (2 digits) or prefecture (4 digits)"),
    };

    private async Task<User?> Find(Actor by, string name, CancellationToken cancel)
    {
        var (lower, county) = (name.Trim().ToLowerInvariant(), by.County);
        var user = await db.Set<User>().SingleOrDefaultAsync(u => u.County == county && u.Name == lower, cancel);
        return user is not null && by.Sees(user.Post) ? user : null;
    }

    private async Task SignOut(User user, string by, CancellationToken cancel)
    {
        await db.Execute("delete from sessions where county = @county and user_id = @user", cancel, ("@county", user.County), ("@user", user.Id));
        await Devices.EndAll(db, user, by, clock, cancel);
    }

    private async Task<IReadOnlyList<UserRow>> Rows(IQueryable<User> users, CancellationToken cancel)
    {
        var found = await users.AsNoTracking().OrderBy(u => u.Name)
            .Select(u => new { User = u, Seen = db.Set<Session>().Where(s => s.County == u.County && s.UserId == u.Id).Max(s => (DateTimeOffset?)s.SeenAt) })
            .ToListAsync(cancel);
        return [.. found.Select(f => Row(f.User, f.Seen))];
    }

    private UserRow Row(User user, DateTimeOffset? seen) => new(user.Id, user.Name, user.DisplayName, user.Role, user.Post, user.Department,
        user.Disabled, user.LockedUntilAt > clock.GetUtcNow(), user.TotpEnc is not null, seen);

    [GeneratedRegex("^[a-z][a-z0-9.-]{2,31}$")]
    private static partial Regex NamePattern();
}
