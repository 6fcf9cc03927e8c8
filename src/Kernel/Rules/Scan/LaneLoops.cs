using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Shouwang.Kernel.Rules.Scan;

/// <summary>The loops over a block of households, 32 bytes at a time, tests 64 where the processor can. Spans are whole blocks; sums cannot overflow, the compiler has seen to it.</summary>
internal static class LaneLoops
{
    public static void Combine(BitOperation operation, ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, Span<ulong> target)
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        ref var to = ref MemoryMarshal.GetReference(target);
        for (nuint i = 0; i < ScanBlock.Words; i += 4)
        {
            var (x, y) = (Vector256.LoadUnsafe(ref a, i), Vector256.LoadUnsafe(ref b, i));
            var result = operation switch
            {
                BitOperation.And => x & y,
                BitOperation.Or => x | y,
                BitOperation.AndNot => Vector256.AndNot(x, y),
                BitOperation.Not => ~x,
            };
            result.StoreUnsafe(ref to, i);
        }
    }

    /// <summary>Bits where <c>least ≤ cell ≤ greatest</c>.</summary>
    public static void Between<T>(ReadOnlySpan<T> cells, T least, T greatest, Span<ulong> target) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (least == T.MinValue)
            Where<T, AtMost>(cells, greatest, greatest, target);
        else if (greatest == T.MaxValue)
            Where<T, AtLeast>(cells, least, least, target);
        else if (least == greatest)
            Where<T, Same>(cells, least, least, target);
        else
            Where<T, Within>(cells, least, greatest, target);
    }

    private static void Where<T, TTest>(ReadOnlySpan<T> cells, T low, T high, Span<ulong> target)
        where T : unmanaged, IBinaryInteger<T> where TTest : struct, ITest
    {
        var (a, b, wideA, wideB) = (Vector256.Create(low), Vector256.Create(high), Vector512.Create(low), Vector512.Create(high));
        ref var from = ref MemoryMarshal.GetReference(cells);
        for (var word = 0; word < target.Length; word++)
        {
            var bits = 0ul;
            ref var at = ref Unsafe.Add(ref from, word * 64);
            for (var i = 0; i < 64; i += Ahead.Line / Unsafe.SizeOf<T>())
                Ahead.Fetch(ref at, ScanTable.BlockRows + i);
            if (Vector512.IsHardwareAccelerated)
                for (var i = 0; i < 64; i += Vector512<T>.Count)
                    bits |= TTest.Holds(Vector512.LoadUnsafe(ref at, (nuint)i), wideA, wideB).ExtractMostSignificantBits() << i;
            else
                for (var i = 0; i < 64; i += Vector256<T>.Count)
                    bits |= (ulong)TTest.Holds(Vector256.LoadUnsafe(ref at, (nuint)i), a, b).ExtractMostSignificantBits() << i;
            target[word] = bits;
        }
    }

    public static void Compare<T>(LaneComparison comparison, ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<ulong> target) where T : unmanaged
    {
        switch (comparison)
        {
            case LaneComparison.Equal:
                Compare<T, Same>(left, right, target);
                break;
            case LaneComparison.Less:
                Compare<T, Below>(left, right, target);
                break;
            case LaneComparison.LessOrEqual:
                Compare<T, AtMost>(left, right, target);
                break;
        }
    }

    private static void Compare<T, TTest>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<ulong> target) where T : unmanaged where TTest : struct, ITest
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        for (var word = 0; word < target.Length; word++)
        {
            var bits = 0ul;
            if (Vector512.IsHardwareAccelerated)
            {
                for (var i = 0; i < 64; i += Vector512<T>.Count)
                {
                    var y = Vector512.LoadUnsafe(ref b, (nuint)(word * 64 + i));
                    bits |= TTest.Holds(Vector512.LoadUnsafe(ref a, (nuint)(word * 64 + i)), y, y).ExtractMostSignificantBits() << i;
                }
            }
            else
            {
                for (var i = 0; i < 64; i += Vector256<T>.Count)
                {
                    var y = Vector256.LoadUnsafe(ref b, (nuint)(word * 64 + i));
                    bits |= (ulong)TTest.Holds(Vector256.LoadUnsafe(ref a, (nuint)(word * 64 + i)), y, y).ExtractMostSignificantBits() << i;
                }
            }
            target[word] = bits;
        }
    }

    public static void ToInts<T>(ReadOnlySpan<T> cells, Span<int> target) where T : unmanaged, IBinaryInteger<T>
    {
        ref var from = ref MemoryMarshal.GetReference(cells);
        ref var to = ref MemoryMarshal.GetReference(target);
        for (var i = 0; i < target.Length; i += Vector256<T>.Count)
        {
            // Half a line for each turn: every second one asks for memory that is on its way already.
            Ahead.Fetch(ref from, ScanTable.BlockRows + i);
            if (typeof(T) == typeof(int))
            {
                Vector256.LoadUnsafe(ref Unsafe.As<T, int>(ref from), (nuint)i).StoreUnsafe(ref to, (nuint)i);
            }
            else if (typeof(T) == typeof(short))
            {
                Store(Vector256.LoadUnsafe(ref Unsafe.As<T, short>(ref from), (nuint)i), ref to, i);
            }
            else if (typeof(T) == typeof(sbyte))
            {
                var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref Unsafe.As<T, sbyte>(ref from), (nuint)i));
                Store(lower, ref to, i);
                Store(upper, ref to, i + 16);
            }
            else
            {
                throw new InvalidOperationException($"{typeof(T)} does not fit 32 bits.");
            }
        }

        static void Store(Vector256<short> cells, ref int to, int i)
        {
            var (lower, upper) = Vector256.Widen(cells);
            lower.StoreUnsafe(ref to, (nuint)i);
            upper.StoreUnsafe(ref to, (nuint)(i + 8));
        }
    }

    public static void ToWides<T>(ReadOnlySpan<T> cells, Span<double> target) where T : unmanaged, IBinaryInteger<T>
    {
        ref var from = ref MemoryMarshal.GetReference(cells);
        ref var to = ref MemoryMarshal.GetReference(target);
        if (typeof(T) == typeof(int) && Avx512F.IsSupported)
        {
            for (nuint i = 0; i < (nuint)target.Length; i += 16)
            {
                Ahead.Fetch(ref from, ScanTable.BlockRows + (int)i);
                Avx512F.ConvertToVector512Double(Vector256.LoadUnsafe(ref Unsafe.As<T, int>(ref from), i)).StoreUnsafe(ref to, i);
                Avx512F.ConvertToVector512Double(Vector256.LoadUnsafe(ref Unsafe.As<T, int>(ref from), i + 8)).StoreUnsafe(ref to, i + 8);
            }
            return;
        }
        if (typeof(T) == typeof(int) && Avx.IsSupported)
        {
            for (nuint i = 0; i < (nuint)target.Length; i += 4)
                Avx.ConvertToVector256Double(Vector128.LoadUnsafe(ref Unsafe.As<T, int>(ref from), i)).StoreUnsafe(ref to, i);
            return;
        }
        for (var i = 0; i < target.Length; i++)
            Unsafe.Add(ref to, i) = double.CreateTruncating(Unsafe.Add(ref from, i));
    }

    public static void Affine<T>(ReadOnlySpan<T> source, T factor, T summand, Span<T> target) where T : unmanaged
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        if (Vector512.IsHardwareAccelerated)
        {
            var (wideA, wideB) = (Vector512.Create(factor), Vector512.Create(summand));
            for (nuint i = 0; i < (nuint)target.Length; i += (nuint)Vector512<T>.Count)
                (Vector512.LoadUnsafe(ref from, i) * wideA + wideB).StoreUnsafe(ref to, i);
            return;
        }
        var (a, b) = (Vector256.Create(factor), Vector256.Create(summand));
        for (nuint i = 0; i < (nuint)target.Length; i += (nuint)Vector256<T>.Count)
            (Vector256.LoadUnsafe(ref from, i) * a + b).StoreUnsafe(ref to, i);
    }

    public static void Combine<T>(LaneOperation operation, ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> target) where T : unmanaged
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        ref var to = ref MemoryMarshal.GetReference(target);
        for (nuint i = 0; i < (nuint)target.Length; i += (nuint)Vector256<T>.Count)
        {
            var (x, y) = (Vector256.LoadUnsafe(ref a, i), Vector256.LoadUnsafe(ref b, i));
            var result = operation switch
            {
                LaneOperation.Add => x + y,
                LaneOperation.Subtract => x - y,
                LaneOperation.Multiply => x * y,
                LaneOperation.Min => Vector256.Min(x, y),
                LaneOperation.Max => Vector256.Max(x, y),
            };
            result.StoreUnsafe(ref to, i);
        }
    }

    public static void Choose<T>(ReadOnlySpan<ulong> condition, ReadOnlySpan<T> then, ReadOnlySpan<T> otherwise, Span<T> target)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] = (condition[i >> 6] >> (i & 63) & 1) != 0 ? then[i] : otherwise[i];
    }

    private interface ITest
    {
        static abstract Vector256<T> Holds<T>(Vector256<T> x, Vector256<T> low, Vector256<T> high);
        static abstract Vector512<T> Holds<T>(Vector512<T> x, Vector512<T> low, Vector512<T> high);
    }

    private readonly struct Same : ITest
    {
        public static Vector256<T> Holds<T>(Vector256<T> x, Vector256<T> low, Vector256<T> high) => Vector256.Equals(x, low);
        public static Vector512<T> Holds<T>(Vector512<T> x, Vector512<T> low, Vector512<T> high) => Vector512.Equals(x, low);
    }

    private readonly struct Below : ITest
    {
        public static Vector256<T> Holds<T>(Vector256<T> x, Vector256<T> low, Vector256<T> high) => Vector256.LessThan(x, low);
        public static Vector512<T> Holds<T>(Vector512<T> x, Vector512<T> low, Vector512<T> high) => Vector512.LessThan(x, low);
    }

    private readonly struct AtMost : ITest
    {
        public static Vector256<T> Holds<T>(Vector256<T> x, Vector256<T> low, Vector256<T> high) => ~Vector256.GreaterThan(x, low);
        public static Vector512<T> Holds<T>(Vector512<T> x, Vector512<T> low, Vector512<T> high) => Vector512.LessThanOrEqual(x, low);
    }

    private readonly struct AtLeast : ITest
    {
        public static Vector256<T> Holds<T>(Vector256<T> x, Vector256<T> low, Vector256<T> high) => ~Vector256.LessThan(x, low);
        public static Vector512<T> Holds<T>(Vector512<T> x, Vector512<T> low, Vector512<T> high) => Vector512.GreaterThanOrEqual(x, low);
    }

    private readonly struct Within : ITest
    {
        public static Vector256<T> Holds<T>(Vector256<T> x, Vector256<T> low, Vector256<T> high) =>
            ~(Vector256.LessThan(x, low) | Vector256.GreaterThan(x, high));
        public static Vector512<T> Holds<T>(Vector512<T> x, Vector512<T> low, Vector512<T> high) =>
            Vector512.GreaterThanOrEqual(x, low) & Vector512.LessThanOrEqual(x, high);
    }
}
