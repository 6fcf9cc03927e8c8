using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Access;

/// <summary>Signing in: name and password, then a code where the user has a second step.</summary>
internal sealed class SignInSteps(ShouwangDb db, Sessions sessions, Secrets secrets, TimeProvider clock)
{
    private const int FailuresAllowed = 5;
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <param name="Token">For the cookie.</param>
    /// <param name="CodeNeeded">The session waits for the second step.</param>
    public sealed record Opened(string Token, bool CodeNeeded, bool MustChange);

    /// <summary>Checks name and password, counts failures and opens a session.</summary>
    public async Task<Outcome<Opened>> WithPassword(string name, string password, string address, string device, CancellationToken cancel)
    {
        var known = await Know(name, password, address, cancel);
        if (!known.Succeeded)
            return known.Problems.ToList();
        var user = known.Value;
        var stage = user.TotpEnc is null ? SessionStage.Open : SessionStage.AwaitingCode;
        if (stage == SessionStage.Open)
            user.Failures = 0;
        var token = sessions.Open(user, stage, address, device);
        Record(user, user.Name, address, stage == SessionStage.Open ? SignInResult.Success : SignInResult.CodeAsked);
        await db.SaveChangesAsync(cancel);
        return new Opened(token, stage == SessionStage.AwaitingCode, user.MustChange);
    }

    /// <summary>Checks the code of the second step and exchanges the waiting session for an open one.</summary>
    public async Task<Outcome<Opened>> WithCode(string token, string code, string address, string device, CancellationToken cancel)
    {
        if (await sessions.Row(token, SessionStage.AwaitingCode, cancel) is not var (waiting, found))
            return Problems.SignInAgain();
        var user = await db.Set<User>().SingleAsync(u => u.County == found.County && u.Id == found.Id, cancel);
        if (user.LockedUntilAt is { } until && until > clock.GetUtcNow())
            return Locked(until);
        if (StepOf(user, code) is not { } step)
            return await Failed(user, address, SignInResult.WrongCode, Problems.WrongCode(), cancel);

        (user.TotpStep, user.Failures) = (step, 0);
        await sessions.Close(user.County, user.Id, waiting.Id, cancel);
        var open = sessions.Open(user, SessionStage.Open, address, device);
        Record(user, user.Name, address, SignInResult.Success);
        await db.SaveChangesAsync(cancel);
        return new Opened(open, false, user.MustChange);
    }

    /// <summary>Checks name, password and, where the user has a second step, its code at once; for whatever is no browser.</summary>
    /// <remarks>The success is recorded in the unit of work; the caller stores it together with what it opens.</remarks>
    public async Task<Outcome<User>> Prove(string name, string password, string? code, string address, CancellationToken cancel)
    {
        var known = await Know(name, password, address, cancel);
        if (!known.Succeeded)
            return known;
        var user = known.Value;
        if (user.TotpEnc is not null && string.IsNullOrWhiteSpace(code))
            return await Refuse(user, user.Name, address, SignInResult.CodeAsked, Problems.CodeNeeded(), cancel);
        var step = StepOf(user, code ?? "");
        if (user.TotpEnc is not null && step is null)
            return await Failed(user, address, SignInResult.WrongCode, Problems.WrongCode(), cancel);
        user.TotpStep = step ?? user.TotpStep;
        user.Failures = 0;
        Record(user, user.Name, address, SignInResult.Success);
        return user;
    }

    private async Task<Outcome<User>> Know(string name, string password, string address, CancellationToken cancel)
    {
        var lower = name.Trim().ToLowerInvariant();
        var user = await db.Set<User>().SingleOrDefaultAsync(u => u.Name == lower, cancel);
        // Checked even when it cannot succeed: the time an answer takes tells nothing.
        var right = Passwords.Verify(user, password);
        if (user is null)
            return await Refuse(null, lower, address, SignInResult.UnknownName, Problems.WrongNameOrPassword(), cancel);
        if (user.LockedUntilAt is { } until && until > clock.GetUtcNow())
            return await Refuse(user, lower, address, SignInResult.Locked, Locked(until), cancel);
        if (!right)
            return await Failed(user, address, SignInResult.WrongPassword, Problems.WrongNameOrPassword(), cancel);
        if (user.Disabled)
            return await Refuse(user, lower, address, SignInResult.Disabled, Problems.WrongNameOrPassword(), cancel);
        return user;
    }

    private long? StepOf(User user, string code) =>
        user.TotpEnc is null ? null : Totp.Accept(secrets.Decrypt(user.TotpEnc)!, code, clock.GetUtcNow(), user.TotpStep);

    private Problem Locked(DateTimeOffset until) => Problems.Locked((int)Math.Ceiling((until - clock.GetUtcNow()).TotalMinutes));

    private async Task<Problem> Failed(User user, string address, SignInResult result, Problem problem, CancellationToken cancel)
    {
        if (++user.Failures >= FailuresAllowed)
        {
            (user.Failures, user.LockedUntilAt) = (0, clock.GetUtcNow() + LockedFor);
            db.Log("access.locked", user.Post, user.Name, user.Name, clock, new { Address = address });
        }
        return await Refuse(user, user.Name, address, result, problem, cancel);
    }

    private async Task<Problem> Refuse(User? user, string name, string address, SignInResult result, Problem problem, CancellationToken cancel)
    {
        Record(user, name, address, result);
        await db.SaveChangesAsync(cancel);
        return problem;
    }

    private void Record(User? user, string name, string address, SignInResult result)
    {
        db.Add(new SignIn
        {
            County = user?.County ?? SignIn.NoCounty, Id = Guid.CreateVersion7(), Name = name.Length > 64 ? name[..64] : name, Address = address,
            Result = result, At = clock.GetUtcNow(),
        });
        if (user is not null && result is SignInResult.Success or SignInResult.WrongPassword or SignInResult.WrongCode)
            db.Log(result == SignInResult.Success ? "access.signed-in" : "access.sign-in-failed", user!.Post, user.Name, user.Name, clock, new { Address = address, result });
    }
}
