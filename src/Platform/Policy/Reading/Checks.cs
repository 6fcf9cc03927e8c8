using Shouwang.Kernel;
using Shouwang.Kernel.Rules;

namespace Shouwang.Platform.Policy.Reading;

/// <summary>What can only be told once all packs are read: whether they fit together.</summary>
internal static class Checks
{
    /// <summary>The special needs that a measure may answer besides the risk causes.</summary>
    private static readonly string[] SpecialNeeds = ["dropout", "unsafe_water", "uninsured", "able_bodied"];

    public static void Run(IReadOnlyList<Pack> packs, ISymbols? features, Findings findings)
    {
        var expressions = new Expressions(features, findings);
        SameId(packs, findings);
        OverlappingPacks(packs, findings);
        OverlappingLines(packs, findings);
        foreach (var pack in packs)
            foreach (var date in Boundaries(packs, pack))
            {
                var layers = Layers.Of(packs, pack.Title.Area, date);
                References(pack, layers, findings);
                expressions.Check(pack, layers);
            }
    }

    // What holds for a pack's area changes only where a pack of that area or one above begins or ends.
    private static IEnumerable<DateOnly> Boundaries(IReadOnlyList<Pack> packs, Pack of) => packs
        .Where(p => p.Title.Area.Contains(of.Title.Area))
        .SelectMany(p => (IEnumerable<DateOnly>)(p.Title.To is { } to && to < DateOnly.MaxValue ? [p.Title.From, to.AddDays(1)] : [p.Title.From]))
        .Append(of.Title.From).Where(of.HoldsOn).Distinct();

    private static void SameId(IReadOnlyList<Pack> packs, Findings findings)
    {
        foreach (var twice in packs.GroupBy(p => p.Title.Id).Where(g => g.Count() > 1))
            findings.Add(twice.Last().At, "pack/id", new($"两个政策包同名“{twice.Key}”。", $"Two packs are called '{twice.Key}'."),
                new("请改名。", "Rename one of them."));
    }

    private static void OverlappingPacks(IReadOnlyList<Pack> packs, Findings findings)
    {
        foreach (var same in packs.GroupBy(p => p.Title.Area))
        {
            var ordered = same.OrderBy(p => p.Title.From).ToList();
            for (var i = 1; i < ordered.Count; i++)
                if ((ordered[i - 1].Title.To ?? DateOnly.MaxValue) >= ordered[i].Title.From)
                    findings.Add(ordered[i].At, "pack/from",
                        new($"与“{ordered[i - 1].Title.Id}”同一地区且有效期重叠。", $"Overlaps '{ordered[i - 1].Title.Id}', a pack of the same area."),
                        new("请让前一个包在这一个生效的前一天终止。", "Let the earlier pack end the day before this one begins."));
        }
    }

    private static void OverlappingLines(IReadOnlyList<Pack> packs, Findings findings)
    {
        Func<LinePeriod, decimal?>[] kinds = [l => l.Poverty, l => l.Monitoring];
        foreach (var same in packs.GroupBy(p => p.Title.Area))
            foreach (var kind in kinds)
            {
                var lines = same.SelectMany(p => p.Lines).Where(l => kind(l.Value) is not null).OrderBy(l => l.Value.From).ToList();
                for (var i = 1; i < lines.Count; i++)
                    if ((lines[i - 1].Value.To ?? DateOnly.MaxValue) >= lines[i].Value.From)
                        findings.Add(lines[i].At, lines[i].Path,
                            new("与同一地区的另一条线时段重叠。", "Overlaps another line of the same area."),
                            new("请给前一条线写上终止日期 to。", "Give the earlier line a last day, to."));
            }
    }

