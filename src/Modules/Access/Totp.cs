using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shouwang.Modules.Access;

/// <summary>Time-based one-time codes of RFC 6238 with the parameters every authenticator app knows: SHA-1, 30 s, 6 digits.</summary>
internal static class Totp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>20 random bytes, the length RFC 4226 recommends, in the spelling apps accept.</summary>
    public static string NewSecret() => Encode(RandomNumberGenerator.GetBytes(20));

    /// <summary>The 30-second step an instant lies in.</summary>
    public static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 30;

    /// <summary>The code of one step.</summary>
    public static string Code(ReadOnlySpan<byte> secret, long step, int digits = 6)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // the standard and all apps use SHA-1 here; HMAC does not need collision resistance
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var value = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[19] & 0xf)..]) & int.MaxValue;
        var modulus = 1;
        for (var i = 0; i < digits; i++)
            modulus *= 10;
        return (value % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The step a code belongs to, if it is of now or one step to either side and later than the last used.</summary>
    public static long? Accept(string secret, string code, DateTimeOffset now, long lastUsed)
    {
        var (key, given) = (Decode(secret), Encoding.ASCII.GetBytes(code.Trim().Replace(" ", "", StringComparison.Ordinal)));
        long? found = null;
        for (var step = StepOf(now) - 1; step <= StepOf(now) + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(key, step)), given) && step > lastUsed)
                found = step;
        }
        return found;
    }

    /// <summary>What the QR code says to an authenticator app.</summary>
    public static string Address(string secret, string user) =>
        $"otpauth://totp/Shouwang:{Uri.EscapeDataString(user)}?secret={secret}&issuer=Shouwang";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 + 4) / 5);
        var (buffer, bits) = (0, 0);
        foreach (var b in bytes)
        {
            (buffer, bits) = ((buffer << 8 | b) & 0xfff, bits + 8);
            for (; bits >= 5; bits -= 5)
                text.Append(Base32[buffer >> (bits - 5) & 31]);
        }
        if (bits > 0)
            text.Append(Base32[buffer << (5 - bits) & 31]);
        return text.ToString();
    }

    /// <exception cref="FormatException">A character outside the alphabet.</exception>
    public static byte[] Decode(string text)
    {
        var bytes = new List<byte>(text.Length * 5 / 8);
        var (buffer, bits) = (0, 0);
        foreach (var c in text)
        {
            var value = Base32.IndexOf(c, StringComparison.Ordinal);
            if (value < 0)
                throw new FormatException($"'{c}' is not a base32 character.");
            (buffer, bits) = ((buffer << 5 | value) & 0xfff, bits + 5);
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits & 0xff));
            }
        }
        return [.. bytes];
    }
}
