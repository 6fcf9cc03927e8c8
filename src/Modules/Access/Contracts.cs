using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Access.Contracts;

/// <summary>A user as lists show one.</summary>
/// <param name="SecondStep">True when signing in asks for a code of the user's phone besides the password.</param>
/// <param name="SeenAt">When the user was last active, if ever.</param>
public sealed record UserRow(
    Guid Id, string Name, string DisplayName, Role Role, AreaCode Area, string? Department,
    bool Disabled, bool Locked, bool SecondStep, DateTimeOffset? SeenAt);

/// <summary>A user to be made.</summary>
/// <param name="Name">3–32 small letters, digits, dots and hyphens, beginning with a letter.</param>
/// <param name="Department">The department's code; needed for <see cref="Role.IndustryDept"/> and for no other role.</param>
/// <param name="Password">Null: one is made up, to be told to the user once.</param>
/// <param name="MustChange">The password has to be changed at the first sign-in.</param>
public sealed record NewUser(
    string Name, string DisplayName, Role Role, AreaCode Area, string? Department = null, string? Password = null, bool MustChange = true);

/// <summary>A password that was made up for a user; it is shown once and stored nowhere.</summary>
public sealed record GivenPassword(Guid User, string Name, string Password);

/// <summary>Users of a county, for the desk and the command line alike.</summary>
public interface IUsers
{
    /// <returns>The password to hand over, or every problem with what was entered.</returns>
    Task<Outcome<GivenPassword>> Add(Actor by, NewUser user, CancellationToken cancel);

    /// <summary>Users in the actor's area, by name.</summary>
    Task<IReadOnlyList<UserRow>> List(Actor by, CancellationToken cancel);

    /// <summary>Makes up a new password, forgets the second step and lockout, and signs the user out everywhere.</summary>
    Task<Outcome<GivenPassword>> Reset(Actor by, string name, CancellationToken cancel);

    /// <summary>Lets a user in no more, at once, or lets one in again.</summary>
    Task<Outcome<UserRow>> Disable(Actor by, string name, bool disabled, CancellationToken cancel);

    /// <summary>Gives a user another role or area; takes effect with the user's next click.</summary>
    Task<Outcome<UserRow>> Move(Actor by, string name, Role role, AreaCode area, string? department, CancellationToken cancel);

    /// <summary>The name to show for a user id; the id itself where there is no such user.</summary>
    Task<IReadOnlyDictionary<Guid, string>> Names(string county, IReadOnlyCollection<Guid> users, CancellationToken cancel);

    /// <summary>People who could be given work: users in an area with one of the roles.</summary>
    Task<IReadOnlyList<UserRow>> In(AreaCode area, IReadOnlyCollection<Role> roles, CancellationToken cancel);
}

/// <summary>Somebody whose cookie was recognised.</summary>
/// <param name="Session">The session's id.</param>
/// <param name="MustChange">The password has to be changed before anything else.</param>
public sealed record SignedInUser(Actor Actor, Guid Session, bool MustChange);

/// <summary>Finds out who is asking, for the host's one gate.</summary>
public interface ISessions
{
    /// <summary>The name of the cookie that carries the token.</summary>
    const string Cookie = "shouwang_session";

    /// <returns>Null when the token is unknown, has run out, or still waits for the second step.</returns>
    Task<SignedInUser?> Find(string token, CancellationToken cancel);
}
