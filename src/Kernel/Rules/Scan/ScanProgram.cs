using System.Numerics;

namespace Shouwang.Kernel.Rules.Scan;

/// <summary>A condition with the values of the names that are no columns: lines, parameters, the day.</summary>
/// <param name="Constants">Unknown where there is no value.</param>
public sealed record ScanRule(RuleExpression When, Func<Symbol, RuleValue> Constants);

/// <summary>What a scan keeps of its results besides the counts.</summary>
[Flags]
public enum ScanOutputs
{
    Counts = 0,

    /// <summary>For each rule a bit a household: it holds.</summary>
    Holding = 1,

    /// <summary>For each rule a bit a household: it cannot be decided.</summary>
    Unknown = 2,

    /// <summary>For each household a word with a bit a rule: the first 32 rules that hold.</summary>
    Masks = 4,
}

/// <summary>Rules over all households of a table.</summary>
/// <param name="Holding">By rule, then 64 households a word; null where it was not asked for, as the others.</param>
/// <param name="Masks">By household.</param>
public sealed record ScanResult(IReadOnlyList<long> HoldingCounts, IReadOnlyList<long>? UnknownCounts, ulong[][]? Holding, ulong[][]? Unknown, uint[]? Masks);

/// <summary>Rules compiled for a table: loops over typed columns that give for every household what the interpreter gives.</summary>
/// <remarks>May be run by several threads at once, and again after values changed, as long as <see cref="IsCurrent"/>.</remarks>
public sealed class ScanProgram
{
    private readonly ScanTable _table;
    private readonly ScanOutputs _outputs;
    private readonly List<Instruction> _instructions;
    private readonly List<(Bits Holds, Bits? Fails)> _rules;
    private readonly RegisterNeeds _needs;
    private readonly List<(ScanColumn Column, ColumnShape Shape)> _seen;

    private ScanProgram(ScanTable table, ScanOutputs outputs, List<Instruction> instructions, List<(Bits, Bits?)> rules, RegisterNeeds needs)
    {
        (_table, _outputs, _instructions, _rules, _needs) = (table, outputs, instructions, rules, needs);
        _seen = [.. table.Columns.Values.Select(c => (c, c.Shape))];
    }

    /// <summary>How many conditions had to be left to the interpreter, household by household.</summary>
    public int Slow => _instructions.Count(i => i is AskEach);

    /// <summary>Compiles rules for a table.</summary>
    /// <param name="unknown">Whether undecided households are counted too.</param>
    /// <exception cref="ArgumentException">A rule is no condition, or masks are asked for with more than 32 rules.</exception>
    public static ScanProgram Compile(ScanTable table, IReadOnlyList<ScanRule> rules, ScanOutputs outputs, bool unknown = true)
    {
        if (rules.FirstOrDefault(r => r.When.Type != RuleType.Bool) is { } odd)
            throw new ArgumentException($"'{odd.When}' is a {odd.When.Type}, not a condition.", nameof(rules));
        if (outputs.HasFlag(ScanOutputs.Masks) && rules.Count > 32)
            throw new ArgumentException($"A mask has 32 bits, there are {rules.Count} rules.", nameof(rules));
        var (emit, compiled, ends) = (new ScanEmitter(), new List<(Bits, Bits?)>(), new List<Instruction>());
        foreach (var (rule, index) in rules.Select((r, i) => (r, i)))
        {
            emit.BeginRule();
            var truth = new ScanCompiler(table, emit, rule.Constants).Compile(rule.When.Root);
            var (holds, fails) = (truth.Holds, unknown || outputs.HasFlag(ScanOutputs.Unknown) ? truth.Fails : (Bits?)null);
            compiled.Add((holds, fails));
            // Results stay in their registers until the block is done.
            ends.Add(new Keep([.. new[] { holds.Register, fails?.Register }.OfType<Register>()]));
        }
        List<Instruction> instructions = [.. emit.Instructions, .. ends];
        var needs = RegisterNeeds.Assign(instructions);
        return new(table, outputs, [.. emit.Instructions], compiled, needs);
    }

    /// <summary>Whether what the program relies on still holds; if not, compile again.</summary>
    public bool IsCurrent => _seen.TrueForAll(s =>
        _table.Columns.TryGetValue(s.Column.Symbol.Name, out var column) && ReferenceEquals(column, s.Column)
        && column.Shape.Storage == s.Shape.Storage && column.Shape.Scale == s.Shape.Scale
        && column.Shape.Least >= s.Shape.Least && column.Shape.Greatest <= s.Shape.Greatest
        && (column.Shape.Unknowns == s.Shape.Unknowns || (s.Shape.Unknowns > 0 && s.Shape.Unknowns < column.Count)));

