using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Shouwang.Kernel.Rules.Scan;

/// <summary>Tells the processor what is read soon.</summary>
/// <remarks>
/// A block touches a little of many columns; the processor's own guesses end with every page, so each piece would begin with
/// waiting for memory. Reading the same place of the next block ahead keeps it busy instead.
/// </remarks>
internal static class Ahead
{
    /// <summary>Bytes that come together.</summary>
    public const int Line = 64;

    /// <summary>Asks for the memory at an offset; one that lies outside the column does nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch<T>(ref T cells, int offset) where T : unmanaged
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(Unsafe.AsPointer(ref Unsafe.Add(ref cells, offset)));
    }
}
