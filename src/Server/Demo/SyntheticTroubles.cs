namespace Shouwang.Server.Demo;

/// <summary>What goes wrong in a made-up county: what the warning rules and data checks are there to see.</summary>
internal static class SyntheticTroubles
{
    /// <summary>Lets at most one thing happen to the household.</summary>
    public static void Happen(SyntheticHousehold household, SyntheticCounty county, Random random)
    {
        var members = household.Members;
        var chance = random.Next(1000);
        household.Troubled = chance < 44;
        switch (chance)
        {
            case < 8:
                Poorer(household, random.Next(3_200, 5_900));
                break;
            case < 12:
                Hospital(household, county, random, county.AsOf.AddDays(-random.Next(32, 150)));
                break;
            case < 15:
                household.HouseGrade = random.Next(2) == 0 ? "C" : "D";
                break;
            case < 18:
                household.SafeWater = false;
                break;
            case < 24 when household.Registered:
                if (members.Find(m => m.WorkMonths is not null) is { } worker)
                    county.Troubles[worker] = "unemployed";
                break;
            case < 26:
                if (members.Find(m => m.Student is "小学" or "七年级" or "八年级") is { } pupil)
                    county.Troubles[pupil] = "out-of-school";
                break;
            case < 29 when household.Registered:
                Overdue(household, county, random);
                break;
            case < 33:
                var disabled = members[random.Next(members.Count)];
                if (disabled.Student is null)
                {
                    (disabled.Health, disabled.DisabilityCategory, disabled.DisabilityLevel) = ("残疾", "肢体", "三级");
                    var day = county.DayOf(household.Village);
                    disabled.CertifiedOn = random.Next(3) == 0 ? day.AddDays(-random.Next(1, 15)) : day.AddYears(-random.Next(1, 8));
                }
                break;
            case < 35:
                members[random.Next(members.Count)].Insured = false;
                break;
            case < 40 when household.Registered:
                Watched(household, county, random, random.Next(4_600, 6_800));
                break;
            case < 44:
                Mistyped(members[random.Next(members.Count)], random);
                break;
            default:
                break;
        }
    }

    /// <summary>A long stay in hospital, much of it paid by the family.</summary>
    public static void Hospital(SyntheticHousehold household, SyntheticCounty county, Random random, DateOnly on)
    {
        var patient = household.Members.Find(m => m.Student is null && m.Health is not "健康") ?? household.Members[random.Next(household.Members.Count)];
        (patient.Health, household.Troubled) = ("患有大病", true);
        county.Treat(household, patient, "市级医院", "住院", on, random.Next(38_000, 110_000), 0.42m);
    }

    /// <summary>A micro-loan that was not paid back in time.</summary>
    public static void Overdue(SyntheticHousehold household, SyntheticCounty county, Random random)
    {
        if (household.Members.Find(m => m.Labour is "普通劳动力") is not { } borrower)
            return;
        var (day, late) = (county.DayOf(household.Village), random.Next(31, 60));
        county.Loans.Add(new($"XD{day.Year - 1}{county.Loans.Count + 1:0000}", borrower, household, 30_000, day.AddDays(-late).AddYears(-1), day.AddDays(-late), 30_000, late, "养殖"));
    }

    /// <summary>Lowers the income so that it comes to that much a head.</summary>
    public static void Poorer(SyntheticHousehold household, decimal perHead)
    {
        var factor = perHead * household.Members.Count / household.Net;
        foreach (var item in household.Income.Keys.ToList())
            household.Income[item] = Math.Round(household.Income[item] * factor);
    }

    /// <summary>Already on the monitoring list when the files arrive.</summary>
    public static void Watched(SyntheticHousehold household, SyntheticCounty county, Random random, decimal perHead)
    {
        household.Monitoring = "脱贫监测户";
        // Lists of monitored households were first drawn up in November 2019.
        household.Identified = $"{county.DayOf(household.Village).AddMonths(-random.Next(6, 7)):yyyyMM}";
        household.Risk = household.Members.Exists(m => m.Health is not "健康") ? "因病" : "因务工就业不稳";
        Poorer(household, perHead);
    }

    /// <summary>The small mistakes every register has.</summary>
    private static void Mistyped(SyntheticMember member, Random random)
    {
        switch (random.Next(3))
        {
            case 0:
                var digit = (char)('0' + (member.Id[17] - '0' + 1 + 10) % 10);
                member.Id = member.Id[..17] + digit;
                break;
            case 1:
                member.Health = "";
                break;
            default:
                member.Phone = "1380000";
                break;
        }
    }
}
