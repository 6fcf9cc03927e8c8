using System.Globalization;
using Shouwang.Kernel;

namespace Shouwang.Server.Demo;

/// <summary>A county that does not exist, in the real townships and villages of one that does.</summary>
/// <remarks>
/// The same seed gives the same county. Shares are near those of the county reports of 2020: about one household in twelve was
/// poor once, a few in a thousand are watched, and in one of twenty-five something has gone wrong that the rules should see.
/// </remarks>
internal sealed class SyntheticCounty(AreaCode county, IReadOnlyList<(AreaCode Code, string Name)> villages, DateOnly asOf, int seed)
{
    private readonly Random _random = new(seed);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private int _phones;

    public AreaCode County => county;
    public DateOnly AsOf => asOf;

    /// <summary>First day of the twelve months that end with the month before <see cref="AsOf"/>.</summary>
    public DateOnly WindowFrom { get; } = new DateOnly(asOf.Year, asOf.Month, 1).AddMonths(-12);

    public List<SyntheticHousehold> Households { get; } = [];
    public List<SyntheticTreatment> Treatments { get; } = [];
    public List<SyntheticLoan> Loans { get; } = [];

    /// <summary>Pupils and members whose rows a file should lack or change, by what is wrong with them.</summary>
    public Dictionary<SyntheticMember, string> Troubles { get; } = [];

    /// <summary>Villages that began with the system weeks before the rest of the county.</summary>
    public IReadOnlyList<(AreaCode Code, string Name)> First { get; private set; } = [];

    /// <summary>The day the first villages' files stand for.</summary>
    public DateOnly FirstDay { get; private set; }

    /// <summary>Fills the county with that many households, evenly over its villages.</summary>
    public void Fill(int count) => Spread(villages, count);

    /// <summary>Fills the county with that many households, village by village; the villages that begin first get more than their share.</summary>
    /// <param name="first">The villages that begin first, where most of the demo's people work.</param>
    /// <param name="home">The one among them that has more households than the others.</param>
    public void Fill(int count, IReadOnlyList<(AreaCode Code, string Name)> first, AreaCode home, DateOnly firstDay)
    {
        (First, FirstDay) = (first, firstDay);
        var others = villages.Where(v => !first.Contains(v)).ToList();
        var begun = others.Count == 0 ? count
            : Math.Min(count, Math.Max((int)((long)count * first.Count / villages.Count), Math.Clamp(count / 5, MostOfSmall, ManyOfLarge)));
        Spread([.. first.SelectMany(v => Enumerable.Repeat(v, v.Code == home ? ShareOfHome : 1))], begun);
        Spread(others, count - begun);
    }

    // In a small demo nearly all households lie where there is something to see; in a large one a village has its natural size.
    private const int MostOfSmall = 180, ManyOfLarge = 800, ShareOfHome = 3;

