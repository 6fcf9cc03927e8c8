using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Access;

/// <summary>Enrols and ends phones; <see cref="DeviceProofs"/> recognises them.</summary>
internal sealed class Devices(ShouwangDb db, SignInSteps steps, Sessions sessions, TimeProvider clock) : IDevices
{
    public async Task<Outcome<EnrolledDevice>> Enrol(DeviceSignIn signIn, CancellationToken cancel)
    {
        var proven = await steps.Prove(signIn.Name, signIn.Password, signIn.Code, signIn.Address, cancel);
        if (!proven.Succeeded)
            return proven.Problems.ToList();
        var user = proven.Value;
        if (user.MustChange)
            return Problems.ChangePasswordAtDesk();

        var (token, now) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), clock.GetUtcNow());
        var device = await db.Set<Device>().SingleOrDefaultAsync(d => d.County == user.County && d.Id == signIn.Device, cancel);
        if (device is null)
            db.Add(device = new()
            {
                County = user.County, Id = signIn.Device, UserId = user.Id, TokenHash = [], Name = "", App = "", Address = "", EnrolledAt = now, SeenAt = now,
            });
        (device.UserId, device.TokenHash, device.Name, device.App, device.Address) =
            (user.Id, HashOf(token), Short(signIn.DeviceName, 80), Short(signIn.App, 20), signIn.Address);
        (device.EnrolledAt, device.SeenAt, device.EndedAt, device.EndedBy) = (now, now, null, null);
        db.Log("access.device-enrolled", user.Post, user.Name, user.Name, clock, new { Device = signIn.Device, device.Name });
        await db.SaveChangesAsync(cancel);
        return new EnrolledDevice(device.Id, token, await sessions.ActorOf(user, cancel));
    }

    public async Task<IReadOnlyDictionary<Guid, Actor>> ActorsOf(string county, IReadOnlyCollection<Guid> users, CancellationToken cancel)
    {
        var (wanted, actors) = (users.Distinct().ToList(), new Dictionary<Guid, Actor>());
        foreach (var user in await db.Set<User>().AsNoTracking().Where(u => u.County == county && wanted.Contains(u.Id) && !u.Disabled).ToListAsync(cancel))
            actors.Add(user.Id, await sessions.ActorOf(user, cancel));
        return actors;
    }

    public Task<IReadOnlyList<DeviceRow>> Of(string county, Guid user, CancellationToken cancel) =>
        Rows(db.Set<Device>().Where(d => d.County == county && d.UserId == user), db.Set<User>(), cancel);

    public Task<IReadOnlyList<DeviceRow>> In(AreaCode area, CancellationToken cancel)
    {
        var (county, from, to) = (area.County.Digits, area.Digits, area.RangeEnd);
        return Rows(db.Set<Device>().Where(d => d.County == county && d.EndedAt == null),
            db.Set<User>().Where(u => !u.Disabled && string.Compare(u.Area, from) >= 0 && string.Compare(u.Area, to) < 0), cancel);
    }

    public async Task End(Actor by, Guid user, Guid device, CancellationToken cancel)
    {
        var found = await db.Set<Device>().SingleOrDefaultAsync(d => d.County == by.County && d.UserId == user && d.Id == device && d.EndedAt == null, cancel);
        if (found is null)
            return;
        (found.EndedAt, found.EndedBy) = (clock.GetUtcNow(), by.Name);
        db.Log("access.device-ended", by.Area, device.ToString(), by.Name, clock, new { found.Name });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Ends every phone of a user, with the caller's unit of work.</summary>
    public static Task EndAll(ShouwangDb db, User user, string by, TimeProvider clock, CancellationToken cancel) =>
        db.Execute("update devices set ended_at = @now, ended_by = @by where county = @county and user_id = @user and ended_at is null", cancel,
            ("@now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("@by", by), ("@county", user.County), ("@user", user.Id));

    private static async Task<IReadOnlyList<DeviceRow>> Rows(IQueryable<Device> devices, IQueryable<User> users, CancellationToken cancel)
    {
        var found = await devices.AsNoTracking()
            .Join(users.AsNoTracking(), d => new { d.County, Id = d.UserId }, u => new { u.County, u.Id }, (d, u) => new { Device = d, u.DisplayName, u.Area })
            .OrderBy(r => r.Device.EndedAt != null).ThenByDescending(r => r.Device.SeenAt).ToListAsync(cancel);
        return [.. found.Select(r => new DeviceRow(r.Device.Id, r.Device.UserId, r.DisplayName, new(r.Area), r.Device.Name, r.Device.App, r.Device.EnrolledAt,
            r.Device.SeenAt, r.Device.EndedAt))];
    }

    /// <summary>What the server keeps of a token.</summary>
    internal static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static string Short(string text, int length) => text.Length > length ? text[..length] : text;
}
