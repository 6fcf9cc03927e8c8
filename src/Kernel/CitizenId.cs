namespace Shouwang.Kernel;

/// <summary>The sex a citizen id or a register states; code list C-GEN.</summary>
public enum Sex { Unstated = 9, Male = 1, Female = 2 }

/// <summary>
/// The 18-character citizen id 公民身份号码 of GB 11643: 6 digits area, 8 birth date, 3 sequence (odd = male), check character.
/// </summary>
/// <remarks>
/// Weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, sum modulo 11 gives 1 0 X 9 8 7 6 5 4 3 2. A certificate of a disabled
/// person 残疾人证 is such an id followed by category (1–7) and level (1–4). Source: DOMAIN §4.
/// The area prefix is not checked against a list: people keep the id of a county that has since been renamed.
/// </remarks>
public static class CitizenId
{
    private static ReadOnlySpan<byte> Weights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private const string CheckCharacters = "10X98765432";

    /// <summary>17 digits and the right check character. Says nothing about the birth date inside.</summary>
    public static bool HasValidCheck(ReadOnlySpan<char> id) =>
        id.Length == 18 && !id[..17].ContainsAnyExceptInRange('0', '9') && CheckCharacter(id) == id[17];

    /// <summary>The check character that belongs to the first 17 digits.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> first17)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++)
            sum += (first17[i] - '0') * Weights[i];
        return CheckCharacters[sum % 11];
    }

    /// <summary>The birth date in digits 7–14, or null where these are no date.</summary>
    public static DateOnly? BirthDate(ReadOnlySpan<char> id)
    {
        if (id.Length < 14 || id[6..14].ContainsAnyExceptInRange('0', '9'))
            return null;
        int year = int.Parse(id[6..10], null), month = int.Parse(id[10..12], null), day = int.Parse(id[12..14], null);
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
    }

    /// <summary>Odd 17th digit: male; even: female; none: unstated.</summary>
    public static Sex SexOf(ReadOnlySpan<char> id) =>
        id.Length < 17 || !char.IsAsciiDigit(id[16]) ? Sex.Unstated : (id[16] - '0') % 2 == 1 ? Sex.Male : Sex.Female;

    /// <summary>First six and last four characters, the rest as stars; shorter texts are stars altogether.</summary>
    public static string Mask(string? id) => id switch
    {
        null or "" => "",
        { Length: >= 15 } => $"{id[..6]}{new string('*', id.Length - 10)}{id[^4..]}",
        _ => new string('*', id.Length),
    };

    /// <summary>
    /// A checksum-valid id that no real person can have: the prefix <c>990231</c> belongs to no place.
    /// For demos, tests and documentation.
    /// </summary>
    public static string Synthetic(DateOnly birth, int sequence, Sex sex)
    {
        var order = sequence % 500 * 2 + (sex == Sex.Male ? 1 : 0);
        var digits = $"990231{birth:yyyyMMdd}{order:000}";
        return digits + CheckCharacter(digits);
    }
}
