using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

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
        Each<And>(a, b, result);
        return result;
    }

    /// <summary>The first without the second.</summary>
    /// <param name="into">Memory for it, if there is some already.</param>
    public static ulong[] Without(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, ulong[]? into = null)
    {
        var result = into ?? Empty(a.Length);
        Each<AndNot>(a, b, result);
        return result;
    }

    /// <summary>Leaves in a set those who are in another.</summary>
    public static void Keep(Span<ulong> set, ReadOnlySpan<ulong> those) => Each<And>(set, those, set);

    /// <summary>Takes those who are in another out of a set.</summary>
    public static void Drop(Span<ulong> set, ReadOnlySpan<ulong> those) => Each<AndNot>(set, those, set);

    /// <summary>Puts those who are in another into a set.</summary>
    public static void Join(Span<ulong> set, ReadOnlySpan<ulong> those) => Each<Or>(set, those, set);

    private static void Each<TOperation>(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> into) where TOperation : struct, IOperation
    {
        var x = MemoryMarshal.Cast<ulong, Vector<ulong>>(a);
        var y = MemoryMarshal.Cast<ulong, Vector<ulong>>(b);
        var to = MemoryMarshal.Cast<ulong, Vector<ulong>>(into);
        for (var i = 0; i < to.Length; i++)
            to[i] = TOperation.Of(x[i], y[i]);
        for (var i = to.Length * Vector<ulong>.Count; i < into.Length; i++)
            into[i] = TOperation.Of(new(a[i]), new Vector<ulong>(b[i]))[0];
    }

    private interface IOperation
    {
        static abstract Vector<ulong> Of(Vector<ulong> a, Vector<ulong> b);
    }

    private readonly struct And : IOperation
    {
        public static Vector<ulong> Of(Vector<ulong> a, Vector<ulong> b) => a & b;
    }

    private readonly struct AndNot : IOperation
    {
        public static Vector<ulong> Of(Vector<ulong> a, Vector<ulong> b) => Vector.AndNot(a, b);
    }

    private readonly struct Or : IOperation
    {
        public static Vector<ulong> Of(Vector<ulong> a, Vector<ulong> b) => a | b;
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

    /// <summary>Sets cut down to some households and moved together, so that what they share is counted among these few.</summary>
    /// <remarks>Where they are many, or the processor cannot do it, the sets come back as they are.</remarks>
    public static IReadOnlyList<ulong[]> Among(IReadOnlyList<ulong[]> sets, ulong[] those)
    {
        var words = (Count(those) + 63) / 64;
        if (words * 4 > those.Length || !Bmi2.X64.IsSupported)
            return sets;
        var few = new ulong[sets.Count][];
        Parallel.For(0, few.Length, i => few[i] = Gather(sets[i], those, words));
        return few;
    }

    private static ulong[] Gather(ulong[] set, ulong[] those, int words)
    {
        var gathered = new ulong[words];
        for (int i = 0, at = 0; i < set.Length; i++)
        {
            if (those[i] == 0)
                continue;
            var bits = Bmi2.X64.ParallelBitExtract(set[i], those[i]);
            gathered[at >> 6] |= bits << at;
            // What does not fit one word goes on in the next.
            if ((at & 63) != 0 && bits >> (64 - (at & 63)) is > 0 and var rest)
                gathered[(at >> 6) + 1] |= rest;
            at += BitOperations.PopCount(those[i]);
        }
        return gathered;
    }
}
