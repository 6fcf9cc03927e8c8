using System.Numerics;

namespace Shouwang.Kernel.Rules.Scan;

/// <summary>
/// A number of every household while a rule is compiled: <c>(factor × root + summand) / 10^scale</c>, divided by another one
/// if it is a quotient.
/// </summary>
/// <param name="Column">The root is this column's stored numbers; otherwise <paramref name="Lanes"/>; with neither, the number is the summand.</param>
/// <param name="Least">Between this and <paramref name="Greatest"/> lie all <c>factor × root + summand</c> that are known.</param>
/// <param name="Known">Households for which there is a value.</param>
internal sealed record ScanNumber(
    ScanColumn? Column, Register? Lanes, BigInteger Factor, BigInteger Summand, int Scale, BigInteger Least, BigInteger Greatest, Bits Known,
    ScanNumber? Divisor = null)
{
    /// <summary>Whole numbers that a binary number of 64 bits holds exactly.</summary>
    private static readonly BigInteger MostWide = BigInteger.Pow(2, 53);

    public bool IsConstant => Column is null && Lanes is null && Divisor is null;

    public static ScanNumber Constant(RuleValue value)
    {
        var (number, scale) = Digits(value.Order);
        return new(null, null, 0, number, scale, number, number, Bits.Every);
    }

    public static ScanNumber Of(ScanColumn column, Bits known) =>
        new(column, null, 1, column.Base, column.Shape.Scale, column.Shape.Least + new BigInteger(column.Base), column.Shape.Greatest + new BigInteger(column.Base), known);

    public static ScanNumber Of(Register lanes, int scale, BigInteger least, BigInteger greatest, Bits known) =>
        new(null, lanes, 1, 0, scale, least, greatest, known);

    /// <summary>The same number times a whole one, which leaves its scale.</summary>
    public ScanNumber Times(BigInteger factor) => this with
    {
        Factor = Factor * factor,
        Summand = Summand * factor,
        Least = BigInteger.Min(Least * factor, Greatest * factor),
        Greatest = BigInteger.Max(Least * factor, Greatest * factor),
    };

    public ScanNumber Plus(BigInteger summand) => this with { Summand = Summand + summand, Least = Least + summand, Greatest = Greatest + summand };

    /// <summary>The same value with more decimal places.</summary>
    public ScanNumber AtScale(int scale) => Times(BigInteger.Pow(10, scale - Scale)) with { Scale = scale };

    /// <summary>The narrowest lanes that hold it and everything on the way to it; null when none do.</summary>
    public RegisterKind? Width
    {
        get
        {
            var root = Column is { } c ? BigInteger.Max(BigInteger.Abs(c.Shape.Least), BigInteger.Abs(c.Shape.Greatest))
                : Lanes is not null ? BigInteger.Max(BigInteger.Abs(Least - Summand), BigInteger.Abs(Greatest - Summand)) / BigInteger.Max(1, BigInteger.Abs(Factor))
                : 0;
            var most = new[] { root, root * BigInteger.Abs(Factor), BigInteger.Abs(Factor), BigInteger.Abs(Summand), BigInteger.Abs(Least), BigInteger.Abs(Greatest) }.Max();
            return most > MostWide ? null : most <= int.MaxValue && Lanes?.Kind != RegisterKind.Wide ? RegisterKind.Int : RegisterKind.Wide;
        }
    }

    /// <summary>Works it out in a register.</summary>
    public Register In(RegisterKind kind, ScanEmitter emit)
    {
        if (Column is null && Lanes is null)
            return emit.Fill((long)Summand, kind);
        var root = Lanes ?? emit.Load(Column!, kind);
        return emit.Affine(root, (long)Factor, (long)Summand, kind);
    }

    /// <summary>Where 32-bit lanes read it from; only what has such a width.</summary>
    public IntSource Ints(ScanEmitter emit) => Column is null && Lanes is null
        ? new(null, emit.Fill((long)Summand, RegisterKind.Int), 1, 0)
        : new(Column, Lanes, (int)Factor, (int)Summand);

    /// <summary>Whether a decimal result is certainly smaller than the language allows.</summary>
    public bool FitsDecimal => BigInteger.Max(BigInteger.Abs(Least), BigInteger.Abs(Greatest)) < BigInteger.Pow(10, 12 + Scale);

    private static (BigInteger Number, int Scale) Digits(decimal value)
    {
        var trimmed = value / 1.0000000000000000000000000000m;
        return (new BigInteger(trimmed * Powers.Decimals[trimmed.Scale]), trimmed.Scale);
    }
}
