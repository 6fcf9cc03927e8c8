using System.Buffers.Binary;

namespace Shouwang.Kernel.Rules.Sql;

/// <summary>A decimal number for a database that has none: 16 bytes that sort as the numbers do.</summary>
/// <remarks>Units of the 16th place, 128 bits, greatest byte first, with the sign bit turned so that negative numbers sort first.</remarks>
public static class SqlNumber
{
    public const int Length = 16;

    private const decimal Unit = 10_000_000_000_000_000m;
    private static readonly UInt128 Sign = UInt128.One << 127;

    /// <param name="number">With at most 16 places; a whole number may be as large as 64 bits.</param>
    /// <param name="bytes"><see cref="Length"/> bytes.</param>
    public static void Write(decimal number, Span<byte> bytes)
    {
        var whole = decimal.Truncate(number);
        var units = (Int128)whole * (Int128)Unit + (Int128)((number - whole) * Unit);
        BinaryPrimitives.WriteUInt128BigEndian(bytes, unchecked((UInt128)units) ^ Sign);
    }

    public static byte[] Bytes(decimal number)
    {
        var bytes = new byte[Length];
        Write(number, bytes);
        return bytes;
    }

    /// <exception cref="ArgumentOutOfRangeException">There are not <see cref="Length"/> bytes.</exception>
    public static decimal Read(ReadOnlySpan<byte> bytes)
    {
        var units = unchecked((Int128)(BinaryPrimitives.ReadUInt128BigEndian(bytes) ^ Sign));
        var (whole, rest) = Int128.DivRem(units, (Int128)Unit);
        return (decimal)whole + (decimal)rest / Unit;
    }
}
