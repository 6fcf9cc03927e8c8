using System.Numerics;

namespace Shouwang.Kernel.Rules;

/// <summary>
/// What a decimal number is in a rule: at most 12 digits before the point and 16 after it. A result is the exact one rounded to
/// 16 places, half away from zero; from 10¹² on there is none.
/// </summary>
/// <remarks>
/// 28 digits are what a .NET decimal surely holds, what PostgreSQL's numeric can be told to hold, and more than money needs. So
/// every engine comes to the same last digit (docs/decisions/0033).
/// </remarks>
public static class Numbers
{
    /// <summary>Digits after the point.</summary>
    public const int Places = 16;

    /// <summary>The least magnitude that is too large.</summary>
    public const decimal Limit = 1_000_000_000_000m;

    /// <summary>Below this a quotient has 17 digits after the point among the 28 that division gives.</summary>
    private const decimal Guarded = Limit / 10;

    /// <summary>Of the last place.</summary>
    private const decimal Half = 0.00000000000000005m;

    private static readonly BigInteger Scaled = BigInteger.Pow(10, Places);

    /// <summary>The number as a rule holds it, or null when it is too large.</summary>
    public static decimal? Held(decimal exact)
    {
        var number = exact.Scale <= Places ? exact : Math.Round(exact, Places, MidpointRounding.AwayFromZero);
        return number is > -Limit and < Limit ? number : null;
    }

    /// <summary>The sum of two numbers, one of which may be a whole number past the limit.</summary>
    /// <remarks>
    /// Exact: with 16 places a decimal holds 7.9×10¹², more than two numbers below the limit make. What it rounds is past it.
    /// </remarks>
    public static decimal? Sum(decimal a, decimal b) => Held(a + b);

    public static decimal? Product(decimal a, decimal b)
    {
        // .NET shortens a product that 96 bits do not hold, and its scale tells: as long as that is the sum of the scales, the product is exact.
        if (Fits(a, b) && a * b is var product && product.Scale == a.Scale + b.Scale)
            return Held(product);
        return a == 0 || b == 0 ? 0 : Held(Whole(a) * Whole(b), Scaled * Scaled);
    }

    /// <param name="b">Not zero.</param>
    public static decimal? Quotient(decimal a, decimal b)
    {
        // So small a divisor could take the quotient past what .NET holds.
        if (Math.Abs(b) < 0.000_000_001m && Math.Abs(a) >= Math.Abs(b) * Limit)
            return null;
        // .NET rounds a quotient to 28 digits. Rounding keeps order, and with 17 places the middle between two results is one of the
        // numbers it rounds to: what lies on one side of it stays there, and only what comes to lie on it may have been moved.
        var quotient = a / b;
        if (quotient is > -Guarded and < Guarded)
        {
            var rounded = Math.Round(quotient, Places, MidpointRounding.AwayFromZero);
            if (Math.Abs(quotient - rounded) != Half)
                return rounded;
        }
        return Held(Whole(a) * Scaled, Whole(b) * Scaled);
    }

    /// <summary>The product surely has less than 29 digits before the point.</summary>
    private static bool Fits(decimal a, decimal b) => Math.Abs(a) < 100_000_000_000_000m && Math.Abs(b) < 100_000_000_000_000m;

    /// <summary>The number in units of the last place.</summary>
    private static BigInteger Whole(decimal number)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        var digits = (BigInteger)new UInt128(unchecked((uint)bits[2]), unchecked(((ulong)(uint)bits[1] << 32) | (uint)bits[0]));
        var scaled = digits * BigInteger.Pow(10, Places - number.Scale);
        return number < 0 ? -scaled : scaled;
    }

    /// <summary>A fraction of whole numbers, rounded.</summary>
    private static decimal? Held(BigInteger numerator, BigInteger denominator)
    {
        var doubled = BigInteger.Abs(numerator) * Scaled * 2 / BigInteger.Abs(denominator);
        var digits = (doubled + 1) / 2;
        if (digits >= Scaled * (BigInteger)Limit)
            return null;
        var number = (decimal)digits / 10_000_000_000_000_000m;
        return numerator.Sign * denominator.Sign < 0 ? -number : number;
    }
}
