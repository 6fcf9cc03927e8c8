using Shouwang.Kernel;
using static Shouwang.Platform.Plugins.QualitySeverity;

namespace Shouwang.Modules.Quality.Checks;

/// <summary>Who belongs to a household, as what, and where it lies. FIELDS D2.</summary>
internal static class CompositionRules
{
    private const int LargestFamily = 15, ParentGap = 14, GrandparentGap = 25, YoungestHead = 16;

    public static readonly IReadOnlyList<HouseholdRule> OfHouseholds =
    [
        HouseholdRule.Of("DQ-17", Error, new("缺户主", "No head"), "没有与户主关系为户主的成员",
            h => h.Heads.Count == 0 ? new("没有一名成员登记为户主。", "No member is registered as head.") : null),
        HouseholdRule.Of("DQ-18", Error, new("多个户主", "More than one head"), "户主多于一人",
            h => h.Heads.Count > 1 ? new($"有{h.Heads.Count}名成员登记为户主。", $"{h.Heads.Count} members are registered as head.") : null),
        HouseholdRule.Of("DQ-19", Error, new("多个配偶", "More than one spouse"), "配偶多于一人",
            h => Spouses(h).Count() is > 1 and var spouses ? new($"有{spouses}名成员登记为配偶。", $"{spouses} members are registered as spouse.") : null),
        HouseholdRule.Of("DQ-20", Error, new("户主与配偶性别相同", "Head and spouse of one sex"), "户主性别 = 配偶性别",
            h => h.Heads is [{ Register.Gender: ("1" or "2") and var sex }, ..] && Spouses(h).Any(s => s.Register.Gender == sex)
                ? new("户主和配偶的性别相同。", "Head and spouse are registered with the same sex.") : null),
        HouseholdRule.Of("DQ-23", Error, new("家庭人口数与成员数不符", "Family size differs from the members"), "家庭人口数 ≠ 状态正常的成员数",
            h => h.Register.FamilySize is { } stated && stated != h.People.Count
                ? new($"填写{stated}人，状态正常的成员{h.People.Count}人。", $"{stated} people are stated, {h.People.Count} members are of state normal.") : null),
        HouseholdRule.Of("DQ-24", Warning, new("人口数异常", "Family size out of range"), "家庭人口数为0或大于15",
            h => h.Register.FamilySize is 0 or > LargestFamily
                ? new($"填写的家庭人口数为{h.Register.FamilySize}。", $"The stated family size is {h.Register.FamilySize}.") : null),
        HouseholdRule.Of("DQ-27", Warning, new("户主未满16岁", "Head under 16"), "户主年龄 < 16",
            h => h.Heads is [{ Age: < YoungestHead and var age }, ..] ? new($"户主{age}周岁。", $"The head is {age} years old.") : null),
        HouseholdRule.Of("DQ-28", Info, new("户主无劳力而家有劳力", "Head without labour though others have"), "户主为无劳动力，另有普通或技能劳动力",
            h => h.Heads is [{ Register.Labour: Labours.None }, ..] && h.People.Any(p => Labours.Full(p.Register.Labour))
                ? new("户主为无劳动力，家中另有劳动力。", "The head has no labour ability, others in the household do.") : null),
        HouseholdRule.Of("DQ-29", Error, new("行政区划代码不存在", "Area code not in the table"), "代码不在区划表中，或与行政村名称不是同一个村",
            h => h.Register.AreaCode is { } stated && !Fits(stated, h)
                ? new($"行政区划代码{stated}不在本县区划表中，或属于另一个村。", $"The area code {stated} is not in the county's table or belongs to another village.") : null),
        HouseholdRule.Of("DQ-30", Error, new("户编号重复", "Household number repeated"), "户表中同一户编号多于一行",
            h => h.Register.Repeated ? new("户表中这个户编号不止一行，只采用了第一行。", "The household table holds this number more than once; the first row was taken.") : null),
    ];

    public static readonly IReadOnlyList<PersonRule> OfPeople =
    [
        PersonRule.Of("DQ-21", Error, new("与户主关系代码错误", "Relation not in the list"), "与户主关系 ∉ C-REL",
            p => !Relations.Known(p.Register.Relation) ? new("与户主关系为空或不在代码表中。", "The relation to the head is empty or not in the list.") : null),
        PersonRule.Of("DQ-22", Error, new("关系与性别不符", "Relation conflicts with sex"), "之子、之父等为男；之女、之母等为女",
            p => p.Register.Relation is { } relation
                && (p.Register.Gender == "2" && Relations.Men.Contains(relation) || p.Register.Gender == "1" && Relations.Women.Contains(relation))
                ? new("与户主关系和性别不符。", "The relation to the head does not fit the sex.") : null),
        PersonRule.Of("DQ-25", Warning, new("子女与父母年龄差小于14岁", "Parent and child less than 14 years apart"), "子女出生 < 父母出生 + 14年",
            p => p.Home.Heads is [var head, ..] && p.Register.Relation is { } relation
                && (Relations.Children.Contains(relation) && Closer(head, p, ParentGap) || Relations.Parents.Contains(relation) && Closer(p, head, ParentGap))
                ? new("与户主的年龄差小于14岁。", "Less than 14 years lie between this person and the head.") : null),
        PersonRule.Of("DQ-26", Warning, new("祖父母年龄不合理", "Grandparent too young"), "户主出生 < 祖父母出生 + 25年",
            p => p.Home.Heads is [var head, ..] && p.Register.Relation is { } relation && Relations.Grandparents.Contains(relation) && Closer(p, head, GrandparentGap)
                ? new("比户主大不到25岁。", "Less than 25 years older than the head.") : null),
    ];

    private static IEnumerable<CheckedPerson> Spouses(CheckedHousehold h) => h.People.Where(p => p.Register.Relation == Relations.Spouse);

    private static bool Fits(string stated, CheckedHousehold h) =>
        AreaCode.TryParse(stated, out var code) && h.Day.Areas.Find(code) is not null
        && (code.Contains(h.Register.Area) || h.Register.Area.Contains(code));

    /// <summary>Certainly fewer years between the two than that, whatever the day where only the month is known.</summary>
    private static bool Closer(CheckedPerson elder, CheckedPerson younger, int years) =>
        Born(elder) is { } from && Born(younger) is { } to && to.Latest < from.Earliest.AddYears(years);

    private static (DateOnly Earliest, DateOnly Latest)? Born(CheckedPerson p)
    {
        if (p.Register.BirthOn is { } day)
            return (day, day);
        return p.Register.Birth is { Length: 7 } month && DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", out var first)
            ? (first, first.AddMonths(1).AddDays(-1))
            : null;
    }
}
