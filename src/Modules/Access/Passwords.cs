using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Shouwang.Kernel;

namespace Shouwang.Modules.Access;

/// <summary>Making, checking and judging passwords.</summary>
internal static class Passwords
{
    public const int Shortest = 10;

    // Look-alikes are left out: passwords are read from paper and over the phone.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    private static readonly PasswordHasher<User> Hasher = new();

    /// <summary>Checked when a name does not exist, so that an attempt takes as long as with one that does.</summary>
    private static readonly string Decoy = Hasher.HashPassword(null!, "decoy");

    private static readonly string[] TooCommon = ["1234567890", "password12", "qwertyuiop", "1q2w3e4r5t", "admin12345", "aa123456789", "shouwang"];

    public static string Hash(string password) => Hasher.HashPassword(null!, password);

    public static bool Verify(User? user, string password) =>
        Hasher.VerifyHashedPassword(null!, user?.PasswordHash ?? Decoy, password) != PasswordVerificationResult.Failed && user is not null;

    /// <summary>Twelve characters in groups of four: about 59 bits.</summary>
    public static string MakeUp()
    {
        var letters = RandomNumberGenerator.GetString(Alphabet, 12);
        return $"{letters[..4]}-{letters[4..8]}-{letters[8..]}";
    }

    /// <summary>What is wrong with a password somebody chose, or null.</summary>
    public static Problem? Judge(string password, string userName) =>
        password.Length < Shortest ? Problems.PasswordTooShort()
        : password.Length > 128 ? Problems.PasswordTooLong()
        : password.Contains(userName, StringComparison.OrdinalIgnoreCase) || password.Distinct().Count() < 5
            || TooCommon.Any(c => password.Contains(c, StringComparison.OrdinalIgnoreCase)) ? Problems.PasswordTooEasy()
        : null;
}
