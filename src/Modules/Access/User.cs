using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Access;

/// <summary>Somebody who signs in: a person with one post over one area.</summary>
public sealed class User : IPlaced
{
    public required string County { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The sign-in name, lower case, unique in the installation.</summary>
    public required string Name { get; init; }

    public required string DisplayName { get; set; }
    public required Role Role { get; set; }
    public required string Area { get; set; }

    /// <summary>The department's code, for <see cref="Role.IndustryDept"/> only.</summary>
    public string? Department { get; set; }

    public required string PasswordHash { get; set; }

    /// <summary>True while the password is one that somebody else chose.</summary>
    public bool MustChange { get; set; }

    /// <summary>The encrypted secret of the second step, or null while the user has none.</summary>
    public byte[]? TotpEnc { get; set; }

    /// <summary>The last 30-second step whose code was used.</summary>
    public long TotpStep { get; set; }

    /// <summary>Wrong passwords or codes since the last success.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? LockedUntilAt { get; set; }
    public bool Disabled { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    public AreaCode Post => new(Area);
}

internal sealed class UserMap : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> map)
    {
        map.ToTable("users");
        map.HasKey(u => new { u.County, u.Id });
        map.Ignore(u => u.Post);
    }
}

/// <summary>How far signing in has come.</summary>
public enum SessionStage { AwaitingCode, Open }

/// <summary>One device on which a user is signed in. Deleting the row signs it out.</summary>
internal sealed class Session
{
    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required Guid UserId { get; init; }
    public required byte[] TokenHash { get; init; }
    public required SessionStage Stage { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset SeenAt { get; set; }
    public required DateTimeOffset ExpiresAt { get; set; }
    public required string Address { get; init; }

    /// <summary>Browser and system as the browser says, shortened.</summary>
    public required string Device { get; init; }
}

internal sealed class SessionMap : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> map)
    {
        map.ToTable("sessions");
        map.HasKey(s => new { s.County, s.Id });
        map.HasOne<User>().WithMany().HasForeignKey(s => new { s.County, s.UserId });
    }
}

/// <summary>What became of an attempt to sign in.</summary>
internal enum SignInResult { Success, UnknownName, WrongPassword, WrongCode, Locked, Disabled, CodeAsked }

internal sealed class SignIn
{
    /// <summary>Where attempts with a name that nobody has are written down.</summary>
    public const string NoCounty = "000000";

    public required string County { get; init; }
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Address { get; init; }
    public required SignInResult Result { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class SignInMap : IEntityTypeConfiguration<SignIn>
{
    public void Configure(EntityTypeBuilder<SignIn> map)
    {
        map.ToTable("sign_ins");
        map.HasKey(s => new { s.County, s.Id });
    }
}
