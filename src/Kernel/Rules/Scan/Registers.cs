using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Shouwang.Kernel.Rules.Scan;

/// <summary>A piece of a block's working memory: one bit a household, or one number.</summary>
internal sealed class Register(RegisterKind kind)
{
    public RegisterKind Kind => kind;

    /// <summary>Where it lies in the memory of its kind; registers that are not needed at the same time share a slot.</summary>
    public int Slot { get; set; }
}

internal enum RegisterKind { Bits, Int, Wide }

/// <summary>One bit a household: in a register, or the same for all.</summary>
internal readonly record struct Bits(Register? Register, bool All)
{
    public static readonly Bits None = new(null, false), Every = new(null, true);

    public static Bits Of(Register register) => new(register, false);

    public bool IsNone => Register is null && !All;

    public bool IsEvery => Register is null && All;
}

/// <summary>Truth in three values: the households for which it holds, and those for which it does not; unknown for the rest.</summary>
/// <remarks>Each half is worked out when somebody asks for it; a rule whose unknowns nobody counts costs half.</remarks>
internal sealed class Truth(Func<Bits> holds, Func<Bits> fails)
{
    private Bits? _holds, _fails;

    public static readonly Truth Unknown = new(() => Bits.None, () => Bits.None);

    public Bits Holds => _holds ??= holds();

    public Bits Fails => _fails ??= fails();

    public static Truth Of(bool? constant) => constant switch
    {
        true => new(() => Bits.Every, () => Bits.None),
        false => new(() => Bits.None, () => Bits.Every),
        null => Unknown,
    };
}

/// <summary>What one worker calculates in: the registers for one block of households.</summary>
internal sealed class ScanBlock
{
    /// <summary>Words of 64 households in a block.</summary>
    public const int Words = ScanTable.BlockRows / 64;

    // As many as ever worked at the same time. Blocks are large: a scan of few households would spend its time on making them.
    private static readonly ConcurrentBag<ScanBlock> Idle = [];

    private readonly ulong[] _matrix = new ulong[32 * Words];
    private ulong[] _bits = [];
    private int[] _ints = [];
    private double[] _wides = [];

    private ScanBlock()
    {
    }

    /// <summary>A block with room for the registers of a program; for the caller alone until <see cref="Return"/>.</summary>
    public static ScanBlock Take(RegisterNeeds needs, int rules)
    {
        var block = Idle.TryTake(out var idle) ? idle : new();
        Grow(ref block._bits, needs.Bits * Words);
        Grow(ref block._ints, needs.Ints * ScanTable.BlockRows);
        Grow(ref block._wides, needs.Wides * ScanTable.BlockRows);
        (block.Holding, block.Unknown) = (new long[rules], new long[rules]);
        return block;
    }

    public void Return() => Idle.Add(this);

    private static void Grow<T>(ref T[] memory, int needed) where T : unmanaged
    {
        if (memory.Length < needed)
            memory = GC.AllocateUninitializedArray<T>(needed, pinned: true);
    }

    /// <summary>The first household of the block.</summary>
    public int FirstRow { get; set; }

    public int FirstWord => FirstRow / 64;

    /// <summary>Room for results that nobody keeps.</summary>
    public ulong[] Scratch { get; } = new ulong[Words];

    /// <summary>Households so far for which each rule holds.</summary>
    public long[] Holding { get; private set; } = [];

    /// <summary>Households so far for which each rule is open.</summary>
    public long[] Unknown { get; private set; } = [];

    public Span<ulong> Bits(Register register) => _bits.AsSpan(register.Slot * Words, Words);

    /// <summary>Copies bits of the block's first words.</summary>
    public void Read(Bits bits, Span<ulong> target)
    {
        if (bits.Register is { } register)
            Bits(register)[..target.Length].CopyTo(target);
        else
            target.Fill(bits.All ? ulong.MaxValue : 0);
    }

    /// <summary>Leaves a bit where there was none and none is in the other.</summary>
    public void Neither(Span<ulong> target, Bits other)
    {
        var bits = other.Register is { } register ? Bits(register) : default;
        for (var word = 0; word < target.Length; word++)
            target[word] = ~(target[word] | (bits.IsEmpty ? other.All ? ulong.MaxValue : 0 : bits[word]));
    }

    /// <summary>Turns the bits of up to 32 rules into a word for each household.</summary>
    public void Masks(IReadOnlyList<(Bits Holds, Bits? Fails)> rules, Span<uint> masks)
    {
        for (var rule = 0; rule < rules.Count; rule++)
            Read(rules[rule].Holds, _matrix.AsSpan(rule * Words, Words));
        BitMatrix.Transpose(MemoryMarshal.Cast<ulong, uint>(_matrix.AsSpan()), masks);
    }

    public Span<int> Ints(Register register) => _ints.AsSpan(register.Slot * ScanTable.BlockRows, ScanTable.BlockRows);

    public Span<double> Wides(Register register) => _wides.AsSpan(register.Slot * ScanTable.BlockRows, ScanTable.BlockRows);
}

/// <summary>How many registers of each kind are needed at the same time.</summary>
internal readonly record struct RegisterNeeds(int Bits, int Ints, int Wides)
{
    /// <summary>Gives every register a slot; one that is read for the last time leaves its slot to the next.</summary>
    public static RegisterNeeds Assign(IReadOnlyList<Instruction> instructions)
    {
        var last = new Dictionary<Register, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < instructions.Count; i++)
            foreach (var register in instructions[i].Reads.Concat(instructions[i].Writes))
                last[register] = i;

        var (needs, free) = (new int[3], new Stack<int>[] { new(), new(), new() });
        for (var i = 0; i < instructions.Count; i++)
        {
            foreach (var register in instructions[i].Writes)
                register.Slot = free[(int)register.Kind].TryPop(out var slot) ? slot : needs[(int)register.Kind]++;
            foreach (var register in instructions[i].Reads.Concat(instructions[i].Writes).Where(r => last[r] == i).Distinct())
                free[(int)register.Kind].Push(register.Slot);
        }
        return new(needs[0], needs[1], needs[2]);
    }
}
