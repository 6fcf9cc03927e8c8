using System.IO.Compression;
using System.Security.Cryptography;
using Shouwang.Kernel;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Insight;

/// <summary>The households behind every figure of a day, as they were counted: enough to add the figures up again and to open them.</summary>
/// <remarks>
/// In clear: the places (village and household, the latter empty for what is not about one), then by code what each place adds. Places are
/// written as steps from the one before; the usual contributions, one of one, take a byte.
/// </remarks>
internal sealed class SetContents
{
    private const byte Format = 1;

    private readonly List<(string Village, Guid Household)> _places;
    private readonly SortedDictionary<string, List<(int Place, decimal Numerator, decimal Denominator)>> _codes;

    private SetContents(List<(string, Guid)> places, SortedDictionary<string, List<(int, decimal, decimal)>> codes) => (_places, _codes) = (places, codes);

    /// <summary>Collects parts; what one place adds to one code is added up.</summary>
    public static async Task<SetContents> Collect(Func<Action<IndicatorPart>, Task> each)
    {
        var (places, found) = (new Dictionary<(string, Guid), int>(), new Dictionary<string, Dictionary<int, Sums>>(StringComparer.Ordinal));
        await each(part =>
        {
            var key = (part.Village, part.Household ?? Guid.Empty);
            if (!places.TryGetValue(key, out var place))
                places.Add(key, place = places.Count);
            if (!found.TryGetValue(part.Code, out var code))
                found.Add(part.Code, code = []);
            code[place] = code.GetValueOrDefault(place).Plus(part.Numerator, part.Denominator);
        });
        return new([.. places.Keys], new(found.ToDictionary(c => c.Key,
            c => c.Value.OrderBy(p => p.Key).Select(p => (p.Key, p.Value.Numerator, p.Value.Denominator)).ToList()), StringComparer.Ordinal));
    }

    /// <summary>Every part of some codes.</summary>
    /// <param name="codes">Null for all.</param>
    public void Each(IReadOnlyCollection<string>? codes, Action<IndicatorPart> part)
    {
        foreach (var (code, parts) in _codes.Where(c => codes is null || codes.Contains(c.Key)))
            foreach (var (place, numerator, denominator) in parts)
                part(new(code, _places[place].Village, _places[place].Household is var id && id == Guid.Empty ? null : id, numerator, denominator));
    }

    /// <summary>What all of it adds up to, by area and code.</summary>
    public AreaSums Sums(AreaCode county)
    {
        var sums = new AreaSums(county);
        Each(null, part => sums.Add(part.Village, part.Code, part.Numerator, part.Denominator));
        return sums;
    }

    /// <summary>Compressed, and the digest of what was compressed.</summary>
    public (byte[] Packed, string Digest) Pack()
    {
        using var clear = new MemoryStream();
        using (var to = new BinaryWriter(clear, System.Text.Encoding.UTF8, leaveOpen: true))
            Write(to);
        var bytes = clear.ToArray();
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
            brotli.Write(bytes);
        return (packed.ToArray(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <exception cref="InvalidDataException">The contents are not those the digest stands for.</exception>
    public static SetContents Unpack(byte[] packed, string digest)
    {
        using var clear = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress))
            brotli.CopyTo(clear);
        if (Convert.ToHexStringLower(SHA256.HashData(clear.ToArray())) != digest)
            throw new InvalidDataException("The households of a published set are not those that were published.");
        clear.Position = 0;
        using var from = new BinaryReader(clear);
        return Read(from);
    }

    private void Write(BinaryWriter to)
    {
        to.Write(Format);
        to.Write7BitEncodedInt(_places.Count);
        foreach (var (village, household) in _places)
        {
            to.Write(village);
            to.Write(household.ToByteArray());
        }
        to.Write7BitEncodedInt(_codes.Count);
        foreach (var (code, parts) in _codes)
        {
            to.Write(code);
            to.Write7BitEncodedInt(parts.Count);
            var last = 0;
            foreach (var (place, numerator, denominator) in parts)
            {
                to.Write7BitEncodedInt(place - last);
                last = place;
                Write(to, numerator, denominator);
            }
        }
    }

    // 0: one, and nothing to divide by; 1: one of one; 2: none of one; 3: whatever they are.
    private static void Write(BinaryWriter to, decimal numerator, decimal denominator)
    {
        var usual = (numerator, denominator) switch { (1, 0) => 0, (1, 1) => 1, (0, 1) => 2, _ => 3 };
        to.Write((byte)usual);
        if (usual < 3)
            return;
        to.Write(numerator);
        to.Write(denominator);
    }

    private static SetContents Read(BinaryReader from)
    {
        if (from.ReadByte() is var format and not Format)
            throw new InvalidDataException($"Contents of format {format} are not known.");
        var places = new List<(string, Guid)>(from.Read7BitEncodedInt());
        for (var i = places.Capacity; i > 0; i--)
            places.Add((from.ReadString(), new Guid(from.ReadBytes(16))));
        var codes = new SortedDictionary<string, List<(int, decimal, decimal)>>(StringComparer.Ordinal);
        for (var i = from.Read7BitEncodedInt(); i > 0; i--)
        {
            var (code, count, place) = (from.ReadString(), from.Read7BitEncodedInt(), 0);
            var parts = new List<(int, decimal, decimal)>(count);
            for (; count > 0; count--)
            {
                place += from.Read7BitEncodedInt();
                var (numerator, denominator) = from.ReadByte() switch { 0 => (1m, 0m), 1 => (1m, 1m), 2 => (0m, 1m), _ => (from.ReadDecimal(), from.ReadDecimal()) };
                parts.Add((place, numerator, denominator));
            }
            codes.Add(code, parts);
        }
        return new(places, codes);
    }
}
