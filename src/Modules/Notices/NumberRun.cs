using System.Text.RegularExpressions;
using Shouwang.Kernel;

namespace Shouwang.Modules.Notices;

/// <summary>Digits that stand together in a text, with nothing but separators between them.</summary>
internal sealed partial class NumberRun
{
    private const int MaxSeparators = 3;

    // The provinces, and 99 of made-up ids.
    private static readonly HashSet<string> Provinces =
    [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46",
        "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83", "91", "99",
    ];

    private readonly string _digits; // an X at the end of an id counts as one
    private readonly string _written;
    private readonly HashSet<int> _starts = [0];

    private NumberRun(string written)
    {
        _written = written;
        var digits = new System.Text.StringBuilder();
        var parted = false;
        foreach (var c in written)
        {
            if (IsSeparator(c))
            {
                parted = true;
                continue;
            }
            if (parted)
                _starts.Add(digits.Length);
            parted = false;
            digits.Append(char.ToUpperInvariant(c));
        }
        _digits = digits.ToString();
        _starts.Add(_digits.Length);
    }

    /// <summary>Blanks, marks and invisible characters that people put between the groups of a number.</summary>
    public static bool IsSeparator(char c) =>
        char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.DashPunctuation or System.Globalization.UnicodeCategory.NonSpacingMark
        || c is '.' or ',' or '·' or '•' or '_' or '/' or '\\' or '*' or '#' or '|' or '(' or ')' or '+' or ':' or ';' or '、' or '。' or '~' or '\'' or '"';

    /// <summary>Every run of a text, in order.</summary>
    public static IEnumerable<NumberRun> In(string plain)
    {
        for (var i = 0; i < plain.Length;)
        {
            if (!char.IsAsciiDigit(plain[i]))
            {
                i++;
                continue;
            }
            var (start, end, digits) = (i, i + 1, 1);
            for (var j = end; j < plain.Length && j - end <= MaxSeparators; j++)
            {
                if (char.IsAsciiDigit(plain[j]) || (digits >= 17 && plain[j] is 'x' or 'X'))
                    (end, digits) = (j + 1, digits + 1);
                else if (!IsSeparator(plain[j]))
                    break;
            }
            yield return new(plain[start..end]);
            i = end;
        }
    }

    public IEnumerable<Leak> Leaks(bool landlines)
    {
        // The shortest thing looked for has ten digits, and an id loses no more than its birth date here.
        if (Ordinary().Replace(_written, " ").Count(char.IsAsciiDigit) < 10)
            yield break;
        if (FindId() is { } id)
            yield return new(LeakKind.CitizenId, Shown(id));
        else if (FindPhone(landlines) is { } phone)
            yield return new(LeakKind.Phone, Shown(phone));
        else if (FindAccount() is { } account)
            yield return new(LeakKind.BankAccount, Shown(account));
        else if (_digits.Length >= 15 && Solid(15))
            yield return new(LeakKind.LongNumber, Shown(_digits));
    }

    // 18 characters with a birth date and the right check character, wherever they begin: a leading number of a list may
    // touch them. 15 digits of the old kind have no check character, so they have to stand alone.
    private string? FindId()
    {
        for (var i = 0; i + 18 <= _digits.Length; i++)
        {
            var id = _digits.AsSpan(i, 18);
            if (Provinces.Contains(id[..2].ToString()) && IsBirth(CitizenId.BirthDate(id)) && CitizenId.HasValidCheck(id))
                return id.ToString();
        }
        foreach (var id in Groups(18, 18).Concat(Groups(20, 20)).Where(g => Provinces.Contains(g[..2]) && IsBirth(CitizenId.BirthDate(g))))
            return id;
        foreach (var old in Groups(15, 15).Where(g => Provinces.Contains(g[..2]) && IsBirth(CitizenId.BirthDate($"{g[..6]}19{g[6..12]}"))))
            return old;
        return null;
    }

    private static bool IsBirth(DateOnly? birth) => birth is { Year: >= 1880 and <= 2100 };

    private string? FindPhone(bool landlines)
    {
        foreach (var mobile in Groups(11, 11).Where(g => g[0] == '1' && g[1] is >= '3' and <= '9'))
            return mobile;
        foreach (var mobile in Groups(13, 13).Where(g => g.StartsWith("861", StringComparison.Ordinal) && g[3] is >= '3' and <= '9'))
            return mobile;
        if (!landlines)
            foreach (var fixedLine in Groups(10, 12).Where(g => g[0] == '0' && g[1] != '0' && g.Length <= 12))
                return fixedLine;
        return null;
    }

    // Card numbers carry a Luhn check digit; passbook accounts do not, but are long and unbroken.
    private string? FindAccount() => Groups(16, 19).FirstOrDefault(g => g[0] is >= '3' and <= '9' && Luhn(g));

    private static bool Luhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            if (!char.IsAsciiDigit(digits[i]))
                return false;
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        }
        return sum % 10 == 0;
    }

    // Pieces of a length that begin and end where a group of digits does.
    private IEnumerable<string> Groups(int shortest, int longest) =>
        from start in _starts.Order()
        from end in _starts.Order()
        where end - start >= shortest && end - start <= longest
        select _digits[start..end];

    private bool Solid(int length)
    {
        var starts = _starts.Order().ToList();
        return starts.Zip(starts.Skip(1)).Any(pair => pair.Second - pair.First >= length);
    }

    private static string Shown(string found) => $"{found[..2]}…{found[^2..]}";

    // Dates, times and amounts below a hundred million; eight digits in a row only where a date can be expected.
    [GeneratedRegex(
        """
        (?<![\d,.])
        (?:
            (?:19|20)\d\d [\s./-]{1,2} (?:0?[1-9]|1[0-2]) (?:[\s./-]{1,2} (?:0?[1-9]|[12]\d|3[01]))?
          | (?<=^|(?:19|20)\d{6}[\s~\p{Pd}]{1,3}) (?:19|20)\d\d (?:0[1-9]|1[0-2]) (?:0[1-9]|[12]\d|3[01])
          | [0-2]?\d : [0-5]\d (?: : [0-5]\d)?
          | (?:\d{1,2} (?:,\d{3}){2} | \d{1,3},\d{3}) (?:\.\d{1,2})?
        )
        (?![\d,])
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ordinary();
}
