using Shouwang.Platform.Security;

namespace Shouwang.Platform.Policy.Reading;

// Templates of drives: stages, scope, teams, checklist, tables, sampling, sheets.
internal sealed partial class PackReader
{
    private void Campaigns(Section file)
    {
        foreach (var item in file.Items("campaigns", "code"))
            Put(pack.Campaigns, item, code => Unless(item, () => Campaign(item, code)));
    }

    private CampaignDraft Campaign(Section item, string code)
    {
        var draft = new List<CampaignExpression>();
        Refer(Referred.Department, item, "reports");
        var (source, assumed) = Source(item);
        var template = new CampaignTemplate(
            code, item.Text("title"), item.Text("note"), Keep(draft, When(item, "scope"), true), Weekdays(item), [.. item.Items("stages", "code").Select(Stage)],
            [.. item.Items("teams", "code").Select(Team)], [.. item.Items("checklist", "code").Select(c => Check(c, draft))],
            [.. item.Items("household_table", "code").Select(c => Known(c, draft))], [.. item.Items("village_table", "code").Select(c => Column(c, draft, false))],
            [.. item.Items("county_table", "code").Select(c => Column(c, draft, true))], Sampling(item, draft), item.Words("reports"),
            [.. item.Items("sheets", "code").Select(Sheet)], source, assumed) { Groups = [.. item.Items("groups", "code").Select(DriveGroup)] };
        if (!template.Stages.Select(s => s.Kind).SequenceEqual(template.Stages.Select(s => s.Kind).Order()) || Enum.GetValues<StageKind>().Except(template.Stages.Select(s => s.Kind)).Any())
            item.Wrong("stages", new("阶段应依次为部署、实施、抽查，三种都要有。", "Stages come as deploy, field, check, and each kind is there."), new("请补齐或调整顺序。", "Add what is missing, or put them in order."));
        if (template.Teams.Count == 0)
            item.Wrong("teams", new("没有写工作组。", "No kind of team is given."), new("请写 teams: [{code: …, duty: …}]。", "Give teams: [{code: …, duty: …}]."));
        foreach (var twice in Codes(template).GroupBy(c => c).Where(g => g.Count() > 1).Select(g => g.Key))
            item.Wrong(twice.List, new($"编号“{twice.Code}”重复。", $"The code '{twice.Code}' is there twice."), new("请改名。", "Rename one of them."));
        return new(template, draft);
    }

    private static IEnumerable<(string List, string Code)> Codes(CampaignTemplate t) =>
        t.Stages.Select(s => ("stages", s.Code)).Concat(t.Teams.Select(s => ("teams", s.Code))).Concat(t.Groups.Select(s => ("groups", s.Code))).Concat(t.Checklist.Select(s => ("checklist", s.Code)))
            .Concat(t.HouseholdTable.Select(s => ("household_table", s.Code))).Concat(t.VillageTable.Select(s => ("village_table", s.Code)))
            .Concat(t.CountyTable.Select(s => ("county_table", s.Code))).Concat(t.Sheets.Select(s => ("sheets", s.Code)));

    private static string? Keep(List<CampaignExpression> kept, Expression? expression, bool isCondition)
    {
        if (expression is not null)
            kept.Add(new(expression, isCondition));
        return expression?.Text;
    }

    private static List<DayOfWeek> Weekdays(Section item)
    {
        var days = new List<DayOfWeek>();
        foreach (var word in item.Words("campaign_days"))
        {
            if (Enum.TryParse<DayOfWeek>(word, true, out var day) && !char.IsDigit(word[0]))
                days.Add(day);
            else
                item.Wrong("campaign_days", new($"“{word}”不是星期。", $"'{word}' is no day of the week."), new("请写 monday、friday 等。", "Write monday, friday and so on."));
        }
        return days;
    }

    private static StageTerm Stage(Section item)
    {
        var stage = new StageTerm(item.Word("code"), item.TextHere(), item.Choice<StageKind>("kind"), item.Whole("days"));
        item.NothingElse();
        if (stage.Days is < 1 or > 400)
            item.Wrong("days", new("天数应在1至400之间。", "A stage has between 1 and 400 days."), new("请更正。", "Correct it."));
        return stage;
    }

    private static TeamKind Team(Section item)
    {
        var team = new TeamKind(item.Word("code"), item.TextHere(), item.Choice<TeamDuty>("duty"));
        item.NothingElse();
        return team;
    }

    private DriveGroupKind DriveGroup(Section item)
    {
        Refer(Referred.Group, item, "of");
        var group = new DriveGroupKind(item.Word("code"), item.TextHere(), item.Word("of"), item.Whole("each_stage", 0));
        item.NothingElse();
        if (group.EachStage is < 0 or > 50)
            item.Wrong("each_stage", new("每个阶段督导次数应在0至50之间。", "A township is visited between 0 and 50 times a stage."), new("请更正。", "Correct it."));
        return group;
    }

