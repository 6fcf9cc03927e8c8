using System.Text.RegularExpressions;

namespace Shouwang.Platform.Policy;

/// <summary>The many ways to write the name of a village or township.</summary>
internal static partial class AreaNames
{
    /// <summary>Without blanks and with half-width digits.</summary>
    public static string Normal(string? spelling) => spelling is null ? "" : Spelling.Normal(spelling);

    /// <summary>As people say it: 金钱村村民委员会 and 金钱村委会 are 金钱村, 石鼓社区居民委员会 is 石鼓社区.</summary>
    public static string Short(string name) => Group().Replace(Committee().Replace(name, ""), "") is { Length: > 0 } bare ? bare : name;

    /// <summary>The forms by which a name is looked up, the strictest first: its short name, then that without 村 or 社区.</summary>
    public static IEnumerable<string> Keys(string name)
    {
        var bare = Short(Normal(name));
        yield return bare;
        var stem = Kind().Replace(bare, "");
        if (stem.Length >= 2 && stem != bare)
            yield return stem;
    }

    /// <summary>秀山土家族苗族自治县 is also 秀山县, 太和土家族乡 also 太和乡.</summary>
    public static string WithoutNation(string name) => Nations().Replace(name, "");

    // 村民委员会 goes whole, but of 金钱村委会 the 村 stays.
    [GeneratedRegex("(?:村民委员会|居民委员会|居委会|(?<=村)村委会|(?<=村)委会|(?<=[^村])委员会|(?<=村)委员会)$")]
    private static partial Regex Committee();

    [GeneratedRegex(@"(?<=.{2})第?[0-9一二三四五六七八九十]{1,3}(?:组|社|队|屯)$")]
    private static partial Regex Group();

    [GeneratedRegex("(?:村|社区|居委会)$")]
    private static partial Regex Kind();

    [GeneratedRegex("(?:(?:土家|苗|瑶|侗|回|壮|彝|藏|满|蒙古|布依|白|傣|羌)族)+(?:自治)?(?=[县乡州])")]
    private static partial Regex Nations();
}