    /// <summary>Runs the rules over every household.</summary>
    /// <param name="threads">At most; 0 for as many as there are cores.</param>
    /// <param name="masks">Where masks are written; null for a new array. Who scans often saves the system the making of one each time.</param>
    /// <exception cref="ArgumentException">The masks given are fewer than the households.</exception>
    public ScanResult Run(int threads = 0, uint[]? masks = null)
    {
        if (masks is not null && masks.Length < _table.Count)
            throw new ArgumentException($"{_table.Count} households need as many masks, not {masks.Length}.", nameof(masks));
        var words = (_table.Count + 63) / 64;
        var result = new ScanResult(new long[_rules.Count], _rules.Exists(r => r.Fails is not null) ? new long[_rules.Count] : null,
            _outputs.HasFlag(ScanOutputs.Holding) ? Bitmaps(words) : null, _outputs.HasFlag(ScanOutputs.Unknown) ? Bitmaps(words) : null,
            _outputs.HasFlag(ScanOutputs.Masks) ? masks ?? GC.AllocateUninitializedArray<uint>(_table.Count) : null);
        // A piece is long enough for memory to be read in long streams, and short enough for the cores to end together.
        const int Piece = 8;
        var pieces = (_table.Blocks + Piece - 1) / Piece;
        var workers = Math.Min(threads > 0 ? threads : Environment.ProcessorCount, Math.Max(1, pieces));
        var next = -1;
        var gate = new Lock();
        if (workers == 1)
            Work();
        else
            Parallel.For(0, workers, new() { MaxDegreeOfParallelism = workers }, _ => Work());
        return result;

        void Work()
        {
            var block = ScanBlock.Take(_needs, _rules.Count);
            for (var piece = Interlocked.Increment(ref next); piece < pieces; piece = Interlocked.Increment(ref next))
                for (var b = piece * Piece; b < Math.Min(_table.Blocks, (piece + 1) * Piece); b++)
                    RunBlock(block, b, result);
            lock (gate)
            {
                for (var rule = 0; rule < _rules.Count; rule++)
                {
                    ((long[])result.HoldingCounts)[rule] += block.Holding[rule];
                    if (result.UnknownCounts is long[] unknowns)
                        unknowns[rule] += block.Unknown[rule];
                }
            }
            block.Return();
        }
    }

    // Every word is written. Results are large, often kept, and point nowhere: nothing for the collector to move about.
    private ulong[][] Bitmaps(int words) => [.. _rules.Select(_ => GC.AllocateUninitializedArray<ulong>(words, pinned: true))];

    private void RunBlock(ScanBlock block, int number, ScanResult result)
    {
        block.FirstRow = number * ScanTable.BlockRows;
        foreach (var instruction in _instructions)
            instruction.Run(block);

        var rows = Math.Min(ScanTable.BlockRows, _table.Count - block.FirstRow);
        var words = (rows + 63) / 64;
        // Past the last household there is nobody for whom anything could hold.
        var last = rows % 64 == 0 ? ulong.MaxValue : (1ul << rows % 64) - 1;
        for (var rule = 0; rule < _rules.Count; rule++)
        {
            var (holds, fails) = _rules[rule];
            block.Holding[rule] += Take(block, holds, default, false, words, last, result.Holding?[rule]);
            if (fails is { } f)
                block.Unknown[rule] += Take(block, holds, f, true, words, last, result.Unknown?[rule]);
        }
        if (result.Masks is { } masks)
            block.Masks(_rules, masks.AsSpan(block.FirstRow, rows));
    }

    private static long Take(ScanBlock block, Bits holds, Bits fails, bool open, int words, ulong last, ulong[]? target)
    {
        var to = (target is null ? block.Scratch : target.AsSpan(block.FirstWord))[..words];
        block.Read(holds, to);
        if (open)
            block.Neither(to, fails);
        to[^1] &= last;
        var count = 0L;
        foreach (var bits in to)
            count += BitOperations.PopCount(bits);
        return count;
    }

    /// <summary>Does nothing but read, so that its registers are not used again before the end.</summary>
    private sealed class Keep : Instruction
    {
        public Keep(IReadOnlyList<Register> registers) => Reads = registers;

        public override void Run(ScanBlock block)
        {
        }
    }
}
