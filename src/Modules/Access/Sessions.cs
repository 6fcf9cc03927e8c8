using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Access;

/// <summary>Opens, finds and closes sessions.</summary>
/// <remarks>
/// A session is a row, so it can be ended from anywhere at once. The browser holds 32 random bytes; the database their hash.
/// <see cref="Open"/> does not care how somebody proved who they are, so another way of signing in ends there as well.
/// </remarks>
internal sealed class Sessions(ShouwangDb db, TimeProvider clock, IServiceProvider services) : ISessions
{
    /// <summary>A session ends after an hour without a click, and after twelve hours in any case.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromHours(1), Longest = TimeSpan.FromHours(12), CodeWait = TimeSpan.FromMinutes(5);

    /// <summary>Seen times are written at most this often: a click is a read, not a write.</summary>
    private static readonly TimeSpan Coarse = TimeSpan.FromMinutes(1);

    public async Task<SignedInUser?> Find(string token, CancellationToken cancel)
    {
        if (await Row(token, SessionStage.Open, cancel) is not var (session, user))
            return null;
        var now = clock.GetUtcNow();
        if (now - session.SeenAt >= Coarse)
        {
            var expires = now + Idle;
            var latest = session.OpenedAt + Longest;
            await db.Set<Session>().Where(s => s.County == session.County && s.Id == session.Id).ExecuteUpdateAsync(
                s => s.SetProperty(x => x.SeenAt, now).SetProperty(x => x.ExpiresAt, expires < latest ? expires : latest), cancel);
        }
        return new(await ActorOf(user, cancel), session.Id, user.MustChange);
    }

    /// <summary>The user of a session in the given stage, if the token is good.</summary>
    public async Task<(Session Session, User User)?> Row(string token, SessionStage stage, CancellationToken cancel)
    {
        var (hash, now) = (HashOf(token), clock.GetUtcNow());
        var found = await db.Set<Session>().AsNoTracking()
            .Where(s => s.TokenHash == hash && s.Stage == stage && s.ExpiresAt > now)
            .Join(db.Set<User>().AsNoTracking(), s => new { s.County, Id = s.UserId }, u => new { u.County, u.Id }, (s, u) => new { Session = s, User = u })
            .SingleOrDefaultAsync(cancel);
        return found is null || found.User.Disabled ? null : (found.Session, found.User);
    }

    /// <summary>Adds a session to the unit of work.</summary>
    /// <returns>The token for the cookie.</returns>
    public string Open(User user, SessionStage stage, string address, string device)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow();
        db.Add(new Session
        {
            County = user.County, Id = Guid.CreateVersion7(), UserId = user.Id, TokenHash = HashOf(token), Stage = stage, OpenedAt = now,
            SeenAt = now, ExpiresAt = now + (stage == SessionStage.Open ? Idle : CodeWait), Address = address, Device = device,
        });
        return token;
    }

    /// <summary>Ends one session; harmless when it has ended already.</summary>
    public Task Close(string county, Guid user, Guid session, CancellationToken cancel) =>
        db.Set<Session>().Where(s => s.County == county && s.UserId == user && s.Id == session).ExecuteDeleteAsync(cancel);

    /// <summary>Ends all sessions of a user but one.</summary>
    public Task CloseOthers(string county, Guid user, Guid kept, CancellationToken cancel) =>
        db.Set<Session>().Where(s => s.County == county && s.UserId == user && s.Id != kept).ExecuteDeleteAsync(cancel);

    /// <summary>The devices a user is signed in on, the most recent first.</summary>
    public Task<List<Session>> Of(string county, Guid user, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return db.Set<Session>().AsNoTracking().Where(s => s.County == county && s.UserId == user && s.Stage == SessionStage.Open && s.ExpiresAt > now)
            .OrderByDescending(s => s.SeenAt).ToListAsync(cancel);
    }

    /// <summary>Who the user is now, with the households assigned by name where the post sees only those.</summary>
    public async Task<Actor> ActorOf(User user, CancellationToken cancel) => new(
        user.Id, user.Name, user.DisplayName, user.Role, new AreaCode(user.Area), user.Department, await Assigned(services, user.Role, user.County, user.Id, cancel));

    /// <summary>The households a user sees because they were assigned by name; none for posts that see an area.</summary>
    public static async Task<IReadOnlyList<Guid>> Assigned(IServiceProvider services, Role role, string county, Guid user, CancellationToken cancel) =>
        role is Role.MonitoringOfficer or Role.PairingHelper && services.GetService(typeof(IAssignments)) is IAssignments assignments
            ? await assignments.Of(county, user, cancel)
            : [];

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
