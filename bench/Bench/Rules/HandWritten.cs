using System.Numerics;
using System.Runtime.InteropServices;
using Shouwang.Kernel.Rules.Scan;

namespace Shouwang.Bench.Rules;

/// <summary>The twenty rules as somebody would write them by hand: one household after the other over plain arrays, in fen.</summary>
/// <remarks>A rule holds only where the values it needs are known; arrays are those of the product's columns, read as they lie.</remarks>
internal sealed class HandWritten
{
    private readonly ScanTable _table;
    private readonly int[][] _amounts;
    private readonly sbyte[][] _counts;
    private readonly ulong[][] _truths;
    private readonly ulong[][] _known;

    public HandWritten(ScanTable table)
    {
        _table = table;
        _amounts = [.. MadePopulation.AmountNames.Select(n => Copy<int>(n))];
        _counts = [.. MadePopulation.CountNames.Select(n => Copy<sbyte>(n))];
        _truths = [.. MadePopulation.TruthNames.Select(n => Copy<ulong>(n))];
        _known = [.. MadePopulation.AmountNames.Concat(MadePopulation.CountNames).Concat(MadePopulation.TruthNames).Select(n => table.Columns[n].Known.ToArray())];
    }

    private T[] Copy<T>(string name) where T : unmanaged => MemoryMarshal.Cast<byte, T>(_table.Columns[name].Data).ToArray();

    /// <summary>A mask for each household, and how many households each rule has.</summary>
    public (uint[] Masks, long[] Counts) Run(int threads)
    {
        var masks = GC.AllocateUninitializedArray<uint>(_table.Count);
        var parts = new long[threads][];
        Parallel.For(0, threads, new() { MaxDegreeOfParallelism = threads }, part =>
            parts[part] = Part((int)((long)_table.Count * part / threads), (int)((long)_table.Count * (part + 1) / threads), masks));
        return (masks, [.. Enumerable.Range(0, TwentyRules.Texts.Length).Select(rule => parts.Sum(p => p[rule]))]);
    }

    private long[] Part(int from, int to, uint[] masks)
    {
        unchecked
        {
            var line = (long)(TwentyRules.Line * 100);
            var counts = new long[TwentyRules.Texts.Length];
            int[] gross = _amounts[0], rigid = _amounts[1], net = _amounts[2], previous = _amounts[3], wage = _amounts[4], transfer = _amounts[5];
            int[] paid = _amounts[6], paidMax = _amounts[7], stay = _amounts[8], special = _amounts[9], cost = _amounts[10], overdue = _amounts[11];
            int[] balance = _amounts[12], disaster = _amounts[13], industry = _amounts[14], debt = _amounts[15];
            sbyte[] size = _counts[0], elderly = _counts[1], disabled = _counts[2], studying = _counts[3], uninsured = _counts[4], working = _counts[5], away = _counts[6];
            var known = _known;
            for (var i = from; i < to; i++)
            {
                var mask = 0u;
                if (Has(known[2], i) && Has(known[16], i) && No(7, i) && net[i] < line * size[i])
                    mask |= 1u;
                if (Has(known[0], i) && gross[i] > 0 && Has(known[1], i) && rigid[i] * 10L > gross[i] * 4L)
                    mask |= 1u << 1;
                if (Has(known[2], i) && Has(known[3], i) && net[i] * 10L < previous[i] * 7L)
                    mask |= 1u << 2;
                if (Yes(0, i) && Has(known[7], i) && paidMax[i] >= 5_000_00)
                    mask |= 1u << 3;
                if (No(0, i) && Has(known[7], i) && paidMax[i] >= 20_000_00)
                    mask |= 1u << 4;
                if (Has(known[8], i) && (stay[i] >= 10_000_00 || (stay[i] >= 6_000_00 && Yes(8, i))))
                    mask |= 1u << 5;
                if (Has(known[9], i) && special[i] >= 500_00 && No(5, i))
                    mask |= 1u << 6;
                if (Has(known[6], i) && Has(known[2], i) && paid[i] * 10L > net[i] * 5L)
                    mask |= 1u << 7;
                if (Has(known[20], i) && uninsured[i] > 0 && Yes(1, i))
                    mask |= 1u << 8;
                if ((Has(known[10], i) && cost[i] > 10_000_00) || (Has(known[19], i) && studying[i] >= 2 && Has(known[4], i) && wage[i] < 20_000_00))
                    mask |= 1u << 9;
                if (No(6, i) && Has(known[19], i) && studying[i] > 0)
                    mask |= 1u << 10;
                if (Yes(2, i) && Has(known[16], i) && size[i] > 1)
                    mask |= 1u << 11;
                if (No(3, i) || No(4, i))
                    mask |= 1u << 12;
                if (Has(known[11], i) && overdue[i] > 0 && Has(known[12], i) && Has(known[0], i) && balance[i] * 10L > gross[i] * 5L)
                    mask |= 1u << 13;
                if ((Has(known[13], i) && disaster[i] > 3_000_00) || (Has(known[14], i) && industry[i] > 5_000_00))
                    mask |= 1u << 14;
                if (Yes(10, i) && Has(known[21], i) && working[i] == 0 && Has(known[5], i) && transfer[i] < 8_000_00)
                    mask |= 1u << 15;
                if (Yes(9, i) && Has(known[17], i) && Has(known[18], i) && Has(known[16], i) && elderly[i] + disabled[i] >= size[i])
                    mask |= 1u << 16;
                if (Has(known[15], i) && debt[i] > 10_000_00 && Has(known[2], i) && debt[i] > net[i])
                    mask |= 1u << 17;
                if (Has(known[22], i) && Has(known[21], i) && away[i] > working[i] && Has(known[4], i) && Has(known[0], i) && wage[i] * 10L < gross[i] * 3L)
                    mask |= 1u << 18;
                if (Yes(1, i) && Has(known[2], i) && Has(known[16], i) && net[i] * 10L < 15 * line * size[i] && Has(known[6], i) && Has(known[10], i)
                    && (long)paid[i] + cost[i] > 8_000_00)
                    mask |= 1u << 19;
                masks[i] = mask;
                for (; mask != 0; mask &= mask - 1)
                    counts[BitOperations.TrailingZeroCount(mask)]++;
            }
            return counts;
        }
    }

    private static bool Has(ulong[] known, int i) => (known[i >> 6] >> i & 1) != 0;

    private bool Yes(int truth, int i) => Has(_known[23 + truth], i) && Has(_truths[truth], i);

    private bool No(int truth, int i) => Has(_known[23 + truth], i) && !Has(_truths[truth], i);
}
