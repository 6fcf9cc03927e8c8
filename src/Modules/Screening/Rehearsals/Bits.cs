using System.Numerics;

namespace Shouwang.Modules.Screening;

/// <summary>Arithmetic on sets of households, 64 at a time.</summary>
internal static class Bits
{
    /// <summary>A set without anybody.</summary>
    // Most sets are kept and none points anywhere: where the collector does not move things they cost it nothing. A request over a province
    // makes a thousand, and moving them about took a third of its time.
    public static ulong[] Empty(int words) => GC.AllocateArray<ulong>(words, pinned: true);

    public static int Count(ReadOnlySpan<ulong> set)
    {
        var count = 0;
        foreach (var word in set)
            count += BitOperations.PopCount(word);
        return count;
    }

    /// <summary>How many are in both.</summary>
    public static int CountBoth(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        var count = 0;
        for (var i = 0; i < a.Length; i++)
            count += BitOperations.PopCount(a[i] & b[i]);
        return count;
    }

    /// <summary>How many are in the first and not in the second.</summary>
    public static int CountWithout(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        var count = 0;
        for (var i = 0; i < a.Length; i++)
            count += BitOperations.PopCount(a[i] & ~b[i]);
        return count;
    }

    public static ulong[] Both(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        var result = Empty(a.Length);
        for (var i = 0; i < result.Length; i++)
            result[i] = a[i] & b[i];
        return result;
    }

    /// <summary>The first without the second.</summary>
    public static ulong[] Without(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        var result = Empty(a.Length);
        for (var i = 0; i < result.Length; i++)
            result[i] = a[i] & ~b[i];
        return result;
    }

    public static bool Has(ReadOnlySpan<ulong> set, int index) => (set[index >> 6] >> index & 1) != 0;

    public static void Put(Span<ulong> set, int index) => set[index >> 6] |= 1UL << index;

    /// <summary>The positions in a set, in order.</summary>
    public static IEnumerable<int> In(ulong[] set)
    {
        for (var i = 0; i < set.Length; i++)
            for (var word = set[i]; word != 0; word &= word - 1)
                yield return (i << 6) + BitOperations.TrailingZeroCount(word);
    }
}
