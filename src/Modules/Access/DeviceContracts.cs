using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Access.Contracts;

/// <summary>Somebody who enrols a phone with name and password, and with a code where the account has a second step.</summary>
/// <param name="Device">The phone's id, made on the phone.</param>
/// <param name="DeviceName">What the phone calls itself, for its owner to recognise.</param>
/// <param name="App">The version of the app.</param>
/// <param name="Address">Where the request came from.</param>
public sealed record DeviceSignIn(string Name, string Password, string? Code, Guid Device, string DeviceName, string App, string Address);

/// <param name="Token">For the phone alone; the server keeps its hash.</param>
public sealed record EnrolledDevice(Guid Device, string Token, Actor Actor);

/// <summary>Somebody whose phone was recognised: the same actor as at the desk.</summary>
public sealed record DeviceUser(Actor Actor, Guid Device);

/// <summary>A phone as lists show it.</summary>
/// <param name="Area">The area of its user's post.</param>
/// <param name="SeenAt">When it last asked the server for anything, to a few minutes.</param>
/// <param name="EndedAt">Null while it may sign in.</param>
public sealed record DeviceRow(
    Guid Id, Guid User, string DisplayName, AreaCode Area, string Name, string App, DateTimeOffset EnrolledAt, DateTimeOffset SeenAt, DateTimeOffset? EndedAt);

/// <summary>Phones that sign in by themselves.</summary>
public interface IDevices
{
    /// <summary>What the value of the <c>Authorization</c> header begins with; <c>device.token</c> follows after a blank.</summary>
    const string Scheme = "Device";

    /// <summary>Checks name, password and code as the desk does, lock-out included, and lets the phone in from now on.</summary>
    Task<Outcome<EnrolledDevice>> Enrol(DeviceSignIn signIn, CancellationToken cancel);

    /// <summary>The actors that users are now, for work that was handed in earlier; without those who are gone or disabled.</summary>
    Task<IReadOnlyDictionary<Guid, Actor>> ActorsOf(string county, IReadOnlyCollection<Guid> users, CancellationToken cancel);

    /// <summary>The phones of a user, those in use first.</summary>
    Task<IReadOnlyList<DeviceRow>> Of(string county, Guid user, CancellationToken cancel);

    /// <summary>The phones in use whose users have their post in an area.</summary>
    Task<IReadOnlyList<DeviceRow>> In(AreaCode area, CancellationToken cancel);

    /// <summary>Lets a phone of the user in no more, from its next request on.</summary>
    Task End(Actor by, Guid user, Guid device, CancellationToken cancel);
}

/// <summary>Whose phone a request comes from.</summary>
public interface IDeviceProofs
{
    /// <summary>Whose phone it is; <c>device_ended</c> where somebody ended it.</summary>
    /// <param name="authorization">The whole header.</param>
    Task<Outcome<DeviceUser>> Find(string authorization, CancellationToken cancel);
}
