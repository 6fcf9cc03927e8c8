using System.Globalization;
using System.Text;
using Shouwang.Kernel;

namespace Shouwang.Modules.Notices;

/// <summary>What must not hang on a wall.</summary>
public enum LeakKind { CitizenId, Phone, BankAccount, LongNumber, Health }

/// <summary>Something private in a public text.</summary>
/// <param name="Shown">Enough to find it in the text, and no more: the first two and last two characters.</param>
public sealed record Leak(LeakKind Kind, string Shown);

/// <summary>Finds citizen ids, phones, bank accounts and words of health in texts that are to be published.</summary>
/// <remarks>
/// Digits count however they are written: full-width, circled, Chinese, in groups with blanks, dashes or dots, with
/// invisible characters between. Dates, amounts and other short numbers pass. Source: DOMAIN §18; DQ-97.
/// </remarks>
public static class LeakCheck
{
    // Two characters or more: single ones such as 病 stand in too many harmless words. 癌 stands in none.
    private static readonly string[] HealthWords =
    [
        "癌", "肿瘤", "白血病", "尿毒症", "透析", "糖尿病", "高血压", "高血脂", "精神病", "精神障碍", "精神分裂", "精神残疾", "抑郁", "艾滋", "梅毒", "性病",
        "乙肝", "肝炎", "肝硬化", "结核", "瘫痪", "脑梗", "脑出血", "中风", "偏瘫", "心脏病", "心脏搭桥", "冠心病", "心衰", "癫痫", "智力障碍", "智力残疾", "智障",
        "痴呆", "聋哑", "耳聋", "失聪", "失明", "盲人", "截肢", "骨折", "尘肺", "肾病", "肾衰", "肾移植", "血友病", "罕见病", "先天性", "畸形", "红斑狼疮",
        "类风湿", "帕金森", "唐氏", "自闭症", "脑瘫", "慢性病", "慢病", "大病", "重病", "患病", "因病", "生病", "病情", "病历", "病史", "病人", "患者", "诊断",
        "化疗", "放疗", "手术", "住院", "门诊", "服药", "残疾", "因残", "残障", "怀孕", "流产", "HIV", "AIDS",
    ];

    /// <summary>Everything private in a text, in the order in which it stands there.</summary>
    /// <param name="healthWords">Words of the policy besides the built-in ones.</param>
    /// <param name="landlines">Office telephones with an area code are allowed.</param>
    public static IReadOnlyList<Leak> Find(string? text, IEnumerable<string>? healthWords = null, bool landlines = false)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        var plain = Plain(text);
        return [.. NumberRun.In(plain).SelectMany(run => run.Leaks(landlines)), .. Health(plain, healthWords ?? [])];
    }

    private static IEnumerable<Leak> Health(string plain, IEnumerable<string> more)
    {
        var solid = string.Concat(plain.Where(c => !NumberRun.IsSeparator(c)));
        return HealthWords.Concat(more)
            .Select(word => (Word: word, At: solid.IndexOf(word, StringComparison.OrdinalIgnoreCase)))
            .Where(found => found.At >= 0)
            .OrderBy(found => found.At)
            .Select(found => new Leak(LeakKind.Health, found.Word));
    }

    // One form for every way to write a digit, and full-width letters and marks as the usual ones. Not by Unicode
    // normalization: the program runs without the tables for it.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var digit = DigitOf(rune);
            if (digit >= 0)
                plain.Append((char)('0' + digit));
            else if (rune.Value is >= '！' and <= '～')
                plain.Append((char)(rune.Value - '！' + '!'));
            else
                plain.Append(rune);
        }
        return plain.ToString();
    }

    private static int DigitOf(Rune rune)
    {
        if (rune.IsBmp && "〇零一二三四五六七八九".IndexOf((char)rune.Value) is >= 0 and var chinese)
            return chinese == 0 ? 0 : chinese - 1;
        if (rune.IsBmp && "壹贰叁肆伍陆柒捌玖".IndexOf((char)rune.Value) is >= 0 and var formal)
            return formal + 1;
        return rune.IsBmp && rune.Value is '幺' ? 1 : CharUnicodeInfo.GetDigitValue(char.ConvertFromUtf32(rune.Value), 0);
    }

    /// <summary>How to tell a user about a leak.</summary>
    public static Text NameOf(LeakKind kind) => kind switch
    {
        LeakKind.CitizenId => new("身份证号或残疾人证号", "a citizen id or certificate number"),
        LeakKind.Phone => new("电话号码", "a telephone number"),
        LeakKind.BankAccount => new("银行账号", "a bank account"),
        LeakKind.LongNumber => new("疑似证件号或账号的长数字", "a long number that looks like an id or account"),
        LeakKind.Health => new("健康、疾病或残疾信息", "a word about health, illness or disability"),
    };
}
