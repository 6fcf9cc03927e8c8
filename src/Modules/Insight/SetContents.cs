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
    private readonly SortedDictionary<string, Contributions> _codes;

    private SetContents(List<(string, Guid)> places, SortedDictionary<string, Contributions> codes) => (_places, _codes) = (places, codes);

    /// <summary>Collects parts; what one place adds to one code is added up.</summary>
    public static async Task<SetContents> Collect(Func<Action<IndicatorPart>, Task> each)
    {
        var (places, numbers) = (new List<(string, Guid)>(), new Dictionary<(string, Guid), int>());
        var codes = new Dictionary<string, Contributions>(StringComparer.Ordinal);
        await each(part =>
        {
            var key = (part.Village, part.Household ?? Guid.Empty);
            if (!numbers.TryGetValue(key, out var place))
            {
                numbers.Add(key, place = places.Count);
                places.Add(key);
            }
            if (!codes.TryGetValue(part.Code, out var contributions))
                codes.Add(part.Code, contributions = new());
            contributions.Add(place, new(part.Numerator, part.Denominator));
        });
        foreach (var contributions in codes.Values)
            contributions.Order();
        return new(places, new(codes, StringComparer.Ordinal));
    }

    /// <summary>Every part of some codes.</summary>
    /// <param name="codes">Null for all.</param>
    public void Each(IReadOnlyCollection<string>? codes, Action<IndicatorPart> part)
    {
        foreach (var (code, contributions) in _codes.Where(c => codes is null || codes.Contains(c.Key)))
        {
            foreach (var (place, adds) in contributions.All)
                part(new(code, _places[place].Village, _places[place].Household is var id && id == Guid.Empty ? null : id, adds.Numerator, adds.Denominator));
        }
    }

    /// <summary>What all of it adds up to, by area and code.</summary>
    public AreaSums Sums(AreaCode county)
    {
        // By village first: there are hundreds of households for each, and areas above are many steps away.
        var villages = _places.Select(p => p.Village).Distinct().ToList();
        var number = villages.Index().ToDictionary(v => v.Item, v => v.Index);
        var (of, sums) = (_places.Select(p => number[p.Village]).ToArray(), new AreaSums(county));
        foreach (var (code, contributions) in _codes)
        {
            var (found, has) = (new Sums[villages.Count], new bool[villages.Count]);
            foreach (var (place, adds) in contributions.All)
                (found[of[place]], has[of[place]]) = (found[of[place]].Plus(adds.Numerator, adds.Denominator), true);
            foreach (var (village, _) in has.Index().Where(h => h.Item))
                sums.Add(villages[village], code, found[village].Numerator, found[village].Denominator);
        }
        return sums;
    }

    /// <summary>Compressed, and the digest of what was compressed.</summary>
    public (byte[] Packed, string Digest) Pack()
    {
        using var clear = new MemoryStream();
        using (var to = new BinaryWriter(clear, System.Text.Encoding.UTF8, leaveOpen: true))
            Write(to);
        var bytes = clear.GetBuffer().AsSpan(0, (int)clear.Length);
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
        if (Convert.ToHexStringLower(SHA256.HashData(clear.GetBuffer().AsSpan(0, (int)clear.Length))) != digest)
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
        foreach (var (code, contributions) in _codes)
        {
            to.Write(code);
            contributions.Write(to);
        }
    }

    private static SetContents Read(BinaryReader from)
    {
        if (from.ReadByte() is var format and not Format)
            throw new InvalidDataException($"Contents of format {format} are not known.");
        var places = new List<(string, Guid)>(from.Read7BitEncodedInt());
        for (var i = places.Capacity; i > 0; i--)
            places.Add((from.ReadString(), new Guid(from.ReadBytes(16))));
        var codes = new SortedDictionary<string, Contributions>(StringComparer.Ordinal);
        for (var i = from.Read7BitEncodedInt(); i > 0; i--)
            codes.Add(from.ReadString(), Contributions.Read(from));
        return new(places, codes);
    }
}