    private static void References(Pack pack, Layers layers, Findings findings)
    {
        var known = new Dictionary<Referred, HashSet<string>>
        {
            [Referred.Department] = Names(layers, p => p.Departments),
            [Referred.Category] = Names(layers, p => p.Categories),
            [Referred.Cause] = [.. Names(layers, p => p.Causes), .. SpecialNeeds],
            [Referred.Family] = Names(layers, p => p.Families),
            [Referred.Measure] = Names(layers, p => p.Measures),
            [Referred.CodeList] = Names(layers, p => p.Codes),
            [Referred.Source] = Names(layers, p => p.Sources),
            [Referred.Suggestion] = Names(layers, p => p.Suggestions),
            [Referred.Feed] = Names(layers, p => p.Feeds),
            [Referred.Attribute] = Attributes(layers),
            [Referred.Indicator] = [.. layers.Indicators().Select(i => i.Code)],
            [Referred.Dimension] = Names(layers, p => p.Dimensions),
            [Referred.Group] = Names(layers, p => p.GroupKinds),
            [Referred.IssueKind] = Names(layers, p => p.IssueKinds),
            [Referred.IssueSource] = Names(layers, p => p.IssueSources),
            [Referred.WarningRule] = Names(layers, p => p.Rules),
            [Referred.Question] = [.. layers.Sections.SelectMany(s => s.Fields).Where(f => !f.OfRegister).Select(f => f.Name)],
            [Referred.Form] = [FormSection.Visit, FormSection.File, .. Names(layers, p => p.VisitForms)],
        };
        foreach (var reference in pack.References)
            if (!known[reference.To].Contains(reference.Word))
                findings.Add(reference.At, reference.Path, new($"没有{Title(reference.To).Zh}“{reference.Word}”。",
                    $"There is no {Title(reference.To).En} '{reference.Word}'."), Remedy(reference.Word, known[reference.To]));
        Rules(pack, layers, findings);
        Feeds(pack, layers, findings);
        FormChecks.Run(pack, layers, findings);
        AppraisalChecks.Run(pack, layers, findings);
    }

    /// <summary>Looks at one pack of forms that comes on top of others.</summary>
    public static void Forms(Pack pack, Layers layers, ISymbols? features, Findings findings)
    {
        References(pack, layers, findings);
        new Expressions(features, findings).Check(pack, layers);
    }

    private static HashSet<string> Names<T>(Layers layers, Func<Pack, Shelf<T>> shelf) =>
        [.. layers.Packs.SelectMany(p => shelf(p).All.Select(e => e.Key))];

    private static HashSet<string> Attributes(Layers layers) =>
        [.. layers.Feeds.SelectMany(f => f.Fields.Select(x => $"{(f.Kind switch { "households" => "household", "members" => "member", var k => k })}.{x.Name}"))];

    private static Text Title(Referred to) => to switch
    {
        Referred.Department => new("部门", "department"),
        Referred.Category => new("监测类别", "monitoring category"),
        Referred.Cause => new("风险原因", "cause"),
        Referred.Family => new("措施类别", "family of measures"),
        Referred.Measure => new("措施", "measure"),
        Referred.CodeList => new("代码表", "code list"),
        Referred.Source => new("数据来源", "source of facts"),
        Referred.Suggestion => new("类别建议方案", "suggestion"),
        Referred.Attribute => new("属性", "attribute"),
        Referred.Indicator => new("指标", "indicator"),
        Referred.Dimension => new("分类", "dimension"),
        Referred.Feed => new("数据文件种类", "kind of feed"),
        Referred.Form => new("表单", "form"),
        Referred.Group => new("机构种类", "kind of group"),
        Referred.Question => new("走访问题", "question of a visit"),
        Referred.IssueKind => new("问题类别", "kind of problem"),
        Referred.IssueSource => new("问题来源", "source of problems"),
        Referred.WarningRule => new("预警规则", "warning rule"),
    };

