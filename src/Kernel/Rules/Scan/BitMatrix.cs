using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Shouwang.Kernel.Rules.Scan;

/// <summary>Turns "for each rule a bit a household" into "for each household a bit a rule".</summary>
internal static class BitMatrix
{
    /// <summary>Words of 32 households in a block.</summary>
    private const int Words = ScanBlock.Words * 2;

    /// <param name="rules">32 rows of <see cref="Words"/> words.</param>
    /// <param name="masks">One for each household, at most a block.</param>
    public static void Transpose(ReadOnlySpan<uint> rules, Span<uint> masks)
    {
        Span<Vector256<uint>> rows = stackalloc Vector256<uint>[32];
        ref var from = ref MemoryMarshal.GetReference(rules);
        for (var word = 0; word * 32 < masks.Length; word += 8)
        {
            for (var rule = 0; rule < 32; rule++)
                rows[rule] = Vector256.LoadUnsafe(ref from, (nuint)(rule * Words + word));
            Squares(rows);
            Spread(MemoryMarshal.Cast<Vector256<uint>, uint>(rows), masks[(word * 32)..Math.Min(masks.Length, (word + 8) * 32)]);
        }
    }

    /// <summary>
    /// Eight squares of 32 by 32 bits side by side: swaps ever smaller squares across the diagonal, 16 by 16, 8 by 8, …
    /// (Warren, Hacker's Delight, 7-3).
    /// </summary>
    private static void Squares(Span<Vector256<uint>> rows)
    {
        var mask = 0x0000FFFFu;
        ref var all = ref MemoryMarshal.GetReference(rows);
        for (var size = 16; size > 0; size >>= 1, mask ^= mask << size)
        {
            var which = Vector256.Create(mask);
            for (var first = 0; first < 32; first += 2 * size)
            {
                for (var i = first; i < first + size; i++)
                {
                    ref var upper = ref Unsafe.Add(ref all, i);
                    ref var lower = ref Unsafe.Add(ref all, i + size);
                    var swapped = (upper >>> size ^ lower) & which;
                    lower ^= swapped;
                    upper ^= swapped << size;
                }
            }
        }
    }

    /// <summary>Row i holds household i of each square.</summary>
    private static void Spread(ReadOnlySpan<uint> rows, Span<uint> masks)
    {
        ref var from = ref MemoryMarshal.GetReference(rows);
        ref var to = ref MemoryMarshal.GetReference(masks);
        if (Avx2.IsSupported && masks.Length == 8 * 32)
        {
            for (var i = 0; i < 32; i += 8)
                SpreadEight(ref Unsafe.Add(ref from, i * 8), ref Unsafe.Add(ref to, i));
            return;
        }
        for (var square = 0; square * 32 < masks.Length; square++)
        {
            var households = Math.Min(32, masks.Length - square * 32);
            for (var i = 0; i < households; i++)
                Unsafe.Add(ref to, square * 32 + i) = Unsafe.Add(ref from, i * 8 + square);
        }
    }

    /// <summary>Eight rows of eight words, turned: pairs of words, then pairs of pairs, then halves.</summary>
    private static void SpreadEight(ref uint from, ref uint to)
    {
        Vector256<uint> Row(ref uint at, int row) => Vector256.LoadUnsafe(ref at, (nuint)(row * 8));
        var (a, b, c, d) = (Row(ref from, 0), Row(ref from, 1), Row(ref from, 2), Row(ref from, 3));
        var (e, f, g, h) = (Row(ref from, 4), Row(ref from, 5), Row(ref from, 6), Row(ref from, 7));
        (a, b, c, d) = (Avx2.UnpackLow(a, b), Avx2.UnpackHigh(a, b), Avx2.UnpackLow(c, d), Avx2.UnpackHigh(c, d));
        (e, f, g, h) = (Avx2.UnpackLow(e, f), Avx2.UnpackHigh(e, f), Avx2.UnpackLow(g, h), Avx2.UnpackHigh(g, h));
        var (ac, ac2, bd, bd2) = (Low(a, c), High(a, c), Low(b, d), High(b, d));
        var (eg, eg2, fh, fh2) = (Low(e, g), High(e, g), Low(f, h), High(f, h));
        Store(ac, eg, 0, ref to);
        Store(ac2, eg2, 1, ref to);
        Store(bd, fh, 2, ref to);
        Store(bd2, fh2, 3, ref to);

        static Vector256<uint> Low(Vector256<uint> x, Vector256<uint> y) => Avx2.UnpackLow(x.AsUInt64(), y.AsUInt64()).AsUInt32();

        static Vector256<uint> High(Vector256<uint> x, Vector256<uint> y) => Avx2.UnpackHigh(x.AsUInt64(), y.AsUInt64()).AsUInt32();

        // Word w of the first four rows and of the last four; of square w and of square w + 4.
        static void Store(Vector256<uint> first, Vector256<uint> last, int square, ref uint to)
        {
            Avx2.Permute2x128(first, last, 0x20).StoreUnsafe(ref to, (nuint)(square * 32));
            Avx2.Permute2x128(first, last, 0x31).StoreUnsafe(ref to, (nuint)((square + 4) * 32));
        }
    }
}
