using Shouwang.Kernel;

namespace Shouwang.Platform.Policy.Reading;

// Groups and their roles, links of leaders, meetings and their rhythm, rules of duty.
internal sealed partial class PackReader
{
    private void Organisation(Section file)
    {
        foreach (var item in file.Items("group_kinds", "code"))
            Put(pack.GroupKinds, item, code => Unless(item, () => Group(item, code)));
        foreach (var item in file.Items("link_kinds", "code"))
            Put(pack.LinkKinds, item, code => Unless(item, () => new LinkKind(code, item.TextHere(), Level(item, "level"), Source(item).Text)));
        foreach (var item in file.Items("meeting_kinds", "code"))
            Put(pack.MeetingKinds, item, code => Unless(item, () => Meeting(item, code)));
        foreach (var item in file.Items("duty_rules", "code"))
            Put(pack.DutyRules, item, code => Unless(item, () => Duty(item, code)));
    }

    private GroupKind Group(Section item, string code)
    {
        Refer(Referred.Group, item, "parent");
        var roles = new List<GroupRole>();
        foreach (var role in item.Items("roles", "code"))
        {
            roles.Add(new(role.Word("code"), role.TextHere(), role.Flag("leads"), role.Whole("least", 0)));
            role.NothingElse();
        }
        if (roles.Count == 0 || roles.DistinctBy(r => r.Code).Count() < roles.Count)
            item.Wrong("roles", new("机构至少要有一种角色，且不能重复。", "A group has at least one role, and each only once."), new("请写 roles: [{code: member, zh: …, en: …}]。", "Write roles: [{code: member, zh: …, en: …}]."));
        var (source, assumed) = Source(item);
        return new(code, item.TextHere(), Level(item, "level"), item.WordOrNull("parent"), item.Flag("posted"), item.Flag("duty"), roles, source, assumed);
    }

    private MeetingKind Meeting(Section item, string code)
    {
        var levels = item.LocatedWords("levels").Select(w => LevelOf(w.Value) ?? NoLevel(item, "levels", w.Value)).ToList();
        if (levels.Count == 0)
            item.Wrong("levels", new("没有写在哪一级召开。", "It is not said at which level it is held."), new("请写 levels: [county, township, village] 中的一级或几级。", "Write levels: one or more of county, township, village."));
        var (source, assumed) = Source(item);
        return new(code, item.TextHere(), levels, item.Choice<MeetingRhythm>("every", MeetingRhythm.None), item.Flag("evening"), item.Flag("courtyard"), item.Flag("on_field_days"), item.WordOrNull("counts_as"), source, assumed);
    }

    private DutyRule Duty(Section item, string code)
    {
        var days = item.LocatedWords("days").Select(w => (Word: w, Day: Enum.TryParse<DayOfWeek>(w.Value, ignoreCase: true, out var day) && !char.IsDigit(w.Value[0]) ? day : (DayOfWeek?)null)).ToList();
        foreach (var (word, _) in days.Where(d => d.Day is null))
            findings.Add(word.At, word.Path, new($"“{word.Value}”不是星期几。", $"'{word.Value}' is no day of the week."), new("请写 monday、tuesday … sunday。", "Write monday, tuesday … sunday."));
        var (source, assumed) = Source(item);
        var rule = new DutyRule(code, item.TextHere(), item.Choice<DutyWho>("who"), item.Choice<DutyWhere>("where"), item.Whole("least", 0), item.Whole("least_percent", 0),
            days.Count == 0 ? Enum.GetValues<DayOfWeek>() : [.. days.Select(d => d.Day).OfType<DayOfWeek>()], item.Flag("only_workdays"), item.Flag("no_meetings"), source, assumed);
        if (rule.Least < 0 || rule.LeastPercent is < 0 or > 100 || rule.Least > 0 == rule.LeastPercent > 0)
            item.Wrong("least", new("值守规则要写且只写 least（人数）或 least_percent（1至100的百分比）。", "A rule of duty has either least, a number of people, or least_percent, 1 to 100."),
                new("请写 least: 1 或 least_percent: 50。", "Write least: 1 or least_percent: 50."));
        return rule;
    }

    private static AreaLevel Level(Section item, string key) => LevelOf(item.Word(key)) ?? NoLevel(item, key, item.WordOrNull(key) ?? "");

    private static AreaLevel? LevelOf(string word) => word switch
    {
        "county" => AreaLevel.County,
        "township" => AreaLevel.Township,
        "village" => AreaLevel.Village,
        _ => null,
    };

    private static AreaLevel NoLevel(Section item, string key, string word)
    {
        // What is missing altogether has been said already.
        if (word.Length > 0)
            item.Wrong(key, new($"“{word}”不是县内的一级。", $"'{word}' is no level of a county."), new("可用：county、township、village。", "Use one of: county, township, village."));
        return AreaLevel.County;
    }
}
