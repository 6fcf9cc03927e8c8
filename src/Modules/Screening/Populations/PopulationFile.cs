using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Scan;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening.Populations;

/// <summary>A population in a file that is mapped into memory, so that a restart needs not ask the database.</summary>
/// <remarks>
/// Layout: 8 bytes of magic, the SHA-256 of everything after it, 4 bytes length of the head, the head as JSON, then ids, areas and
/// columns, each on a boundary of 64 bytes. Written beside the old file and moved over it, so that nobody reads half a file.
/// </remarks>
internal static class PopulationFile
{
    private static ReadOnlySpan<byte> Magic => "SWPOP\0\0\u0001"u8;

    private const int HashAt = 8, HeadLengthAt = 40, HeadAt = 44, Boundary = 64;

    /// <param name="Made">What the features were worked out by; see <see cref="PopulationStore"/>.</param>
    private sealed record Head(
        string Made, string County, DateOnly AsOf, long Version, DateTimeOffset BuiltAt, int Count, IReadOnlyList<string> Areas, int IdsAt, int AreasAt,
        IReadOnlyList<Column> Columns);

    private sealed record Column(
        string Name, ColumnStorage Storage, int Scale, long Least, long Greatest, int Unknowns, int DataAt, int KnownAt, IReadOnlyList<string> Texts);

    /// <summary>The content of a population's file; nothing may change it meanwhile.</summary>
    public static byte[] Of(CountyPopulation population, string made)
    {
        var end = 0;
        int Place(int length)
        {
            var at = end;
            end = (end + length + Boundary - 1) / Boundary * Boundary;
            return at;
        }

        var (ids, areas) = (Place(population.Count * 16), Place(population.Count * 4));
        var all = population.Table.Columns.Values.OrderBy(c => c.Symbol.Name, StringComparer.Ordinal).ToList();
        var columns = all.ConvertAll(c => new Column(
            c.Symbol.Name, c.Shape.Storage, c.Shape.Scale, c.Shape.Least, c.Shape.Greatest, c.Shape.Unknowns,
            Place(c.Data.Length), Place(c.Known.Length * 8), c.Dictionary));
        var head = JsonSerializer.SerializeToUtf8Bytes(new Head(
            made, population.County.Digits, population.AsOf, population.Version, population.BuiltAt, population.Count, population.AreaCodes, ids, areas, columns), JsonTexts.Options);

        var bodyAt = BodyAt(head.Length);
        var bytes = new byte[bodyAt + end];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(HeadLengthAt), head.Length);
        head.CopyTo(bytes, HeadAt);
        var body = bytes.AsSpan(bodyAt);
        MemoryMarshal.AsBytes(population.Ids).CopyTo(body[ids..]);
        MemoryMarshal.AsBytes(population.AreaOf).CopyTo(body[areas..]);
        foreach (var (column, place) in all.Zip(columns))
        {
            column.Data.CopyTo(body[place.DataAt..]);
            MemoryMarshal.AsBytes(column.Known).CopyTo(body[place.KnownAt..]);
        }
        return bytes;
    }

    /// <summary>Seals the content and writes it.</summary>
    public static void Save(byte[] bytes, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        SHA256.HashData(bytes.AsSpan(HeadLengthAt)).CopyTo(bytes, HashAt);

        var fresh = $"{path}.{Guid.CreateVersion7():n}";
        try
        {
            // Values that the database encrypts lie here in clear; whoever may read this may read the key beside it too.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            // Not flushed to the disk: what a power cut leaves half is found out by its hash, and built again.
            using (var file = new FileStream(fresh, options))
                file.Write(bytes);
            File.Move(fresh, path, overwrite: true);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    /// <summary>Opens a file that holds just what is asked for.</summary>
    /// <returns>The population, or why the file cannot be used.</returns>
    public static (CountyPopulation? Population, Text? Why) Open(string path, string made, DateOnly asOf, long version, IReadOnlyDictionary<string, Symbol> symbols)
    {
        if (!File.Exists(path))
            return (null, PopulationTexts.None);
        MappedFile? file = null;
        try
        {
            file = new(path);
            var population = Read(file.Memory, made, asOf, version, symbols);
            if (population.Population is not null)
                file = null;
            return population;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return (null, PopulationTexts.Damaged);
        }
        finally
        {
            (file as IDisposable)?.Dispose();
        }
    }

    private static (CountyPopulation? Population, Text? Why) Read(Memory<byte> bytes, string made, DateOnly asOf, long version, IReadOnlyDictionary<string, Symbol> symbols)
    {
        var span = bytes.Span;
        if (span.Length < HeadAt || !span.StartsWith(Magic) || !SHA256.HashData(span[HeadLengthAt..]).AsSpan().SequenceEqual(span[HashAt..HeadLengthAt]))
            return (null, PopulationTexts.Damaged);
        var length = BinaryPrimitives.ReadInt32LittleEndian(span[HeadLengthAt..]);
        var head = JsonSerializer.Deserialize<Head>(span.Slice(HeadAt, length), JsonTexts.Options)!;
        if (head.Made != made || head.Columns.Any(c => !symbols.ContainsKey(c.Name)))
            return (null, PopulationTexts.OtherVersion);
        if (head.AsOf != asOf)
            return (null, PopulationTexts.OtherDay.With(head.AsOf));
        if (head.Version != version)
            return (null, PopulationTexts.Behind);
        var body = bytes[BodyAt(length)..];
        var columns = head.Columns.Select(c => new ScanColumn(symbols[c.Name], head.Count, new(c.Storage, c.Scale, c.Least, c.Greatest, c.Unknowns),
            body.Slice(c.DataAt, ScanColumn.DataBytes(c.Storage, head.Count)), body.Slice(c.KnownAt, ScanColumn.KnownBytes(head.Count)), c.Texts));
        return (new(new(head.County), head.AsOf, head.Version, head.BuiltAt, head.Count, body.Slice(head.IdsAt, head.Count * 16),
            body.Slice(head.AreasAt, head.Count * 4), head.Areas, columns) { IsUnsaved = false }, null);
    }

    private static int BodyAt(int headLength) => (HeadAt + headLength + Boundary - 1) / Boundary * Boundary;
}