    /// <summary>Names the nearest known words, or the first few.</summary>
    internal static Text Remedy(string word, IEnumerable<string> known)
    {
        var near = known.OrderBy(k => Distance(word, k)).ThenBy(k => k, StringComparer.Ordinal).Take(5).ToList();
        return new($"最接近的有：{string.Join("、", near)}。", $"The nearest known: {string.Join(", ", near)}.");
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (row[j], corner) = (Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), corner + (a[i - 1] == b[j - 1] ? 0 : 1)), row[j]);
        }
        return row[^1];
    }

    private static void Rules(Pack pack, Layers layers, Findings findings)
    {
        foreach (var (rule, parts) in layers.Rules())
        {
            if (pack.Rules.Find(rule.Id) is null)
                continue;
            var missing = new List<string>();
            if (rule.Title.Zh is null) missing.Add("title");
            if (rule.When.Length == 0) missing.Add("when");
            if (rule.Levels.Count == 0) missing.Add("level");
            if (parts.LastOf(d => d.Suggestion) is null) missing.Add("category");
            if (rule.Department.Length == 0) missing.Add("department");
            if (rule.Template.Zh is null) missing.Add("template");
            if (parts.Last(d => d.TtlDays) is null) missing.Add("ttl_days");
            if (parts.Last(d => d.State) is null) missing.Add("state");
            if (rule.Source.Zh is null) missing.Add("source");
            foreach (var key in missing)
                findings.Add(parts.Nearest.At, $"{parts.Nearest.Path}/{key}", new($"规则缺少“{key}”。", $"The rule lacks '{key}'."),
                    new($"请补上“{key}”；只改参数时，上级政策包里要有同一编号的规则。",
                        $"Add '{key}'. To change a parameter only, a pack of an area above has to hold the rule of this id."));
        }
    }

    private static void Feeds(Pack pack, Layers layers, Findings findings)
    {
        var feeds = layers.Feeds.ToDictionary(f => f.Kind);
        foreach (var (kind, entry) in pack.Feeds.All)
        {
            var feed = feeds[kind];
            if (feed.Title.Zh is null || feed.Department.Length == 0)
                findings.Add(entry.At, entry.Path, new("数据文件缺少 title 或 department。", "The feed lacks title or department."),
                    new("请补上；只加列名时，上级政策包里要有同一种类。", "Add them. To add headings only, a pack of an area above has to hold the feed."));
            foreach (var field in entry.Value.Fields)
                Field(feed.Field(field.Name)!, field, findings);
            SameHeading(feed, entry, findings);
            foreach (var name in entry.Value.Keys.Concat(entry.Value.Signs).Where(n => feed.Field(n) is null))
                findings.Add(entry.At, entry.Path, new($"没有列“{name}”。", $"There is no column '{name}'."),
                    Remedy(name, feed.Fields.Select(f => f.Name)));
        }
    }

    // Two columns of one feed may share a heading only if both say under which group it is meant.
    private static void SameHeading(FeedDefinition feed, Located<FeedDraft> entry, Findings findings)
    {
        var claims = feed.Fields.SelectMany(f => f.Headings.Select(h => (Heading: Spelling.Heading(h), Field: f)).DistinctBy(h => h.Heading));
        foreach (var same in claims.GroupBy(c => c.Heading).Where(g => g.Count(c => c.Field.Groups.Count == 0) > 1))
        {
            var names = string.Join(", ", same.Select(c => c.Field.Name));
            var at = entry.Value.Fields.LastOrDefault(f => same.Any(c => c.Field.Name == f.Name));
            findings.Add(at?.At ?? entry.At, at?.Path ?? entry.Path,
                new($"列名“{same.Key}”同时指向 {names}。", $"The heading '{same.Key}' stands for {names} alike."),
                new("请从其中一列删去，或用 groups 写明上级表头。", "Take it from one of them, or give the heading above it under groups."));
        }
    }

    private static void Field(FeedField field, FieldDraft draft, Findings findings)
    {
        if (field.Title.Zh is null)
            findings.Add(draft.At, draft.Path, new("列没有名称。", "The column has no title."), new("请写 zh 和 en。", "Give zh and en."));
        if ((field.Type is FieldType.Code or FieldType.Codes) != (field.CodeList is not null))
            findings.Add(draft.At, draft.Path, new("代码列与代码表不配套。", "A coded column needs a code list, and only such a column has one."),
                new("请写 type: code 和 codes: 表名。", "Write type: code and codes: the list's name."));
    }
}
