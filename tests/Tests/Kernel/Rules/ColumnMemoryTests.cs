using System.Runtime.InteropServices;
using Shouwang.Kernel.Rules.Scan;

namespace Shouwang.Tests.Kernel.Rules;

/// <summary>Memory for columns is what its users rely on, in small pages and in large ones.</summary>
public sealed class ColumnMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData((2 << 20) - 1)]
    [InlineData(2 << 20)]
    [InlineData(5_000_001)]
    public void Memory_is_empty_and_begins_where_a_line_does_also_where_other_memory_was(int bytes)
    {
        for (var round = 0; round < 4; round++)
        {
            var memory = ColumnMemory.Of(bytes);
            Assert.Equal(bytes, memory.Length);
            Assert.False(memory.Span.ContainsAnyExcept((byte)0));
            Assert.Equal(0, Address(memory) % 64);
            memory.Span.Fill(0xFF);
            GC.Collect();
            Assert.False(memory.Span.ContainsAnyExcept((byte)0xFF));
        }
    }

    [Fact]
    public void Memory_does_not_move()
    {
        var memory = ColumnMemory.Of(3 << 20);
        var before = Address(memory);
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        Assert.Equal(before, Address(memory));
    }

    private static nint Address(Memory<byte> memory) =>
        MemoryMarshal.TryGetArray<byte>(memory, out var part) ? Marshal.UnsafeAddrOfPinnedArrayElement(part.Array!, part.Offset) : throw new InvalidOperationException("It is no array.");
}
