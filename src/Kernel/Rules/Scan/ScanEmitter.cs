namespace Shouwang.Kernel.Rules.Scan;

/// <summary>Collects the instructions of a program; what was already worked out is used again.</summary>
internal sealed class ScanEmitter
{
    private readonly Dictionary<(object, object?, object?, long, long), Register> _bits = [];
    private readonly Dictionary<(object, object?, object?, long, long), Register> _lanes = [];

    public List<Instruction> Instructions { get; } = [];

    /// <summary>Forgets numbers: they are large, so that keeping them for a later rule costs more than working them out again.</summary>
    public void BeginRule() => _lanes.Clear();

    public Bits Known(ScanColumn column) => column.Shape.Unknowns == 0 ? Bits.Every
        : column.Shape.Unknowns == column.Count ? Bits.None
        : Bits.Of(OfBits((column, "known", null, 0, 0), target => new LoadBits(column, true, target)));

    public Bits Set(ScanColumn column) => Bits.Of(OfBits((column, "set", null, 0, 0), target => new LoadBits(column, false, target)));

    public Bits Not(Bits bits) => bits.Register is { } register ? Combine(BitOperation.Not, register, register) : new(null, !bits.All);

    public Bits And(Bits a, Bits b) => a.IsNone || b.IsNone ? Bits.None : a.IsEvery || a == b ? b : b.IsEvery ? a : Combine(BitOperation.And, a.Register!, b.Register!);

    public Bits Or(Bits a, Bits b) => a.IsEvery || b.IsEvery ? Bits.Every : a.IsNone || a == b ? b : b.IsNone ? a : Combine(BitOperation.Or, a.Register!, b.Register!);

    /// <summary>Set in the first and not in the second.</summary>
    public Bits AndNot(Bits a, Bits b) => a.IsNone || b.IsEvery || a == b ? Bits.None
        : b.IsNone ? a
        : a.IsEvery ? Not(b)
        : Combine(BitOperation.AndNot, a.Register!, b.Register!);

    /// <summary>Households whose stored number lies between the bounds; meaningless where it is unknown.</summary>
    public Bits Between(ScanColumn column, long least, long greatest)
    {
        var shape = column.Shape;
        if (least > greatest || least > shape.Greatest || greatest < shape.Least)
            return Bits.None;
        if (least <= shape.Least && greatest >= shape.Greatest)
            return Bits.Every;
        (least, greatest) = (least <= shape.Least ? long.MinValue : least, greatest >= shape.Greatest ? long.MaxValue : greatest);
        return Bits.Of(OfBits((column, "between", null, least, greatest), target => new ColumnBetween(column, least, greatest, target)));
    }

    public Bits Among(ScanColumn column, long first, ulong[] set)
    {
        var target = new Register(RegisterKind.Bits);
        Instructions.Add(new ColumnAmong(column, first, set, target));
        return Bits.Of(target);
    }

    public Truth AskEach(Step condition, ScanTable table, Func<Symbol, RuleValue> constants)
    {
        (Register Holds, Register Fails)? both = null;
        return new(() => Bits.Of(Emit().Holds), () => Bits.Of(Emit().Fails));

        (Register Holds, Register Fails) Emit()
        {
            if (both is { } done)
                return done;
            var (holds, fails) = (new Register(RegisterKind.Bits), new Register(RegisterKind.Bits));
            Instructions.Add(new AskEach(condition, table, constants, holds, fails));
            both = (holds, fails);
            return (holds, fails);
        }
    }

    /// <summary>Where the comparison holds; both sides have lanes of this kind.</summary>
    public Bits Compare(LaneComparison comparison, ScanNumber left, ScanNumber right, RegisterKind kind)
    {
        if (kind == RegisterKind.Int)
        {
            var (a, b) = (left.Ints(this), right.Ints(this));
            return Bits.Of(OfBits(((a, b), comparison, null, 0, 0), target => new CompareInts(comparison, a, b, target)));
        }
        var (x, y) = (left.In(kind, this), right.In(kind, this));
        return Bits.Of(OfBits((x, y, comparison, 0, 0), target => new CompareWides(comparison, x, y, target)));
    }

    /// <summary>A calculation; both sides have lanes of this kind, and so does the result.</summary>
    public Register Combine(LaneOperation operation, ScanNumber left, ScanNumber right, RegisterKind kind)
    {
        if (kind == RegisterKind.Int)
        {
            var (a, b) = (left.Ints(this), right.Ints(this));
            return OfLanes(((a, b), operation, null, 0, 0), kind, target => new CombineInts(operation, a, b, target));
        }
        var (x, y) = (left.In(kind, this), right.In(kind, this));
        return OfLanes((x, y, operation, 0, 0), kind, target => new CombineWides(operation, x, y, target));
    }

    public Register Load(ScanColumn column, RegisterKind kind) => OfLanes((column, kind, "load", 0, 0), kind, target => new LoadLanes(column, target));

    public Register Fill(long number, RegisterKind kind) => OfLanes((kind, "fill", null, number, 0), kind, target => new FillLanes(number, target));

    public Register Affine(Register source, long factor, long summand, RegisterKind kind) => factor == 1 && summand == 0 && source.Kind == kind
        ? source
        : OfLanes((source, kind, "affine", factor, summand), kind, target => new Affine(source, factor, summand, target));

    public Register Choose(Register condition, Register then, Register otherwise) =>
        OfLanes(((condition, then, otherwise), null, "choose", 0, 0), then.Kind, target => new ChooseLanes(condition, then, otherwise, target));

    private Bits Combine(BitOperation operation, Register a, Register b) =>
        Bits.Of(OfBits((a, b, operation, 0, 0), target => new CombineBits(operation, a, b, target)));

    private Register OfBits((object, object?, object?, long, long) key, Func<Register, Instruction> instruction) => Of(_bits, key, RegisterKind.Bits, instruction);

    private Register OfLanes((object, object?, object?, long, long) key, RegisterKind kind, Func<Register, Instruction> instruction) => Of(_lanes, key, kind, instruction);

    private Register Of(
        Dictionary<(object, object?, object?, long, long), Register> done, (object, object?, object?, long, long) key, RegisterKind kind, Func<Register, Instruction> instruction)
    {
        if (done.TryGetValue(key, out var register))
            return register;
        Instructions.Add(instruction(done[key] = register = new(kind)));
        return register;
    }
}
