using Shouwang.Kernel;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Tables;

namespace Shouwang.Server.Demo;

/// <summary>Writes the files that the offices of a made-up county would send, with the headings of the policy's feeds.</summary>
/// <remarks>They go through the real import afterwards; nothing of the demo is put into the database directly.</remarks>
/// <param name="day">The day the files stand for.</param>
/// <param name="series">Tells numbers of records apart from those of files sent at other times, from 1.</param>
internal sealed class DemoFiles(SyntheticCounty county, Policy policy, string folder, DateOnly day, int series)
{
    /// <summary>Writes every file about some households.</summary>
    /// <returns>The paths of those that have a row, in no particular order.</returns>
    public async Task<IReadOnlyList<string>> Write(IReadOnlyList<SyntheticHousehold> households, IEnumerable<SyntheticTreatment> treatments, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var people = households.SelectMany(h => h.Members.Select(m => (Household: h, Member: m))).ToList();
        var borrowers = households.ToHashSet();
        string?[] written =
        [
            await Sheet("households", households.Select(Household), cancel),
            await Sheet("members", people.Select(p => Member(p.Household, p.Member)), cancel),
            await Sheet("income", households.Select(Income), cancel),
            await Sheet("medical", treatments.Select(Treatment), cancel),
            await Sheet("education", people.Where(p => p.Member.School is not null && Trouble(p.Member) != "out-of-school").Select((p, i) => Pupil(p.Household, p.Member, i)), cancel),
            await Sheet("housing", households.Select(House), cancel),
            await Sheet("water", households.Select(Water), cancel),
            await Sheet("disability", people.Where(p => p.Member.DisabilityCategory is not null).Select(p => Certificate(p.Household, p.Member)), cancel),
            await Sheet("welfare", people.Where(p => p.Member.Dibao).Select(p => Allowance(p.Household, p.Member)), cancel),
            await Sheet("employment", people.Where(p => p.Member.WorkMonths is not null).Select(p => Work(p.Household, p.Member)), cancel),
            await Sheet("loans", county.Loans.Where(l => borrowers.Contains(l.Household)).Select(Loan), cancel),
        ];
        return [.. written.OfType<string>()];
    }

    /// <summary>Writes the medical settlements that came in since the last file.</summary>
    /// <returns>Its path, or null when none did.</returns>
    public Task<string?> WriteMedical(IEnumerable<SyntheticTreatment> treatments, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        return Sheet("medical", treatments.Select(Treatment), cancel);
    }

    private string? Trouble(SyntheticMember member) => county.Troubles.GetValueOrDefault(member);

    private Dictionary<string, object?> Household(SyntheticHousehold h) => new()
    {
        ["hid"] = h.Code, ["village"] = h.VillageName, ["area_code"] = h.Village.Digits, ["group"] = h.Group, ["head_name"] = h.Head.Name, ["head_id"] = h.Head.Id,
        ["family_size"] = (decimal)h.Members.Count, ["phone"] = h.Head.Phone is { Length: 11 } phone ? phone : county.NextPhone(), ["address"] = h.VillageName + h.Group,
        ["std"] = h.Registered ? "国家标准" : null, ["poverty_type"] = h.Registered ? h.Members.Exists(m => m.Dibao) ? "低保贫困户" : "一般贫困户" : null, ["status"] = h.Status,
        ["lifted_year"] = (decimal?)h.LiftedYear, ["house_type"] = h.Monitoring is not null ? "监测户" : h.Registered ? "脱贫户(继续享受政策)" : "一般农户", ["main_cause"] = h.Cause,
        ["mon_cat"] = h.Monitoring ?? "无", ["identified"] = h.Identified, ["risk1"] = h.Risk, ["dev_state"] = h.Monitoring is null ? null : "已实施",
        ["elim_state"] = h.Monitoring is null ? null : "未消除", ["helper"] = h.Helper, ["helper_phone"] = h.Helper is null ? null : county.NextPhone(),
        ["unsafe"] = h.HouseGrade is "C" or "D" ? "是" : "否", ["grade"] = h.HouseGrade, ["water_solved"] = h.SafeWater ? "是" : "否", ["relocated"] = "否",
        ["land"] = h.Land, ["forest"] = h.Forest, ["lat"] = h.Place.Lat, ["lng"] = h.Place.Lng, ["filled_on"] = day,
    };