    private void Spread(IReadOnlyList<(AreaCode Code, string Name)> places, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var village = places[(int)((long)i * places.Count / count)];
            var number = Households.Count > 0 && Households[^1].Village == village.Code ? int.Parse(Households[^1].Code[12..], CultureInfo.InvariantCulture) + 1 : 1;
            Add(village, number);
        }
    }

    /// <summary>Whether a household's village began first.</summary>
    public bool IsFirst(SyntheticHousehold household) => First.Any(v => v.Code == household.Village);

    /// <summary>The day a household's first files stand for.</summary>
    public DateOnly DayOf(AreaCode village) => First.Any(v => v.Code == village) ? FirstDay : asOf;

    /// <summary>
    /// The story of the fifth report: a man of 42 with uraemia who was lifted in 2015, a child at primary school, the allowance,
    /// a tenth of the treatment to pay himself, 80 citrus seedlings that bear next year, 50 ducklings just delivered.
    /// </summary>
    public SyntheticHousehold AddStory((AreaCode Code, string Name) village)
    {
        var number = Households.Where(h => h.Village == village.Code).Select(h => int.Parse(h.Code[12..], CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max() + 1;
        var household = Home(village, number, "7组");
        var surname = SyntheticNames.Surname(_random);
        var head = Person(household, surname, Sex.Male, new(asOf.Year - 42, 3, 12), "户主");
        (head.Health, head.Labour, head.Education, head.Dibao) = ("患有大病", "丧失劳动力", "初中", true);
        var child = Person(household, surname, Sex.Male, new(asOf.Year - 9, 9, 3), "之子");
        Pupil(child, "小学");
        (household.Status, household.LiftedYear, household.Cause) = ("脱贫", 2015, "因病");
        household.Income["D2"] = 5_040;
        household.Income["D6g"] = 1_000;
        household.Income["B2"] = 3_000;
        household.Income["C2"] = 900;
        household.Income["E2"] = 400;
        household.PreviousPerHead = 6_350;
        household.Helper = Name(Sex.Male);
        for (var month = 0; month < 12; month++)
        {
            var day = WindowFrom.AddMonths(month).AddDays(11);
            Treat(household, head, "县人民医院", "慢特病门诊", day, 5_200, 520);
        }
        Households.Add(household);
        return household;
    }

    private void Add((AreaCode Code, string Name) village, int number)
    {
        var household = Home(village, number, $"{_random.Next(1, 9)}组");
        Family(household);
        SetStatus(household);
        Earn(household);
        Illnesses(household);
        SyntheticTroubles.Happen(household, this, _random);
        Households.Add(household);
    }

    private SyntheticHousehold Home((AreaCode Code, string Name) village, int number, string group) => new()
    {
        Code = $"{village.Code.Digits}{number:000}", Village = village.Code, VillageName = village.Name, Group = group, Members = [],
        Land = Math.Round((decimal)_random.NextDouble() * 9 + 0.5m, 1), Forest = Math.Round((decimal)_random.NextDouble() * 12, 1),
        HouseGrade = _random.Next(3) == 0 ? "A" : "B",
    };

    private void Family(SyntheticHousehold household)
    {
        var surname = SyntheticNames.Surname(_random);
        var kind = _random.Next(100);
        if (kind < 9)
        {
            // Elderly people on their own; most still grow their vegetables.
            var age = _random.Next(66, 84);
            var old = Person(household, surname, _random.Next(2) == 0 ? Sex.Male : Sex.Female, Born(age), "户主");
            Elder(old);
            if (_random.Next(2) == 0)
                Elder(Person(household, SyntheticNames.Surname(_random), old.Sex == Sex.Male ? Sex.Female : Sex.Male, Born(age - _random.Next(0, 4)), "配偶"));
            return;
        }
        var headAge = _random.Next(30, 60);
        var head = Person(household, surname, _random.Next(100) < 82 ? Sex.Male : Sex.Female, Born(headAge), "户主");
        Adult(head);
        if (_random.Next(100) < 88)
            Adult(Person(household, SyntheticNames.Surname(_random), head.Sex == Sex.Male ? Sex.Female : Sex.Male, Born(headAge - _random.Next(-2, 5)), "配偶"));
        for (var i = _random.Next(100) switch { < 18 => 0, < 62 => 1, < 93 => 2, _ => 3 }; i > 0; i--)
        {
            var sex = _random.Next(2) == 0 ? Sex.Male : Sex.Female;
            var child = Person(household, surname, sex, Born(headAge - _random.Next(22, 30)), sex == Sex.Male ? "之子" : "之女");
            Child(household, child);
        }
        if (headAge < 55 && _random.Next(100) < 38)
            Elder(Person(household, surname, Sex.Female, Born(headAge + _random.Next(20, 28)), "之母"));
        if (headAge < 52 && _random.Next(100) < 24)
            Elder(Person(household, surname, Sex.Male, Born(headAge + _random.Next(22, 29)), "之父"));
    }

    private DateOnly Born(int age) => asOf.AddYears(-Math.Max(0, age)).AddDays(-_random.Next(1, 364));

    internal SyntheticMember Person(SyntheticHousehold household, string surname, Sex sex, DateOnly birth, string relation)
    {
        string id;
        do
            id = CitizenId.Synthetic(birth, _random.Next(500), sex);
        while (!_ids.Add(id));
        var member = new SyntheticMember
        {
            Code = $"{household.Code}{household.Members.Count + 1:00}", Name = surname + SyntheticNames.Given(_random, sex), Sex = sex, Birth = birth, Id = id,
            Relation = relation, Phone = relation == "户主" ? NextPhone() : null,
        };
        household.Members.Add(member);
        return member;
    }

    /// <summary>Phones of the form 1xx0000xxxx belong to nobody.</summary>
    internal string NextPhone() => $"1{30 + _phones / 10000 % 60:00}0000{_phones++ % 10000:0000}";

    internal string Name(Sex sex) => SyntheticNames.Surname(_random) + SyntheticNames.Given(_random, sex);

    private void Adult(SyntheticMember member)
    {
        member.Education = _random.Next(100) switch { < 28 => "小学", < 80 => "初中", < 94 => "高中", _ => "大专" };
        if (_random.Next(100) < 6)
            member.Health = "长期慢性病";
        if (member.AgeOn(asOf) >= 60)
        {
            Elder(member);
            return;
        }
        member.Labour = _random.Next(100) switch { < 78 => "普通劳动力", < 96 => "技能劳动力", _ => "弱劳动力或半劳动力" };
        if (member.Labour == "弱劳动力或半劳动力")
            member.Health = "长期慢性病";
        else if (_random.Next(100) < 46)
            Work(member);
    }

    private void Work(SyntheticMember member)
    {
        (member.WorkState, member.WorkPlace) = _random.Next(4) switch
        {
            0 => ("乡(镇)内", "本乡镇"),
            1 => ("乡外县内", "本县县城"),
            2 => ("县外省内", "重庆市渝北区"),
            _ => ("省外", "广东省东莞市"),
        };
        member.WorkMonths = _random.Next(7, 13);
        member.Phone ??= NextPhone();
    }

    private void Elder(SyntheticMember member)
    {
        member.Education ??= _random.Next(3) == 0 ? "小学" : "文盲或半文盲";
        member.Labour = _random.Next(100) < (member.AgeOn(asOf) < 76 ? 97 : 60) ? "弱劳动力或半劳动力" : "无劳动力";
        if (_random.Next(100) < 24)
            member.Health = "长期慢性病";
    }

    private void Child(SyntheticHousehold household, SyntheticMember member)
    {
        var age = member.AgeOn(asOf);
        // Two at once beyond compulsory school are a burden few families have.
        if (age >= 15 && household.Members.Exists(m => m.Student is { } stage && Beyond.Contains(stage)) && _random.Next(100) < 93)
        {
            if (age >= 16)
                Adult(member);
            else
                Pupil(member, "九年级");
            return;
        }
        switch (age)
        {
            case < 3:
                Pupil(member, "学龄前儿童");
                break;
            case < 6:
                Pupil(member, "学前教育");
                break;
            case < 12:
                Pupil(member, "小学");
                break;
            case < 15:
                Pupil(member, age == 12 ? "七年级" : age == 13 ? "八年级" : "九年级");
                break;
            case < 18:
                Pupil(member, _random.Next(3) == 0 ? "中职一年级" : "普通高中一年级");
                break;
            case < 22 when _random.Next(2) == 0:
                Pupil(member, "本科二年级");
                break;
            default:
                Adult(member);
                break;
        }
    }

    private static readonly string[] Beyond = ["中职一年级", "普通高中一年级", "本科二年级"];

    internal static void Pupil(SyntheticMember member, string stage)
    {
        (member.Student, member.Labour, member.Education) = (stage, "无劳动力", null);
        member.School = stage switch
        {
            "学龄前儿童" => null,
            "学前教育" => "镇中心幼儿园",
            "小学" => "镇中心小学",
            "七年级" or "八年级" or "九年级" => "镇初级中学",
            "中职一年级" => "县职业教育中心",
            "普通高中一年级" => "县第一中学",
            _ => "市内高校",
        };
    }

    private void SetStatus(SyntheticHousehold household)
    {
        var able = household.Members.Any(m => m.Labour is "普通劳动力" or "技能劳动力");
        if (_random.Next(1000) >= (able ? 70 : 230))
            return;
        household.Status = "脱贫";
        household.LiftedYear = _random.Next(2014, 2020);
        household.Cause = able ? new[] { "因病", "因学", "缺技术", "缺资金" }[_random.Next(4)] : "缺劳力";
        household.Helper = Name(_random.Next(2) == 0 ? Sex.Male : Sex.Female);
        if (!able)
            household.Members.ForEach(m => m.Dibao = true);
    }

    private void Earn(SyntheticHousehold household)
    {
        var size = household.Members.Count;
        foreach (var worker in household.Members.Where(m => m.WorkMonths is not null))
            Plus("A1", worker.WorkMonths!.Value * _random.Next(1_500, 3_400));
        Plus("B1", Math.Round(household.Land * _random.Next(700, 1_500)));
        Plus("B2", _random.Next(0, 9_000));
        Plus("E1", Math.Round(household.Income["B1"] * 0.25m));
        Plus("E2", Math.Round(household.Income["B2"] * 0.3m));
        Plus("D6b", Math.Round(household.Land * 95));
        Plus("D4", household.Members.Count(m => m.AgeOn(asOf) >= 60) * 1_560);
        Plus("D2", household.Members.Count(m => m.Dibao) * 5_040);
        if (_random.Next(6) == 0)
            Plus("C2", _random.Next(200, 1_500));
        // Children who live elsewhere keep the elderly; the rest comes from small business.
        var target = (household.Registered ? 8_200 : 9_400) + _random.Next(0, 9_000);
        if (household.Net / size < target)
            Plus(household.Members.TrueForAll(m => m.AgeOn(asOf) >= 60) ? "D6j" : "B4", Math.Round((target - household.Net / size) * size));
        household.PreviousPerHead = Math.Round(household.Net / size * (0.82m + (decimal)_random.NextDouble() * 0.14m), 2);

        void Plus(string item, decimal amount) => household.Income[item] = household.Income.GetValueOrDefault(item) + amount;
    }

    private void Illnesses(SyntheticHousehold household)
    {
        foreach (var member in household.Members.Where(m => m.Health == "长期慢性病"))
        {
            for (var i = _random.Next(1, 4); i > 0; i--)
                Treat(household, member, "镇中心卫生院", "慢特病门诊", Day(), _random.Next(200, 700), 0.12m);
        }
        if (_random.Next(100) < 9)
            Treat(household, household.Members[_random.Next(household.Members.Count)], "县人民医院", "住院", Day(), _random.Next(3_000, 11_000), 0.09m);
    }

    internal DateOnly Day() => WindowFrom.AddDays(_random.Next(0, 360));

    /// <param name="share">The part the family pays: a share below 1, or an amount in yuan.</param>
    internal void Treat(SyntheticHousehold household, SyntheticMember member, string hospital, string kind, DateOnly on, decimal total, decimal share)
    {
        var own = share < 1 ? Math.Round(total * share, 2) : share;
        Treatments.Add(new(member, household, hospital, kind, on, total, own));
        household.SelfPaid += own;
    }
}
