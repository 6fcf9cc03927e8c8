namespace Shouwang.Kernel;

/// <summary>The levels of the area tree; the number is the length of the code.</summary>
public enum AreaLevel { Nation = 0, Province = 2, Prefecture = 4, County = 6, Township = 9, Village = 12 }

/// <summary>
/// An administrative division 行政区划 by its statistical code: 2 digits for the province, then 2 for the prefecture,
/// 2 for the county, 3 for the township and 3 for the village.
/// </summary>
/// <remarks>
/// An area contains another exactly when its code is a prefix of the other's. The nation is the empty code.
/// Codes padded with zeros are shortened: <c>500231111000</c> is the township <c>500231111</c>, and <c>500000</c>, as statistics write
/// it in six digits, the province <c>50</c>. No county's code ends with two zeros.
/// </remarks>
public readonly record struct AreaCode : IComparable<AreaCode>
{
    private readonly string? _digits;

    /// <exception cref="FormatException">Not 0, 2, 4, 6, 9 or 12 digits.</exception>
    public AreaCode(string digits)
    {
        if (!TryParse(digits, out var area))
            throw new FormatException($"'{digits}' is not an area code: it needs 0, 2, 4, 6, 9 or 12 digits.");
        this = area;
    }

    private AreaCode(string digits, bool _) => _digits = digits;

    /// <summary>The code without padding; empty for the nation.</summary>
    public string Digits => _digits ?? "";

    public AreaLevel Level => (AreaLevel)Digits.Length;

    /// <summary>The county (6 digits) this area lies in; every stored row of county data carries it.</summary>
    /// <exception cref="InvalidOperationException">The area is above county level.</exception>
    public AreaCode County => Level >= AreaLevel.County
        ? new(Digits[..6], true)
        : throw new InvalidOperationException($"Area {this} is above county level.");

    /// <summary>What stands as <c>county</c> in the key of rows about this area: the county it lies in; above the counties, the area itself.</summary>
    public string CountyKey => Level >= AreaLevel.County ? Digits[..6] : Digits;

    /// <summary>The area one level up; the nation is its own parent.</summary>
    public AreaCode Parent => new(Level switch
    {
        AreaLevel.Village => Digits[..9],
        AreaLevel.Township => Digits[..6],
        AreaLevel.County => Digits[..4],
        AreaLevel.Prefecture => Digits[..2],
        AreaLevel.Province or AreaLevel.Nation => "",
    }, true);

    /// <summary>The code padded with zeros to the 12 digits that official tables print.</summary>
    public string Padded => Digits.PadRight(12, '0');

    /// <summary>The smallest text greater than every code inside this area, for range conditions in SQL.</summary>
    public string RangeEnd => Digits + ":"; // ':' follows '9'

    public bool Contains(AreaCode other) => other.Digits.StartsWith(Digits, StringComparison.Ordinal);

    public static bool TryParse(string? text, out AreaCode area)
    {
        area = default;
        if (text is null || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return false;
        if (text.Length == 12 && text.EndsWith("000", StringComparison.Ordinal))
            text = Shorten(text);
        else if (text.Length == 6 && text.EndsWith("00", StringComparison.Ordinal))
            text = Shorten(text + "000000");
        if (!Enum.IsDefined((AreaLevel)text.Length))
            return false;
        area = new(text, true);
        return true;
    }

    private static string Shorten(string text) =>
        text.EndsWith("0000000000", StringComparison.Ordinal) ? text[..2]
        : text.EndsWith("00000000", StringComparison.Ordinal) ? text[..4]
        : text.EndsWith("000000", StringComparison.Ordinal) ? text[..6]
        : text[..9];

    public int CompareTo(AreaCode other) => string.CompareOrdinal(Digits, other.Digits);

    public override string ToString() => Digits;
}
