using System.Globalization;

namespace Shouwang.Kernel;

/// <summary>An amount of yuan held as a whole number of fen (1 yuan = 100 fen).</summary>
/// <remarks>
/// Stored as <c>bigint</c> fen, because a ledger has to add up to the last fen in C#, SQLite and PostgreSQL alike.
/// In code and on screens amounts are yuan; a division (per head) leaves this type for <see cref="decimal"/> yuan.
/// </remarks>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    public static Money Zero => default;

    /// <summary>The amount in yuan, exact.</summary>
    public decimal Yuan => Fen / 100m;

    /// <param name="yuan">Rounded half away from zero to whole fen.</param>
    /// <exception cref="OverflowException">Past ±9×10¹⁶ yuan.</exception>
    public static Money FromYuan(decimal yuan) =>
        new(decimal.ToInt64(decimal.Round(yuan * 100m, 0, MidpointRounding.AwayFromZero)));

    public static Money operator +(Money a, Money b) => new(a.Fen + b.Fen);
    public static Money operator -(Money a, Money b) => new(a.Fen - b.Fen);
    public static Money operator -(Money a) => new(-a.Fen);
    public static bool operator <(Money a, Money b) => a.Fen < b.Fen;
    public static bool operator >(Money a, Money b) => a.Fen > b.Fen;
    public static bool operator <=(Money a, Money b) => a.Fen <= b.Fen;
    public static bool operator >=(Money a, Money b) => a.Fen >= b.Fen;
    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    /// <summary>Yuan with two decimals, no thousands separator: <c>12345.60</c>.</summary>
    public override string ToString() => Yuan.ToString("0.00", CultureInfo.InvariantCulture);
}