    private static Dictionary<string, object?> Member(SyntheticHousehold h, SyntheticMember m) => new()
    {
        ["hid"] = h.Code, ["head_name"] = h.Head.Name, ["pid"] = m.Code, ["name"] = m.Name, ["gender"] = m.Sex == Sex.Male ? "男" : "女",
        ["cert_type"] = m.DisabilityCategory is null ? "居民身份证" : "残疾人证", ["cert_no"] = m.Number, ["birth"] = m.Birth, ["relation"] = m.Relation, ["ethnicity"] = "汉族",
        ["political"] = "群众", ["phone"] = m.Phone, ["education"] = m.Education, ["student"] = m.Student, ["health"] = m.Health, ["dis_cat"] = m.DisabilityCategory,
        ["dis_level"] = m.DisabilityLevel, ["labour"] = m.Labour, ["work_state"] = m.WorkState, ["work_place"] = m.WorkPlace, ["work_months"] = (decimal?)m.WorkMonths,
        ["post_type"] = m.Post, ["ins_res"] = m.Insured ? "是" : "否", ["ins_emp"] = "否", ["ins_major"] = m.Insured && m.MajorInsured ? "是" : "否", ["ins_supp"] = "否",
        ["pen_res"] = m.Student is null ? "是" : "否", ["pen_emp"] = "否", ["dibao"] = m.Dibao ? "是" : "否", ["tekun"] = m.Tekun ? "是" : "否", ["relocated"] = "否",
        ["soldier"] = "否", ["mandarin"] = "是", ["life"] = "正常",
    };

    private static Dictionary<string, object?> Income(SyntheticHousehold h)
    {
        var row = new Dictionary<string, object?> { ["village"] = h.VillageName, ["hid"] = h.Code, ["head_name"] = h.Head.Name, ["size"] = (decimal)h.Members.Count };
        foreach (var (item, amount) in h.Income)
            row[item] = amount;
        foreach (var group in new[] { "D5", "D6" })
            row[group] = h.Income.Where(i => i.Key.StartsWith(group, StringComparison.Ordinal)).Sum(i => i.Value);
        foreach (var total in "ABCDE")
            row[total.ToString()] = h.Income.Where(i => i.Key[0] == total).Sum(i => i.Value);
        var size = h.Members.Count;
        row["gross"] = h.Income.Where(i => i.Key[0] != 'E').Sum(i => i.Value);
        (row["net"], row["net_pc"]) = (h.Net, Math.Round(h.Net / size, 2, MidpointRounding.AwayFromZero));
        (row["claim"], row["oop"], row["ref"]) = (h.Claim, h.SelfPaid, h.Net + h.Claim - h.SelfPaid);
        (row["ref_pc"], row["prev_pc"]) = (Math.Round((h.Net + h.Claim - h.SelfPaid) / size, 2, MidpointRounding.AwayFromZero), h.PreviousPerHead);
        return row;
    }

    private Dictionary<string, object?> Treatment(SyntheticTreatment t, int number)
    {
        var paid = t.Total - t.SelfPaid;
        var basic = Math.Round(paid * 0.7m, 2);
        return new()
        {
            ["settle_no"] = $"YB{t.On:yyyyMM}{series:00}{number + 1:000000}", ["name"] = t.Member.Name, ["idno"] = t.Member.Id, ["village"] = t.Household.VillageName, ["hospital"] = t.Hospital,
            ["kind"] = t.Kind, ["date"] = t.On, ["total"] = t.Total, ["basic"] = basic, ["major"] = paid - basic, ["aid"] = 0m, ["supp"] = 0m, ["self"] = t.SelfPaid,
        };
    }

    private Dictionary<string, object?> Pupil(SyntheticHousehold h, SyntheticMember m, int number) => new()
    {
        ["reg_no"] = $"G{county.County.Digits}{series:00}{number + 1:000000}", ["name"] = m.Name, ["gender"] = m.Sex == Sex.Male ? "男" : "女", ["idno"] = m.Id, ["birth"] = m.Birth,
        ["village"] = h.VillageName, ["school"] = m.School, ["stage"] = m.Student, ["state"] = "在校", ["out_county"] = "否", ["absent"] = 0m, ["cost"] = 0m,
        ["aid_item"] = h.Registered ? "两免一补" : null, ["aid"] = h.Registered ? 1_000m : 0m,
    };

