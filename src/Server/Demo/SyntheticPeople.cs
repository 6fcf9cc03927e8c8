using Shouwang.Kernel;

namespace Shouwang.Server.Demo;

/// <summary>A made-up member of a made-up household. Nobody is meant; ids cannot belong to a real person.</summary>
internal sealed class SyntheticMember
{
    public required string Code { get; init; }
    public required string Name { get; set; }
    public required Sex Sex { get; init; }
    public required DateOnly Birth { get; init; }
    public required string Id { get; set; }
    public required string Relation { get; init; }
    public string? Phone { get; set; }
    public string? Education { get; set; }
    public string? Student { get; set; }
    public string? School { get; set; }
    public string Health { get; set; } = "健康";
    public string? DisabilityCategory { get; set; }
    public string? DisabilityLevel { get; set; }
    public DateOnly? CertifiedOn { get; set; }
    public string Labour { get; set; } = "普通劳动力";
    public string? WorkState { get; set; }
    public string? WorkPlace { get; set; }
    public int? WorkMonths { get; set; }
    public string? Post { get; set; }
    public bool Insured { get; set; } = true;
    public bool MajorInsured { get; set; } = true;
    public bool Dibao { get; set; }
    public bool Tekun { get; set; }

    public int AgeOn(DateOnly day) => day.Year - Birth.Year - (day.DayOfYear < Birth.DayOfYear ? 1 : 0);

    /// <summary>The number on the register: the certificate's for a disabled person, else the id.</summary>
    public string Number => DisabilityCategory is null ? Id : Id + CategoryDigit + LevelDigit;

    private int CategoryDigit => Array.IndexOf(["视力", "听力", "言语", "肢体", "智力", "精神", "多重"], DisabilityCategory) + 1;

    private int LevelDigit => Array.IndexOf(["一级", "二级", "三级", "四级"], DisabilityLevel) + 1;
}

/// <summary>A made-up household with all that the offices of its county know about it.</summary>
internal sealed class SyntheticHousehold
{
    public required string Code { get; init; }
    public required AreaCode Village { get; init; }
    public required string VillageName { get; init; }
    public required string Group { get; init; }
    public required List<SyntheticMember> Members { get; init; }
    public string Status { get; set; } = "一般农户";
    public int? LiftedYear { get; set; }
    public string? Cause { get; set; }
    public string? Monitoring { get; set; }
    public string? Identified { get; set; }
    public string? Risk { get; set; }
    public string? Helper { get; set; }
    public string HouseGrade { get; set; } = "B";
    public bool SafeWater { get; set; } = true;
    public decimal Land { get; set; }
    public decimal Forest { get; set; }

    /// <summary>Where the house stands: houses of a village within a kilometre, villages within half a degree. Worked out from the codes, not drawn.</summary>
    public (decimal Lat, decimal Lng) Place => (At(30.33m, 0), At(107.33m, 1));

    private decimal At(decimal middle, uint axis) => decimal.Round(middle + Spread(Village.Digits, axis, 0.25m) + Spread(Code, axis, 0.008m), 6);

    // FNV-1a: the same on every machine and in every run.
    private static decimal Spread(string text, uint axis, decimal most)
    {
        var hash = text.Aggregate(2166136261u + axis, (so, letter) => unchecked((so ^ letter) * 16777619u));
        return most * ((hash >> 8 & 0xFFFF) - 32768m) / 32768m;
    }

    /// <summary>Items of the income account by code, in yuan.</summary>
    public Dictionary<string, decimal> Income { get; } = [];

    public decimal Claim { get; set; }
    public decimal SelfPaid { get; set; }
    public decimal PreviousPerHead { get; set; }

    /// <summary>Something was made to happen to it, so nothing else is.</summary>
    public bool Troubled { get; set; }

    /// <summary>Somebody can work, so that help has to help to earn.</summary>
    public bool Able => Members.Exists(m => m.Labour is "普通劳动力" or "技能劳动力");

    public SyntheticMember Head => Members[0];
    public bool Registered => Status is not "一般农户";
    public decimal Net => Income.Where(i => i.Key[0] != 'E').Sum(i => i.Value) - Income.Where(i => i.Key[0] == 'E').Sum(i => i.Value);
}

/// <summary>A made-up settlement of the medical insurance.</summary>
internal sealed record SyntheticTreatment(SyntheticMember Member, SyntheticHousehold Household, string Hospital, string Kind, DateOnly On, decimal Total, decimal SelfPaid);

/// <summary>A made-up micro-loan.</summary>
internal sealed record SyntheticLoan(string Contract, SyntheticMember Borrower, SyntheticHousehold Household, decimal Amount, DateOnly From, DateOnly Due, decimal Balance, int OverdueDays, string Purpose);

/// <summary>Names put together at random from common characters.</summary>
internal static class SyntheticNames
{
    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
    private const string Men = "伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林柱树才国安永福贵成亮志";
    private const string Women = "芳娜敏静丽艳娟霞秀兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉桂英华慧巧美玉";

    public static string Surname(Random random) => Surnames[random.Next(Surnames.Length)].ToString();

    public static string Given(Random random, Sex sex)
    {
        var characters = sex == Sex.Male ? Men : Women;
        var first = characters[random.Next(characters.Length)].ToString();
        return random.Next(100) < 22 ? first : first + characters[random.Next(characters.Length)];
    }
}
