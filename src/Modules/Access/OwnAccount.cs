using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Access;

/// <summary>What users change about their own account.</summary>
internal sealed class OwnAccount(ShouwangDb db, Sessions sessions, Secrets secrets, TimeProvider clock)
{
    /// <summary>Changes the password and signs out every other device.</summary>
    /// <returns>The problem, or null when it is done.</returns>
    public async Task<Problem?> ChangePassword(Actor actor, Guid session, string old, string chosen, string again, CancellationToken cancel)
    {
        var user = await Of(actor, cancel);
        if (!Passwords.Verify(user, old))
            return Problems.WrongNameOrPassword();
        if (chosen != again)
            return Problems.PasswordsDiffer();
        if (chosen == old)
            return Problems.SamePassword();
        if (Passwords.Judge(chosen, user.Name) is { } problem)
            return problem;
        (user.PasswordHash, user.MustChange) = (Passwords.Hash(chosen), false);
        await sessions.CloseOthers(user.County, user.Id, session, cancel);
        await Devices.EndAll(db, user, actor.Name, clock, cancel);
        db.Log("access.password-changed", user.Post, user.Name, user.Name, clock, new { });
        await db.SaveChangesAsync(cancel);
        return null;
    }

    public async Task<bool> HasSecondStep(Actor actor, CancellationToken cancel) => (await Of(actor, cancel)).TotpEnc is not null;

    /// <summary>Turns the second step on, once a first code shows that the phone has the secret.</summary>
    public async Task<Problem?> AddSecondStep(Actor actor, string secret, string code, CancellationToken cancel)
    {
        var user = await Of(actor, cancel);
        if (Totp.Accept(secret, code, clock.GetUtcNow(), 0) is not { } step)
            return Problems.WrongCode();
        (user.TotpEnc, user.TotpStep) = (secrets.Encrypt(secret), step);
        db.Log("access.second-step-added", user.Post, user.Name, user.Name, clock, new { });
        await db.SaveChangesAsync(cancel);
        return null;
    }

    /// <summary>Turns the second step off; the password is asked again.</summary>
    public async Task<Problem?> DropSecondStep(Actor actor, string password, CancellationToken cancel)
    {
        var user = await Of(actor, cancel);
        if (!Passwords.Verify(user, password))
            return Problems.WrongNameOrPassword();
        user.TotpEnc = null;
        db.Log("access.second-step-dropped", user.Post, user.Name, user.Name, clock, new { });
        await db.SaveChangesAsync(cancel);
        return null;
    }

    private Task<User> Of(Actor actor, CancellationToken cancel) =>
        db.Set<User>().SingleAsync(u => u.County == actor.County && u.Id == actor.User, cancel);
}