    private Dictionary<string, object?> House(SyntheticHousehold h, int number) => new()
    {
        ["village"] = h.VillageName, ["group"] = h.Group, ["head_name"] = h.Head.Name, ["idno"] = h.Head.Id, ["structure"] = "砖混", ["built"] = 2008m, ["area"] = 120m,
        ["grade"] = h.HouseGrade, ["appraised"] = day.AddDays(-40 - number % 700), ["lived"] = "是", ["plate"] = $"JD{county.County.Digits}{series:00}{number + 1:000000}",
    };

    private Dictionary<string, object?> Water(SyntheticHousehold h, int number) => new()
    {
        ["village"] = h.VillageName, ["hid"] = h.Code, ["head_name"] = h.Head.Name, ["supply"] = "集中供水", ["piped"] = h.SafeWater ? "是" : "否", ["litres"] = h.SafeWater ? 60m : 22m,
        ["short_area"] = "否", ["quality"] = "合格", ["tested"] = day.AddDays(-30 - number % 200), ["minutes"] = h.SafeWater ? 0m : 25m, ["horiz"] = h.SafeWater ? 0m : 900m,
        ["vert"] = 0m, ["days_short"] = h.SafeWater ? 3m : 40m, ["seasonal"] = h.SafeWater ? "否" : "是", ["surveyed"] = day.AddDays(-20),
    };

    private static Dictionary<string, object?> Certificate(SyntheticHousehold h, SyntheticMember m) => new()
    {
        ["name"] = m.Name, ["cert20"] = m.Number, ["category"] = m.DisabilityCategory, ["level"] = m.DisabilityLevel, ["issued"] = m.CertifiedOn, ["village"] = h.VillageName, ["state"] = "有效",
    };

    private Dictionary<string, object?> Allowance(SyntheticHousehold h, SyntheticMember m) => new()
    {
        ["name"] = m.Name, ["idno"] = m.Id, ["village"] = h.VillageName, ["kind"] = "低保", ["result"] = "批准", ["decided"] = day.AddMonths(-26), ["monthly"] = 420m,
    };

    private Dictionary<string, object?> Work(SyntheticHousehold h, SyntheticMember m)
    {
        var jobless = Trouble(m) == "unemployed";
        return new()
        {
            ["name"] = m.Name, ["idno"] = m.Id, ["village"] = h.VillageName, ["place"] = m.WorkPlace, ["months"] = jobless ? 1m : 5m, ["state"] = jobless ? "失业" : "就业",
            ["unemployed_since"] = jobless ? day.AddDays(-125) : null,
        };
    }

    private static Dictionary<string, object?> Loan(SyntheticLoan l) => new()
    {
        ["contract"] = l.Contract, ["bank"] = "农村商业银行", ["name"] = l.Borrower.Name, ["idno"] = l.Borrower.Id, ["village"] = l.Household.VillageName, ["amount"] = l.Amount, ["rate"] = 4.75m,
        ["start"] = l.From, ["due"] = l.Due, ["balance"] = l.Balance, ["overdue"] = (decimal)l.OverdueDays, ["purpose"] = l.Purpose,
    };

    private Task<string?> Sheet(string kind, IEnumerable<Dictionary<string, object?>> rows, CancellationToken cancel) => Sheet(kind, rows.ToList(), cancel);

    // An office that has nothing to say sends nothing.
    private async Task<string?> Sheet(string kind, List<Dictionary<string, object?>> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
            return null;
        var feed = policy.Feed(kind);
        var fields = feed.Fields.Where(f => rows.Exists(r => r.ContainsKey(f.Name))).ToList();
        var path = Path.Combine(folder, $"{feed.Title.Zh}_{day:yyyyMMdd}.xlsx");
        await using var stream = File.Create(path);
        await using var writer = new WorkbookWriter(stream);
        await writer.StartSheet(feed.Title.Zh, [.. fields.Select(f => new SheetColumn(f.Title.Zh))], cancel);
        foreach (var row in rows)
        {
            foreach (var field in fields)
                Cell(writer, row.GetValueOrDefault(field.Name));
            await writer.EndRow(cancel);
        }
        await writer.Finish(cancel);
        return path;
    }

    private static void Cell(WorkbookWriter writer, object? value)
    {
        switch (value)
        {
            case decimal number:
                writer.Number(number);
                break;
            case DateOnly day:
                writer.Date(day);
                break;
            case string text:
                writer.Text(text);
                break;
            default:
                writer.Empty();
                break;
        }
    }
}
