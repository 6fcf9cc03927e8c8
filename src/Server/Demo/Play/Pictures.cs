using System.Buffers.Binary;
using System.IO.Compression;
using Shouwang.Platform;

namespace Shouwang.Server.Demo.Play;

/// <summary>Small drawings that stand for the photos, scans and signatures people would attach.</summary>
internal sealed class Pictures(Files files)
{
    private const int Width = 480, Height = 320, Variants = 6;

    private static readonly (byte R, byte G, byte B) Paper = (250, 249, 244), Ink = (52, 58, 64), Line = (206, 204, 196), Sky = (205, 226, 240), Wall = (238, 232, 220),
        Roof = (120, 88, 78), Leaf = (86, 130, 84), Soil = (176, 150, 112), Board = (98, 122, 110), Red = (178, 58, 50), Yellow = (236, 190, 70);

    private readonly Dictionary<(string, int), string> _stored = [];

    /// <summary>The house with the hill behind it.</summary>
    public Task<string> House(int seed, CancellationToken cancel) => Stored("house", seed, c =>
    {
        c.Fill(0, 0, Width, Height, Sky);
        c.Hill(Width / 2 + seed * 30 - 90, 150, 210, Leaf);
        c.Fill(0, 235, Width, Height, Soil);
        c.Fill(130 + seed * 8, 130, 350 + seed * 8, 250, Wall);
        for (var i = 0; i < 46; i++)
            c.Fill(110 + seed * 8 + i * 2, 130 - i, 370 + seed * 8 - i * 2, 131 - i, Roof);
        c.Fill(222 + seed * 8, 180, 258 + seed * 8, 250, Roof);
        c.Fill(152 + seed * 8, 165, 192 + seed * 8, 200, Sky);
        c.Fill(288 + seed * 8, 165, 328 + seed * 8, 200, Sky);
    }, cancel);

    /// <summary>A page of writing with a seal-red heading line: an application, a letter, minutes.</summary>
    public Task<string> Page(int seed, CancellationToken cancel) => Stored("page", seed, c =>
    {
        c.Fill(0, 0, Width, Height, Line);
        c.Fill(110, 12, 370, 308, Paper);
        c.Fill(180, 34, 300, 42, Red);
        for (var row = 0; row < 11; row++)
            c.Fill(136, 66 + row * 18, 344 - (row * 37 + seed * 23) % 70, 70 + row * 18, Ink);
        c.Scrawl(262, 280, 70, seed, Ink);
    }, cancel);

    /// <summary>A signature.</summary>
    public Task<string> Signature(int seed, CancellationToken cancel) => Stored("signature", seed, c =>
    {
        c.Fill(0, 0, Width, Height, Paper);
        c.Fill(60, 230, 420, 232, Line);
        c.Scrawl(90, 180, 300, seed, Ink);
    }, cancel);

    /// <summary>The notice board with the list on it.</summary>
    public Task<string> NoticeBoard(int seed, CancellationToken cancel) => Stored("board", seed, c =>
    {
        c.Fill(0, 0, Width, Height, Wall);
        c.Fill(50, 30, 430, 250, Board);
        c.Fill(60, 250, 76, Height, Roof);
        c.Fill(404, 250, 420, Height, Roof);
        c.Fill(160 + seed * 6, 52, 310 + seed * 6, 232, Paper);
        c.Fill(186 + seed * 6, 66, 284 + seed * 6, 74, Red);
        for (var row = 0; row < 7; row++)
            c.Fill(178 + seed * 6, 92 + row * 18, 292 + seed * 6, 95 + row * 18, Ink);
    }, cancel);

