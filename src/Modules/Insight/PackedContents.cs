using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Shouwang.Modules.Insight;

/// <summary>A part of what is kept of a day: the places, or what they add to one code.</summary>
/// <param name="Code">Of the figure or of a part of one; empty for the places.</param>
/// <param name="Digest">SHA-256 of what was packed, in hexadecimal.</param>
internal sealed record ContentSection(string Code, byte[] Packed, string Digest);

/// <summary>How <see cref="SetContents"/> are kept: the places, then each code by itself, so that a figure opens without the others being read.</summary>
internal static class PackedContents
{
    public const string Places = "";

    private const byte FirstFormat = 1;

    public static IReadOnlyList<ContentSection> Pack(SetContents contents)
    {
        string[] codes = [Places, .. contents.Codes.Keys];
        var sections = new ContentSection[codes.Length];
        Parallel.For(0, codes.Length, i =>
        {
            var clear = Written(to =>
            {
                if (codes[i] == Places)
                    WritePlaces(contents.Places, to);
                else
                    contents.Codes[codes[i]].Write(to);
            });
            sections[i] = new(codes[i], Compress(clear), Hash(clear));
        });
        return sections;
    }

    /// <summary>The digest of all of a day: of every code with the digest of its section.</summary>
    public static string DigestOf(IEnumerable<(string Code, string Digest)> sections) =>
        Hash(Encoding.UTF8.GetBytes(string.Concat(sections.OrderBy(s => s.Code, StringComparer.Ordinal).Select(s => $"{s.Code} {s.Digest}\n"))));

    /// <param name="sections">The places, and whichever codes are wanted.</param>
    /// <exception cref="InvalidDataException">A section is not what its digest stands for.</exception>
    public static SetContents Unpack(IEnumerable<ContentSection> sections)
    {
        var (places, codes) = (new List<ContentPlace>(), new SortedDictionary<string, Contributions>(StringComparer.Ordinal));
        foreach (var section in sections)
        {
            var clear = Decompress(section.Packed);
            if (Hash(clear) != section.Digest)
                throw Changed();
            if (section.Code == Places)
                places = ReadPlaces(clear);
            else
                codes.Add(section.Code, Contributions.Read(clear));
        }
        return new(places, codes);
    }

    /// <summary>Sets published before there were sections: everything in one.</summary>
    /// <inheritdoc cref="Unpack" path="/exception"/>
    public static SetContents UnpackWhole(byte[] packed, string digest)
    {
        var clear = Decompress(packed);
        if (Hash(clear) != digest)
            throw Changed();
        using var from = new BinaryReader(new MemoryStream(clear));
        if (from.ReadByte() is var format and not FirstFormat)
            throw new InvalidDataException($"Contents of format {format} are not known.");
        var places = new List<ContentPlace>(from.Read7BitEncodedInt());
        for (var i = places.Capacity; i > 0; i--)
            places.Add(new(from.ReadString(), new Guid(from.ReadBytes(16))));
        var codes = new SortedDictionary<string, Contributions>(StringComparer.Ordinal);
        for (var i = from.Read7BitEncodedInt(); i > 0; i--)
            codes.Add(from.ReadString(), Contributions.ReadPlaceByPlace(from));
        return new(places, codes);
    }

    public static InvalidDataException Changed() => new("The households of a published set are not those that were published.");

    // Villages once, then each place's village by its number, then the households.
    private static void WritePlaces(IReadOnlyList<ContentPlace> places, BinaryWriter to)
    {
        var villages = places.Select(p => p.Village).Distinct().ToList();
        var number = villages.Index().ToDictionary(v => v.Item, v => v.Index);
        to.Write(villages.Count);
        foreach (var village in villages)
            to.Write(village);
        to.Write(places.Count);
        foreach (var place in places)
            to.Write(number[place.Village]);
        foreach (var place in places)
            to.Write(place.Household.ToByteArray());
    }

    private static List<ContentPlace> ReadPlaces(byte[] clear)
    {
        using var from = new BinaryReader(new MemoryStream(clear));
        var villages = new string[from.ReadInt32()];
        for (var i = 0; i < villages.Length; i++)
            villages[i] = from.ReadString();
        var count = from.ReadInt32();
        var places = new List<ContentPlace>(count);
        var numbers = clear.AsSpan((int)from.BaseStream.Position, count * sizeof(int));
        var households = clear.AsSpan((int)from.BaseStream.Position + numbers.Length);
        for (var i = 0; i < count; i++)
            places.Add(new(villages[BitConverter.ToInt32(numbers[(i * sizeof(int))..])], new(households.Slice(i * 16, 16))));
        return places;
    }

    private static string Hash(byte[] clear) => Convert.ToHexStringLower(SHA256.HashData(clear));

    private static byte[] Written(Action<BinaryWriter> write)
    {
        using var clear = new MemoryStream();
        using (var to = new BinaryWriter(clear, Encoding.UTF8, leaveOpen: true))
            write(to);
        return clear.ToArray();
    }

    private static byte[] Compress(byte[] clear)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
            brotli.Write(clear);
        return packed.ToArray();
    }

    private static byte[] Decompress(byte[] packed)
    {
        using var clear = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress))
            brotli.CopyTo(clear);
        return clear.ToArray();
    }
}
