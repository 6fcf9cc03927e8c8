using Shouwang.Kernel;

namespace Shouwang.Modules.Screening;

/// <summary>What a report from people is about; a first guess from its words that anybody can correct.</summary>
internal static class ReportSubjects
{
    private static readonly (string Code, Text Title, string[] Words)[] Table =
    [
        ("complaint", new("投诉举报", "complaint"), ["不该", "举报", "投诉", "不公", "违规", "虚报", "冒领", "查一查"]),
        ("housing", new("住房", "housing"), ["房子", "房屋", "偏房", "屋顶", "墙", "漏雨", "漏", "危房", "垮", "不敢住", "裂缝"]),
        ("illness", new("疾病", "illness"), ["住院", "医院", "大病", "看病", "手术", "报销", "药费", "医药", "生病", "透析", "化疗", "残疾"]),
        ("schooling", new("就学", "schooling"), ["读书", "上学", "学费", "高中", "大学", "学校", "生活费", "辍学", "读高中", "娃儿读"]),
        ("water", new("饮水", "water"), ["水管", "挑水", "停水", "断水", "没水", "井里", "饮水", "自来水", "水质"]),
        ("disaster", new("灾害", "disaster"), ["涨水", "洪水", "冲了", "冲毁", "地质", "滑坡", "旱", "冰雹", "大风", "火灾", "受灾", "稻田"]),
        ("produce", new("农产品滞销", "unsold produce"), ["没卖", "卖不", "销路", "滞销", "脐橙", "烂了", "压价", "收购"]),
        ("employment", new("就业", "employment"), ["打工", "务工", "找到活", "活路", "失业", "没开工", "厂里", "找工作", "上班", "工资"]),
    ];

    public const string Other = "other";

    /// <summary>In the order in which families meet with them; the table above is in the order of guessing.</summary>
    public static IReadOnlyList<(string Code, Text Title)> All { get; } =
    [
        .. ((string[])["illness", "schooling", "employment", "housing", "water", "disaster", "produce", "complaint"]).Select(code => (code, Table.Single(t => t.Code == code).Title)),
        (Other, new("其他", "other")),
    ];

    /// <summary>The subject with most of its words in the text; the first in the table where two are equal.</summary>
    public static string Guess(string words)
    {
        var best = Table.Select(t => (t.Code, Count: t.Words.Count(w => words.Contains(w, StringComparison.Ordinal)))).MaxBy(t => t.Count);
        return best.Count == 0 ? Other : best.Code;
    }

    public static Text TitleOf(string code) => All.FirstOrDefault(s => s.Code == code).Title is { Zh: not null } title ? title : new("其他", "other");
}
