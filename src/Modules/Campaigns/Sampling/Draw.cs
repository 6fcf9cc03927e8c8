using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Shouwang.Modules.Campaigns.Sampling;

/// <summary>A household that can be drawn.</summary>
/// <param name="Code">户编号, which is stable for life.</param>
/// <param name="Stratum">Among whom it is drawn.</param>
internal readonly record struct Candidate(Guid Household, string Code, string Area, string Stratum);

/// <summary>A stratum: how many there are, and how many are to be drawn.</summary>
public sealed record Stratum(string Name, int Households, int Drawn);

/// <summary>Draws a stratified random sample that anybody can draw again.</summary>
/// <remarks>
/// Every household has the number SHA-256(seed, ":", code); in each stratum those with the smallest numbers are drawn. So a sample depends on the seed and the
/// households alone, and not on their order; a household that joins or leaves changes the sample by one at most (permanent random numbers: E. Ohlsson,
/// Coordination of samples using permanent random numbers, in: Business Survey Methods, 1995). Whether a code is drawn cannot be foreseen without the seed.
/// </remarks>
internal static class Draw
{
    /// <summary>How many of a stratum are drawn: its share, rounded up, but at least so many, and no more than there are.</summary>
    public static int Size(int households, decimal percent, int least) => Math.Min(households, Math.Max(least, (int)Math.Ceiling(households * percent / 100)));

    /// <summary>The sample, stratum by stratum, within each in the order in which it was drawn.</summary>
    public static IReadOnlyList<Candidate> Sample(IEnumerable<Candidate> frame, string seed, decimal percent, int least) =>
    [
        .. frame.GroupBy(c => c.Stratum, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(g =>
            g.Select(c => (Candidate: c, Number: NumberOf(seed, c.Code))).OrderBy(c => c.Number).ThenBy(c => c.Candidate.Code, StringComparer.Ordinal)
                .Take(Size(g.Count(), percent, least)).Select(c => c.Candidate)),
    ];

    public static IReadOnlyList<Stratum> Strata(IEnumerable<Candidate> frame, decimal percent, int least) =>
        [.. frame.GroupBy(c => c.Stratum, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new Stratum(g.Key, g.Count(), Size(g.Count(), percent, least)))];

    /// <summary>The hash of who could be drawn and in which stratum, so that a later draw can tell whether it draws among the same.</summary>
    public static string FrameHash(IEnumerable<Candidate> frame) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', frame.Select(c => $"{c.Code} {c.Stratum}").Order(StringComparer.Ordinal)))));

    /// <summary>The first 16 bytes are enough: two households of a county have the same with a chance of one in 10^27.</summary>
    private static UInt128 NumberOf(string seed, string code) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}:{code}")));
}
