using Shouwang.Modules.Casework;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Policy;

namespace Shouwang.Server.Demo.Play;

/// <summary>What the visitors of a household find, in the words they would use, and what helps against it.</summary>
internal static class Troubles
{
    private sealed record Trouble(string Cause, VisitSubject Subject, string Words);

    private static IEnumerable<Trouble> Of(Home home)
    {
        var made = home.Made;
        if (made.SelfPaid > 4_000 || made.Members.Exists(m => m.Health == "患有大病"))
            yield return new("01", VisitSubject.Medical, "家中有人住院，自付费用高，出院后仍需长期服药。");
        if (!made.SafeWater)
            yield return new("08", VisitSubject.Water, "井水季节性断流，要到九百米外挑水。");
        if (made.HouseGrade is "C" or "D")
            yield return new("08", VisitSubject.Housing, $"房屋鉴定为{made.HouseGrade}级，后墙开裂，雨天漏水。");
        if (made.Net / made.Members.Count < 6_000)
            yield return made.Able
                ? new("07", VisitSubject.IncomeAndWork, "受疫情影响，今年上半年务工时间短，收入下降。")
                : new("04", VisitSubject.IncomeAndWork, "家中没有劳动力，靠转移性收入生活。");
    }

    /// <summary>The causes, the main one first; unstable work where nothing else shows.</summary>
    public static IReadOnlyList<CauseFound> Causes(Home home) =>
        Of(home).Select(t => t.Cause).Distinct().DefaultIfEmpty(home.Made.Able ? "07" : "04").Select(c => new CauseFound(c)).ToList();

    /// <summary>Subject by subject, what was wrong.</summary>
    public static IReadOnlyDictionary<VisitSubject, string> Found(Home home) =>
        Of(home).GroupBy(t => t.Subject).ToDictionary(g => g.Key, g => g.First().Words);

    /// <summary>In one sentence, for whoever reports it.</summary>
    public static string Said(Home home) => Of(home).FirstOrDefault()?.Words ?? (home.Seed % 3) switch
    {
        0 => "前些天干活摔伤住院，药费花了不少，家里一时周转不开。",
        1 => "厂里一直没开工，两个月没有工资，孩子开学要用钱。",
        _ => "养的鸡鸭卖不出去，饲料钱还欠着。",
    };

    /// <summary>The category that people decide on: by the household's status, then by what is left after the rigid spending.</summary>
    public static string Category(Home home, Policy policy)
    {
        var made = home.Made;
        var third = policy.Categories.Select(c => c.Code).FirstOrDefault(c => c is not ("UnstableLifted" or "MarginalAtRisk"));
        return made.Status == "脱贫" ? "UnstableLifted"
            : third is not null && (made.Net - made.SelfPaid) / made.Members.Count >= 6_000 ? third
            : "MarginalAtRisk";
    }

    private sealed record Help(string Type, string Unit, string Person, string? Department, decimal? Amount, string? Quantity);

    private static readonly Dictionary<string, Help[]> ByCause = new()
    {
        ["01"] =
        [
            new("M402", "县医保部门", "医疗救助经办", "medical_insurance", 4_200, "大病保险、医疗救助一站式结算"),
            new("M403", "镇卫生院", "签约家庭医生", null, null, "家庭医生签约，每月随访1次"),
        ],
        ["04"] = [new("M801", "镇民政办", "民政经办", null, 5_040, "纳入低保"), new("M103", "村集体经济组织", "村会计", null, 600, "集体资金入股分红")],
        ["07"] = [new("M203", "镇社保所", "就业专干", null, 3_000, "保洁公益性岗位6个月"), new("M202", "镇社保所", "就业专干", null, null, "介绍到镇扶贫车间")],
        ["08"] = [new("M601", "镇村镇建设管理办公室", "村建专干", null, 21_000, "危房改造")],
        ["water"] = [new("M701", "县水利部门", "供水专干", null, 2_600, "接入集中供水管网")],
    };

    private static readonly Help[] Earning =
    [
        new("M101", "镇农业服务中心", "产业专干", null, 1_200, "脱温鸡苗60只"), new("M105", "镇农业服务中心", "产业专干", null, null, "柑橘管护技术到户"),
        new("M204", "镇社保所", "就业专干", null, 800, "家政技能培训15天"),
    ];

    /// <summary>The place of a measure among those of a household: first what answers its causes, then what earns, then the rest.</summary>
    public static int Rank(string type) => Order.IndexOf(type) is >= 0 and var place ? place : Order.Count;

    private static readonly List<string> Order = [.. ByCause.Values.SelectMany(h => h).Concat(Earning).Select(h => h.Type)];

    /// <summary>Measures for every cause, one that helps to earn where somebody can work, and a volunteer's visit.</summary>
    public static List<PlannedMeasure> Measures(Home home, IReadOnlyList<CauseFound> causes, DateOnly from, DateOnly to)
    {
        var helps = causes.SelectMany(c => ByCause[c.Code == "08" && !home.Made.SafeWater ? "water" : c.Code].Select(h => (Cause: c.Code, Help: h)))
            .Append((causes[0].Code, new("M901", "村志愿服务队", "志愿服务队长", null, null, "每月志愿走访1次")));
        if (home.Made.Able)
            helps = helps.Append((causes[0].Code, Earning[home.Seed % Earning.Length]));
        return [.. helps.Select(h => new PlannedMeasure(null, h.Cause, h.Help.Type, h.Help.Unit, h.Help.Person, h.Help.Department, h.Help.Amount, h.Help.Quantity, from, to))];
    }
}
