namespace Shouwang.Kernel.Rules.Scan;

/// <summary>Turns "for each rule a bit a household" into "for each household a bit a rule".</summary>
internal static class BitMatrix
{
    /// <param name="rules">At most 32.</param>
    /// <param name="word">64 households of a rule.</param>
    /// <param name="masks">One for each household.</param>
    public static void Transpose(int rules, Func<int, int, ulong> word, Span<uint> masks)
    {
        Span<uint> low = stackalloc uint[32];
        Span<uint> high = stackalloc uint[32];
        low.Clear();
        high.Clear();
        for (var first = 0; first < masks.Length; first += 64)
        {
            for (var rule = 0; rule < rules; rule++)
            {
                var bits = word(rule, first / 64);
                (low[rule], high[rule]) = (unchecked((uint)bits), (uint)(bits >> 32));
            }
            Square(low);
            Square(high);
            for (var i = 0; i < Math.Min(32, masks.Length - first); i++)
                masks[first + i] = low[i];
            for (var i = 0; i < Math.Min(32, masks.Length - first - 32); i++)
                masks[first + 32 + i] = high[i];
            low[rules..].Clear();
            high[rules..].Clear();
        }
    }

    /// <summary>Swaps ever smaller squares across the diagonal: 16 by 16, 8 by 8, … (Warren, Hacker's Delight, 7-3).</summary>
    private static void Square(Span<uint> rows)
    {
        var mask = 0x0000FFFFu;
        for (var size = 16; size > 0; size >>= 1, mask ^= mask << size)
        {
            for (var i = 0; i < 32; i = (i + size + 1) & ~size)
            {
                var swapped = (rows[i] >> size ^ rows[i + size]) & mask;
                rows[i + size] ^= swapped;
                rows[i] ^= swapped << size;
            }
        }
    }
}
