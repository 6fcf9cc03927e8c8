namespace Shouwang.Server.Demo;

/// <summary>What goes wrong in a made-up county: what the warning rules and data checks are there to see.</summary>
internal static class SyntheticTroubles
{
    /// <summary>Lets at most one thing happen to the household.</summary>
    public static void Happen(SyntheticHousehold household, SyntheticCounty county, Random random)
    {
        var members = household.Members;
        switch (random.Next(1000))
        {
            case < 8:
                Poorer(household, random.Next(3_200, 5_900));
                break;
            case < 12:
                // A long stay in hospital, most of it paid by the family.
                var cost = random.Next(38_000, 110_000);
                county.Treat(household, members[random.Next(members.Count)], "市级医院", "住院", county.AsOf.AddDays(-random.Next(32, 150)), cost, 0.42m);
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
                if (members.Find(m => m.Labour is "普通劳动力") is { } borrower)
                    county.Loans.Add(new($"XD{county.AsOf.Year - 1}{county.Loans.Count + 1:0000}", borrower, household, 30_000, county.AsOf.AddMonths(-13), county.AsOf.AddDays(-random.Next(2, 40)), 30_000, random.Next(2, 40), "养殖"));
                break;
            case < 33:
                var disabled = members[random.Next(members.Count)];
                if (disabled.Student is null)
                {
                    (disabled.Health, disabled.DisabilityCategory, disabled.DisabilityLevel) = ("残疾", "肢体", "三级");
                    disabled.CertifiedOn = random.Next(3) == 0 ? county.AsOf.AddDays(-random.Next(1, 25)) : county.AsOf.AddYears(-random.Next(1, 8));
                }
                break;
            case < 35:
                members[random.Next(members.Count)].Insured = false;
                break;
            case < 40 when household.Registered:
                Watched(household, county, random);
                break;
            case < 44:
                Mistyped(members[random.Next(members.Count)], random);
                break;
            default:
                break;
        }
    }

    /// <summary>Lowers the income so that it comes to that much a head.</summary>
    private static void Poorer(SyntheticHousehold household, decimal perHead)
    {
        var factor = perHead * household.Members.Count / household.Net;
        foreach (var item in household.Income.Keys.ToList())
            household.Income[item] = Math.Round(household.Income[item] * factor);
    }

    /// <summary>Already on the monitoring list when the files arrive.</summary>
    private static void Watched(SyntheticHousehold household, SyntheticCounty county, Random random)
    {
        household.Monitoring = "脱贫监测户";
        household.Identified = $"{county.AsOf.AddMonths(-random.Next(7, 11)):yyyyMM}";
        household.Risk = household.Members.Exists(m => m.Health is not "健康") ? "因病" : "因务工就业不稳";
        Poorer(household, random.Next(4_600, 6_800));
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
