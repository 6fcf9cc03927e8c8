using System.Buffers.Binary;
using System.IO.Compression;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Field.Receiving;

/// <summary>What was handed in as its row keeps it: packed, then encrypted.</summary>
/// <remarks>
/// Visits say the same names of attributes over and over; packed, one fits into its row, while a larger one is cut into a table of its own, by
/// databases that try to pack what encryption has made impossible to pack.
/// </remarks>
internal static class Packing
{
    // No text begins with it; rows written before there was packing hold the content alone.
    private const byte Mark = 1;

    private const int Head = 1 + sizeof(int), Quality = 1, Window = 18;

    extension(Secrets secrets)
    {
        public byte[] Pack(ReadOnlySpan<byte> content)
        {
            var packed = new byte[Head + BrotliEncoder.GetMaxCompressedLength(content.Length)];
            if (!BrotliEncoder.TryCompress(content, packed.AsSpan(Head), out var length, Quality, Window))
                throw new InvalidOperationException($"{content.Length} bytes could not be packed.");
            packed[0] = Mark;
            BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(1), content.Length);
            return secrets.Encrypt(packed.AsSpan(0, Head + length));
        }

        public byte[] Unpack(byte[] stored)
        {
            var plain = secrets.DecryptBytes(stored);
            if (plain.Length < Head || plain[0] != Mark)
                return plain;
            var content = new byte[BinaryPrimitives.ReadInt32LittleEndian(plain.AsSpan(1))];
            return BrotliDecoder.TryDecompress(plain.AsSpan(Head), content, out var length) && length == content.Length ? content
                : throw new InvalidDataException("What was handed in does not unpack to what it was.");
        }
    }
}