    private ChecklistItem Check(Section item, List<CampaignExpression> draft)
    {
        var check = new ChecklistItem(item.Word("code"), item.TextHere(), item.WordOrNull("from"), item.Words("problem"), Keep(draft, When(item, "when"), true));
        item.NothingElse();
        if (check.From is null == check.When is null)
            item.Wrong("from", new("要写 from（走访怎么答）或 when（条件）之一。", "Exactly one of from, what of a visit answers it, and when, a condition, is needed."), new("例如 from: housing。", "For example from: housing."));
        if (check.From is { } from && !CampaignTemplate.VisitAnswers.Contains(from))
            Refer(Referred.Question, item, "from");
        return check;
    }

    private static TableColumn Known(Section item, List<CampaignExpression> draft)
    {
        var column = new TableColumn(item.Word("code"), item.TextHere(), Keep(draft, item.Has("of") ? When(item, "of") : null, false) ?? item.Word("of"), Keep(draft, When(item, "when"), true), null, null, false, 0, null);
        item.NothingElse();
        if (column.Of?.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_') == false)
            item.Wrong("of", new($"“{column.Of}”不是指标名。", $"'{column.Of}' is no name of a feature."), new("of 只写一个指标名，如 housing.grade；条件写在 when。", "of is one name, such as housing.grade; conditions belong under when."));
        return column;
    }

    private TableColumn Column(Section item, List<CampaignExpression> draft, bool ofDepartments)
    {
        if (ofDepartments)
            Refer(Referred.Department, item, "department");
        var column = new TableColumn(item.Word("code"), item.TextHere(), null, Keep(draft, When(item, "when"), true), Keep(draft, When(item, "sum"), false), item.TextOrNull("unit"), item.Flag("flag"),
            item.NumberOrNull("least") ?? 0, ofDepartments ? item.Word("department") : null);
        item.NothingElse();
        if (column.IsEntered && !column.IsFlag && column.Unit is null)
            item.Wrong("unit", new("填报的数要写单位 unit，是否类要写 flag: true；由农户汇总的写 when 或 sum。", "A number that is entered has a unit, a yes or no has flag: true; what is counted has when or sum."),
                new("请补上其中一项。", "Add one of them."));
        return column;
    }

    private static SamplingPlan Sampling(Section item, List<CampaignExpression> draft)
    {
        if (item.Part("sampling") is not { } part)
        {
            item.Wrong("sampling", new("没有写抽查方案。", "No sampling plan is given."), new("请写 sampling: {percent: 5, least: 2}。", "Give sampling: {percent: 5, least: 2}."));
            return new(5, 2, null);
        }
        var plan = new SamplingPlan(part.NumberOrNull("percent") ?? 0, part.Whole("least", 0), Keep(draft, When(part, "apart"), true));
        part.NothingElse();
        if (plan.Percent is < 0 or > 100 || plan.Least < 0 || plan is { Percent: 0, Least: 0 })
            part.Wrong("percent", new("抽查比例应在0至100之间，且至少抽一户。", "The share lies between 0 and 100, and at least one household is drawn."), new("请更正 percent 或 least。", "Correct percent or least."));
        return plan;
    }

    private static SheetTerm Sheet(Section item)
    {
        var (code, title, level) = (item.Word("code"), item.Text("title"), item.Choice<SheetLevel>("level"));
        var lines = Choices<SheetLine>(item, "lines", item.Words("lines"));
        var signers = item.WordLists("signers").Select(s => (IReadOnlyList<Role>)Choices<Role>(item, "signers", s)).ToList();
        item.NothingElse();
        if (lines.Count == 0)
            item.Wrong("lines", new("责任清单没有内容。", "The sheet has no lines."), new("请写 lines。", "Give its lines."));
        if (signers.Count < 2)
            item.Wrong("signers", new("签字背书至少两方：编制人不能一人签完。", "A sheet needs two signatures or more: whoever prepared it cannot be the only one."), new("如 signers: [[township_clerk], [township_leader]]。", "Such as signers: [[township_clerk], [township_leader]]."));
        return new(code, title, level, lines, signers);
    }

    private static List<T> Choices<T>(Section item, string key, IEnumerable<string> words) where T : struct, Enum
    {
        var found = new List<T>();
        foreach (var word in words)
        {
            if (Enum.TryParse<T>(word.Replace("_", "", StringComparison.Ordinal), true, out var choice) && !char.IsDigit(word[0]))
                found.Add(choice);
            else
                item.Wrong(key, new($"不认识“{word}”。", $"'{word}' is not known here."), Checks.Remedy(word, Enum.GetNames<T>().Select(Section.SnakeCase)));
        }
        return found;
    }
}
