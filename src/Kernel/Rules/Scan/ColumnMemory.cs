using System.Runtime.InteropServices;

namespace Shouwang.Kernel.Rules.Scan;

/// <summary>Memory for columns: begins where a cache line begins, and lies in large pages where there is enough of it.</summary>
/// <remarks>
/// Vectors that do not cross cache lines are read at full speed. A scan reads dozens of columns side by side; in pages of 4 KiB it waits
/// for the addresses of pages as well as for memory, in pages of 2 MiB hardly. Linux gives such pages to who asks for them before the
/// memory is used; elsewhere nobody is asked.
/// </remarks>
public static partial class ColumnMemory
{
    private const int Line = 64, LargePage = 2 << 20, UseLargePages = 14;

    /// <summary>Memory full of zeros that the garbage collector keeps, and does not move.</summary>
    /// <param name="bytes">How much.</param>
    public static Memory<byte> Of(int bytes)
    {
        var large = bytes >= LargePage && OperatingSystem.IsLinux();
        var boundary = large ? LargePage : Line;
        // Large memory is cleared only once its pages are asked for: what has been touched stays in small ones.
        var array = large ? GC.AllocateUninitializedArray<byte>(bytes + boundary, pinned: true) : GC.AllocateArray<byte>(bytes + boundary, pinned: true);
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        var before = (int)((nuint)address % (nuint)boundary) is var past and not 0 ? boundary - past : 0;
        var memory = array.AsMemory(before, bytes);
        if (!large)
            return memory;
        AskForLargePages(address + before, bytes);
        memory.Span.Clear();
        return memory;
    }

    // A system that has none says no, or has nobody to ask; then these are ordinary pages.
    private static void AskForLargePages(nint address, int bytes)
    {
        try
        {
            _ = Advise(address, (nuint)bytes & ~(nuint)4095, UseLargePages);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint bytes, int advice);
}
