using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Access;

/// <summary>Recognises phones by what their requests carry.</summary>
/// <remarks>
/// A phone of which nothing was heard for <see cref="LongestSilence"/> has to enrol again: it may have changed hands. Of what most requests do not
/// need nothing is made beforehand: in the evening they come by the thousand.
/// </remarks>
internal sealed class DeviceProofs(DeviceLookup lookup, IServiceProvider services, TimeProvider clock) : IDeviceProofs
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(90);

    /// <summary>Seen times are written at most this often: a request is a read, not a write.</summary>
    private static readonly TimeSpan Coarse = TimeSpan.FromMinutes(5);

    public async Task<Outcome<DeviceUser>> Find(string authorization, CancellationToken cancel)
    {
        if (Read(authorization) is not var (id, token))
            return Problems.UnknownDevice();
        var (found, now) = (await lookup.Find(Devices.HashOf(token), cancel), clock.GetUtcNow());
        if (found is null || found.Id != id)
            return Problems.UnknownDevice();
        if (found.Ended || now - found.SeenAt > LongestSilence)
            return Problems.DeviceEnded();
        if (now - found.SeenAt >= Coarse)
            await services.GetRequiredService<ShouwangDb>().Set<Device>().Where(d => d.County == found.County && d.Id == id)
                .ExecuteUpdateAsync(d => d.SetProperty(x => x.SeenAt, now), cancel);
        var assigned = await Sessions.Assigned(services, found.Role, found.County, found.User, cancel);
        return new DeviceUser(new(found.User, found.Name, found.DisplayName, found.Role, new AreaCode(found.Area), found.Department, assigned), id);
    }

    private static (Guid Device, string Token)? Read(string authorization) =>
        authorization.Split(' ') is [IDevices.Scheme, var credentials] && credentials.Split('.') is [var id, { Length: 64 } token] && Guid.TryParse(id, out var device)
            ? (device, token) : null;
}
