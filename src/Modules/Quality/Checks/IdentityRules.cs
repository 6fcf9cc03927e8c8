using System.Text.RegularExpressions;
using Shouwang.Kernel;
using static Shouwang.Platform.Plugins.QualitySeverity;

namespace Shouwang.Modules.Quality.Checks;

/// <summary>Who somebody is: numbers, names, phones. FIELDS D1.</summary>
internal static partial class IdentityRules
{
    private const int OldestYear = 1900, PhoneLength = 11;

    public static readonly IReadOnlyList<PersonRule> OfPeople =
    [
        PersonRule.Of("DQ-01", Error, new("证件号码位数异常", "Certificate number of a wrong length"), "位数 ∉ {18, 20, 22}",
            p => p.Register.CertNo is { } number && !IsPlaceholder(number) && p.Number is null
                ? new Text($"证件号码{number.Length}位，应为18、20或22位。", $"The number has {number.Length} characters; it should have 18, 20 or 22.") : null),
        PersonRule.Of("DQ-02", Error, new("身份证号码校验码错误", "Check character of the id is wrong"), "GB 11643, 前18位",
            p => p.Number is { } number && !CitizenId.HasValidCheck(number.AsSpan(0, 18))
                ? new("前18位不符合校验规则，至少有一位写错。", "The first 18 characters do not fit their check character: at least one is wrong.") : null),
        PersonRule.Of("DQ-03", Error, new("残疾人证号码不符合规则", "Certificate of disability does not follow the rules"), "第19位 ∉ 1–7 或第20位 ∉ 1–4",
            p => p.Number is { Length: Certificates.DisabilityLength } number && (number[18] is < '1' or > '7' || number[19] is < '1' or > '4')
                ? new($"第19、20位是“{number[18..]}”，类别应为1–7，等级应为1–4。", $"Characters 19 and 20 are '{number[18..]}'; the category is 1–7, the level 1–4.") : null),
        PersonRule.Of("DQ-04", Error, new("出生日期与身份证不一致", "Birth date differs from the id"), "出生日期 ≠ 证件号码第7–14位；未填日的只比年月",
            p => p.Number is { } number && p.Register.Birth is { } birth && !number.AsSpan(6, 8).StartsWith(birth.Replace("-", ""), StringComparison.Ordinal)
                ? new("登记的出生日期与证件号码第7–14位不同。", "The registered birth date differs from characters 7–14 of the number.") : null),
        PersonRule.Of("DQ-05", Error, new("性别与身份证不一致", "Sex differs from the id"), "性别 ≠ 证件号码第17位的奇偶",
            p => p.Number is { } number && p.Register.Gender is "1" or "2" && CitizenId.SexOf(p.Number) is var sex and not Sex.Unstated
                && (sex == Sex.Male) != (p.Register.Gender == "1")
                ? new("登记的性别与证件号码第17位不符。", "The registered sex does not fit character 17 of the number.") : null),
        PersonRule.Of("DQ-06", Error, new("身份证年份或月份不合理", "Impossible birth date in the id"), "第7–14位不是日期，或年份 < 1900，或晚于统计年",
            p => p.Number is { } number && (CitizenId.BirthDate(number) is not { } born || born.Year < OldestYear || born.Year > p.Home.Day.AsOf.Year)
                ? new("证件号码第7–14位不是合理的出生日期。", "Characters 7–14 of the number are no possible birth date.") : null),
        PersonRule.Of("DQ-08", Warning, new("无身份证号", "No id number"), "证件号码为空或以999999开头",
            p => p.Register.CertNo is null ? new("没有证件号码。", "There is no certificate number.")
                : IsPlaceholder(p.Register.CertNo) ? new("证件号码是以999999开头的替代号。", "The number is a placeholder that begins with 999999.") : null),
        PersonRule.Of("DQ-09", Error, new("姓名为空或不合规", "Name missing or malformed"), "姓名为空、含数字或少于2个字",
            p => p.Register.Name is not { } name ? new("姓名为空。", "There is no name.")
                : name.Any(char.IsDigit) ? new("姓名中有数字。", "The name holds a digit.")
                : name.EnumerateRunes().Count() < 2 ? new("姓名只有一个字。", "The name has one character.") : null),
        PersonRule.Of("DQ-10", Warning, new("民族为空", "Ethnicity missing"), "民族为空",
            p => p.Register.Ethnicity is null ? new("没有填民族。", "The ethnicity is not given.") : null),
        PersonRule.Of("DQ-11", Warning, new("联系电话格式错误", "Phone malformed"), "有务工所在地，且联系电话不是1开头的11位手机号",
            p => p.Register.WorkPlace is not null && p.Register.Phone is { } phone && !Mobile().IsMatch(phone)
                ? new($"外出务工人员的联系电话有{phone.Length}位，不是手机号。", $"The phone of somebody away for work has {phone.Length} digits and is no mobile number.") : null),
        PersonRule.Of("DQ-13", Warning, new("同户务工成员不同区县但电话相同", "Workers in different counties share one phone"), "同户两人务工地不在同一区县，联系电话相同",
            p => p.Register is { WorkPlace: { } place, Phone: { } phone } && p.Home.People.Any(o =>
                    o.Register.Phone == phone && o.Register.WorkPlace is { } other && CountyOf(other) != CountyOf(place))
                ? new("与同户在另一区县务工的成员用同一个电话。", "Shares a phone with a member of the household who works in another county.") : null),
    ];

    public static readonly IReadOnlyList<HouseholdRule> OfHouseholds =
    [
        HouseholdRule.Of("DQ-12", Warning, new("户联系电话为空或位数不对", "Household phone missing or of a wrong length"), "为空，或既不是11位也不是固定电话",
            h => h.Register.Phone is not { } phone ? new("没有户联系电话。", "The household has no phone.")
                : phone.Length != PhoneLength && !Landline().IsMatch(phone)
                    ? new($"户联系电话有{phone.Length}位，应为11位。", $"The household's phone has {phone.Length} digits; it should have 11.") : null),
    ];

    /// <summary>The county of an address: what ends with the last 县, 区, 市 or 旗 in it.</summary>
    internal static string CountyOf(string place) => place.LastIndexOfAny(['县', '区', '市', '旗']) is >= 0 and var end ? place[..(end + 1)] : place;

    private static bool IsPlaceholder(string number) => number.StartsWith("999999", StringComparison.Ordinal);

    [GeneratedRegex(@"^1[3-9]\d{9}$")]
    private static partial Regex Mobile();

    [GeneratedRegex(@"^0\d{2,3}-?\d{7,8}$")]
    private static partial Regex Landline();
}