    /// <summary>What was delivered: seedlings in rows, ducklings between them.</summary>
    public Task<string> Yard(int seed, CancellationToken cancel) => Stored("yard", seed, c =>
    {
        c.Fill(0, 0, Width, 90, Sky);
        c.Fill(0, 90, Width, Height, Soil);
        for (var row = 0; row < 4; row++)
        {
            for (var column = 0; column < 9; column++)
            {
                var (x, y) = (34 + column * 50 + row * 7, 120 + row * 50);
                c.Disc(x, y, 11, Leaf);
                c.Fill(x - 1, y + 8, x + 2, y + 22, Roof);
                if ((row * 9 + column + seed) % 4 == 0)
                    c.Disc(x + 22, y + 18, 6, Yellow);
            }
        }
    }, cancel);

    private async Task<string> Stored(string kind, int seed, Action<Canvas> draw, CancellationToken cancel)
    {
        seed = Math.Abs(seed % Variants);
        if (_stored.TryGetValue((kind, seed), out var hash))
            return hash;
        var canvas = new Canvas(Width, Height);
        draw(canvas);
        using var picture = new MemoryStream(canvas.Png());
        return _stored[(kind, seed)] = (await files.Store(picture, cancel)).Hash;
    }

    /// <summary>Coloured pixels that become a PNG.</summary>
    private sealed class Canvas(int width, int height)
    {
        private readonly byte[] _pixels = new byte[width * height * 3];

        public void Fill(int left, int top, int right, int bottom, (byte R, byte G, byte B) colour)
        {
            for (var y = Math.Max(0, top); y < Math.Min(height, bottom); y++)
            {
                for (var x = Math.Max(0, left); x < Math.Min(width, right); x++)
                    (_pixels[(y * width + x) * 3], _pixels[(y * width + x) * 3 + 1], _pixels[(y * width + x) * 3 + 2]) = colour;
            }
        }

        public void Disc(int x, int y, int radius, (byte R, byte G, byte B) colour)
        {
            for (var dy = -radius; dy <= radius; dy++)
            {
                var half = (int)Math.Sqrt(radius * radius - dy * dy);
                Fill(x - half, y + dy, x + half, y + dy + 1, colour);
            }
        }

        public void Hill(int x, int top, int half, (byte R, byte G, byte B) colour)
        {
            for (var y = top; y < height; y++)
            {
                var reach = (int)(half * Math.Sqrt((y - top) / (double)(height - top)));
                Fill(x - reach, y, x + reach, y + 1, colour);
            }
        }

        public void Scrawl(int left, int middle, int length, int seed, (byte R, byte G, byte B) colour)
        {
            for (var i = 0; i < length * 3; i++)
            {
                var at = i / 3.0;
                var swing = Math.Sin(at / (7.0 + seed)) * Math.Sin(at / (19.0 + seed * 3)) * length / 7.0;
                Disc(left + (int)at, middle + (int)swing, 2, colour);
            }
        }

        public byte[] Png()
        {
            using var png = new MemoryStream();
            png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
            var header = new byte[13];
            BinaryPrimitives.WriteInt32BigEndian(header, width);
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
            (header[8], header[9]) = (8, 2); // eight bits each of red, green, blue
            Chunk(png, "IHDR", header);
            using var packed = new MemoryStream();
            using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            {
                for (var y = 0; y < height; y++)
                {
                    zlib.WriteByte(0);
                    zlib.Write(_pixels, y * width * 3, width * 3);
                }
            }
            Chunk(png, "IDAT", packed.ToArray());
            Chunk(png, "IEND", []);
            return png.ToArray();
        }

        private static void Chunk(Stream png, string name, byte[] content)
        {
            var chunk = new byte[content.Length + 12];
            BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
            System.Text.Encoding.ASCII.GetBytes(name, chunk.AsSpan(4));
            content.CopyTo(chunk, 8);
            BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(content.Length + 8), Crc(chunk.AsSpan(4, content.Length + 4)));
            png.Write(chunk);
        }

        private static uint Crc(ReadOnlySpan<byte> bytes)
        {
            var crc = uint.MaxValue;
            foreach (var b in bytes)
            {
                crc ^= b;
                for (var bit = 0; bit < 8; bit++)
                    crc = (crc & 1) == 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
            }
            return ~crc;
        }
    }
}
