using System.Runtime.InteropServices;

namespace Shouwang.Kernel;

/// <summary>The places of ids in a list: a table of eight to sixteen bytes an id, made in one pass.</summary>
/// <remarks>The list itself stays with its owner, who passes it with every question.</remarks>
public sealed class IdIndex
{
    // At most half full, so that few questions look at a second place. 0 is empty, otherwise the place and one.
    private readonly int[] _slots;

    /// <exception cref="ArgumentException">An id is there twice.</exception>
    public IdIndex(ReadOnlySpan<Guid> ids)
    {
        _slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, ids.Length * 2L))];
        for (var place = 0; place < ids.Length; place++)
        {
            ref var slot = ref Slot(ids[place], ids);
            if (slot != 0)
                throw new ArgumentException($"{ids[place]} is there twice.", nameof(ids));
            slot = place + 1;
        }
    }

    /// <summary>Memory of the table.</summary>
    public long Bytes => 4L * _slots.Length;

    /// <summary>The place of an id, or -1.</summary>
    /// <param name="ids">The list the index was made of.</param>
    public int Find(Guid id, ReadOnlySpan<Guid> ids) => Slot(id, ids) - 1;

    private ref int Slot(Guid id, ReadOnlySpan<Guid> ids)
    {
        var slots = _slots;
        for (var at = Hash(id) & (slots.Length - 1); ; at = (at + 1) & (slots.Length - 1))
        {
            ref var slot = ref slots[at];
            if (slot == 0 || ids[slot - 1] == id)
                return ref slot;
        }
    }

    // Ids of one second differ in few bits, wherever those are: both halves are multiplied together.
    private static int Hash(Guid id)
    {
        var halves = MemoryMarshal.Cast<Guid, ulong>(new ReadOnlySpan<Guid>(in id));
        return unchecked((int)(((halves[0] * 0x9E3779B97F4A7C15) ^ halves[1]) * 0xD6E8FEB86659FD93 >> 33));
    }
}
