using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        for (var square = 0; square * 32 < masks.Length; square++)
        {
            var households = Math.Min(32, masks.Length - square * 32);
            for (var i = 0; i < households; i++)
                Unsafe.Add(ref to, square * 32 + i) = Unsafe.Add(ref from, i * 8 + square);
        }
    }
}
