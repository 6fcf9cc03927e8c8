using Shouwang.Kernel;
using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Platform.Policy;

/// <summary>A broken pack is refused with file, line, key and the way out.</summary>
public sealed class BrokenPackTests
{
    /// <summary>File of the national base, text in it, what to put in its place, and the key and words of the problem.</summary>
    public static TheoryData<string, string, string, string, string> Faults => new()
    {
        { "lines.yaml", "poverty: 4000", "poverty: 4,000元", "lines/2020-01-01/000元", "is not known here" },
        { "lines.yaml", "poverty: 4000", "poverty: viel", "lines/2020-01-01/poverty", "is not a number" },
        { "lines.yaml", "source: U32", "sauce: U32", "lines/2020-01-01/sauce", "is not known here" },
        { "lines.yaml", ", source: U32", "", "lines/2020-01-01/source", "No source" },
        { "lines.yaml", "source: U32", "source: X99", "lines/2020-01-01/source", "no citation 'X99'" },
        { "lines.yaml", "to: 2020-12-31", "to: 31.12.2020", "lines/2020-01-01/to", "not a date" },
        { "lines.yaml", "to: 2020-12-31", "to: 2019-12-31", "lines/2020-01-01/from", "ends before it begins" },
        { "lines.yaml", "poverty: 4000", "poverty: 4000, monitoring: 3000", "lines/2020-01-01/monitoring", "not below the poverty line" },
        { "pack.yaml", "area: nation", "area: Erde", "pack/area", "is not an area code" },
        { "pack.yaml", "id: national", "name: national", "pack/id", "'id' is missing" },
        { "pack.yaml", "from: 2014-01-01", "from: 2014-01-01\n  to: 2013-01-01", "pack/to", "before the first" },
        { "departments.yaml", "en: township}", "eng: township}", "departments/township/en", "'en' is missing" },
        { "departments.yaml", "code: village", "code: township", "departments/township", "is there twice" },
        { "clocks.yaml", "working_days: 15, source: [U01, U77]", "working_days: fifteen, source: [U01, U77]", "clocks/lead.identify/working_days", "not a whole number" },
        { "clocks.yaml", "working_days: 15, source: [U01, U77]", "source: [U01, U77]", "clocks/lead.identify/working_days", "exactly one unit" },
        { "calendar.yaml", "01-24..02-02", "24.1.", "calendar/2020/off", "neither a day nor a span" },
        { "measures.yaml", "{code: M201", "{code: M201x", "cause_measures/07/typical", "no measure 'M201'" },
        { "measures.yaml", "{code: posts,", "{code: jobs,", "measures/M203/family", "no family of measures 'posts'" },
        { "causes.yaml", "{code: \"07\"", "{code: \"17\"", "cause_measures/07/cause", "no cause '07'" },
        { "feeds/medical.yaml", "codes: settlement_kind", "codes: settlement_kinds", "feeds/medical/fields/kind/codes", "no code list 'settlement_kinds'" },
        { "feeds/medical.yaml", "codes: settlement_kind,", "", "feeds/medical/fields/kind", "needs a code list" },
        { "feeds/medical.yaml", "type: money, unit: Yuan, required: true, zh: 总费用", "type: cash, zh: 总费用", "feeds/medical/fields/total/type", "'cash' is not known here" },
        { "feeds/medical.yaml", "headings: [说明]", "headings: [个人自付]", "feeds/medical/fields/remark", "stands for" },
        { "feeds/medical.yaml", "signs: [settle_no", "signs: [settle_nr", "feeds/medical", "no column 'settle_nr'" },
        { "sources.yaml", "household.phone:", "household.fone:", "source_order/household.fone", "no attribute" },
        { "sources.yaml", "household.phone: [visit", "household.phone: [rumour", "source_order/household.phone", "no source of facts 'rumour'" },
        { "rules/income.yaml", "net_per_capita < line.monitoring\n", "net_per_kapita < line.monitoring\n", "rules/W01/when", "net_per_kapita" },
        { "rules/income.yaml", "income.net_per_capita < line.monitoring\n", "income.net_per_capita <\n", "rules/W01/when", "" },
        { "rules/income.yaml", "income.net_per_capita < line.monitoring\n", "income.net_per_capita < registry.size\n", "rules/W01/when", "" },
        { "rules/income.yaml", "department: county_office", "department: moon_office", "rules/W01/department", "no department 'moon_office'" },
        { "rules/income.yaml", "category: status\n", "category: statue\n", "rules/W01/category", "no suggestion 'statue'" },
        { "rules/income.yaml", "unit: Ratio, source: assumed", "unit: Percent, source: assumed", "rules/W01/parameters/urgent/unit", "is no unit" },
        { "rules/income.yaml", "when: income.net_per_capita < param.urgent * line.monitoring", "when: income.net_per_capita < line.monitoring", "rules/W01/parameters/urgent", "does not use" },
        { "rules/income.yaml", "below the monitoring line of {line.monitoring} ({src})", "below the monitoring line ({src})", "rules/W01/template", "different places: line.monitoring" },
        { "rules/income.yaml", "    state: live\n    source: [U01, U18]\n", "    source: [U01, U18]\n", "rules/W01/state", "lacks 'state'" },
        { "rules/income.yaml", "    state: live\n    source: [U01, U18]\n", "    state: alive\n    source: [U01, U18]\n", "rules/W01/state", "live, shadow" },
        { "rules/income.yaml", "      - {level: yellow}\n", "      - {level: yellow, when: \"true\"}\n", "rules/W01/levels", "the last has none" },
        { "guarantees.yaml", "when: education.guaranteed", "when: school.guaranteed", "guarantees/ST3/when", "school.guaranteed" },
        { "elimination.yaml", "builtin: no_open_lead", "buildin: no_open_lead", "elimination/open_lead/buildin", "is not known here" },
        { "ledger.yaml", "department: water, working_days", "department: moon_office, working_days", "green_channels/water/department", "no department 'moon_office'" },
        { "ledger.yaml", "monthly_zero: true, grace_days: 10", "grace_days: 10", "issue_kinds/housing/grace_days", "belong to the monthly zero" },
        { "ledger.yaml", "others: [civil_affairs], working_days: 5", "others: [civil_affairs]", "green_channels/education/working_days", "exactly one unit" },
        { "ledger.yaml", "others: [agriculture]", "others: [moon_office]", "green_channels/work/others", "no department 'moon_office'" },
        { "ledger.yaml", "kind: housing, unit: department", "kind: castle, unit: department", "issue_rules/unsafe_house/kind", "no kind of problem 'castle'" },
        { "ledger.yaml", "checks: [W32, W34]", "checks: [W99]", "issue_rules/unsafe_house/checks", "no warning rule 'W99'" },
        { "ledger.yaml", "checks: [W32, W34], ", "", "issue_rules/unsafe_house/checks", "Say which warning rules" },
        { "ledger.yaml", "severe: true, after_days: 15", "severe: true, after_days: -1", "issue_rules/late_finding/after_days", "between 0 and 366" },
        { "ledger.yaml", "kind: data, unit: village, due_days: 15", "kind: data, unit: hamlet, due_days: 15", "issue_rules/late_finding/unit", "'hamlet' is not known here" },
        { "ledger.yaml", "waits_for: dispatch, ", "", "issue_rules/lead_not_dispatched/waits_for", "for what" },
        { "ledger.yaml", "unit: department, due_days: 30, source: [R1, assumed]}\n  - {code: water", "unit: department, severe: true, due_days: 30, source: [R1, assumed]}\n  - {code: water", "issue_rules/unsafe_house/severe", "Only data quality" },
        { "organisation.yaml", "parent: leading_group", "parent: leading_grupp", "group_kinds/headquarters/parent", "no kind of group 'leading_grupp'" },
        { "organisation.yaml", "level: village\n    posted", "level: hamlet\n    posted", "group_kinds/resident_team/level", "no level of a county" },
        { "organisation.yaml", "levels: [village, township], every", "levels: [hamlet], every", "meeting_kinds/evening_review/levels", "no level of a county" },
        { "organisation.yaml", "every: visit_day", "every: fortnight", "meeting_kinds/evening_review/every", "'fortnight' is not known here" },
        { "organisation.yaml", "days: [monday, friday]", "days: [monday, someday]", "duty_rules/field_day/days", "no day of the week" },
        { "organisation.yaml", "where: township, least: 1", "where: township", "duty_rules/leader_present/least", "either least" },
        { "organisation.yaml", "{code: staff, zh: 干部, en: staff}", "{code: leader, zh: 干部, en: staff}", "group_kinds/township_staff/roles", "each only once" },
        { "appraisal.yaml", "indicator: C01c\n        weight: 60", "indicator: M19t\n        weight: 60", "indicator_sets/departments_year/M19t", "counts what was done" },
        { "appraisal.yaml", "indicator: C01c\n        weight: 60", "indicator: C10r\n        weight: 60", "indicator_sets/departments_year/C10r", "about people at work" },
        { "appraisal.yaml", "indicator: C01c\n        weight: 60", "indicator: G08\n        weight: 60", "indicator_sets/departments_year/G08", "not counted by department" },
        { "appraisal.yaml", "indicator: C01c\n        weight: 60", "indicator: C01c\n        weight: 61", "indicator_sets/departments_year/items", "they have to come to 100" },
        { "appraisal.yaml", "per: C01n\n        weight: 40", "weight: 40", "indicator_sets/departments_year/C03", "so many of so many cases" },
        { "appraisal.yaml", "weight: 40\n        direction: down", "weight: 40\n        direction: up", "indicator_sets/departments_year/items/C03/target", "below it where less is" },
        { "bulletins.yaml", "本月新识别{M08h}户", "本月新识别12户", "bulletins/monthly/sections/1/parts/2/sentences/1/en", "other places for figures" },
        { "bulletins.yaml", "{M01h:most}", "{M01h:best}", "bulletins/monthly/sections/1/parts/1/sentences/6/zh", "is not known" },
        { "bulletins.yaml", "{M09r:parts}", "{M09x:parts}", "bulletins/monthly/sections/1/parts/2/sentences/3", "no indicator 'M09x'" },
        { "bulletins.yaml", "when: \"M08h > 0\"", "when: \"M08h is large\"", "bulletins/monthly/sections/1/parts/2/sentences/1/when", "is no condition" },
        { "bulletins.yaml", "late: issues", "late: meetings", "bulletins/monthly/sections/5/parts/2/late", "is not known here" },
        { "campaigns.yaml", "scope: registry.registered || monitoring.active\n    campaign_days", "scope: registry.registred\n    campaign_days", "campaigns/hundred_days/scope", "registry.registred" },
        { "campaigns.yaml", "campaign_days: [monday, friday]", "campaign_days: [monday, freitag]", "campaigns/hundred_days/campaign_days", "no day of the week" },
        { "campaigns.yaml", "of: leader_group}", "of: leader_gruop}", "campaigns/hundred_days/groups/leader/of", "'leader_gruop'" },
        { "campaigns.yaml", "each_stage: 1", "each_stage: 99", "campaigns/hundred_days/groups/supervision/each_stage", "between 0 and 50" },
        { "campaigns.yaml", "kind: check, days: 8", "kind: field, days: 8", "campaigns/hundred_days/stages", "deploy, field, check" },
        { "campaigns.yaml", "en: steady income and work, from: income_and_work}\n      - {code: satisfied", "en: steady income and work, from: moon}\n      - {code: satisfied", "campaigns/hundred_days/checklist/income/from", "no question of a visit 'moon'" },
        { "campaigns.yaml", "of: housing.grade}\n      - {code: water, zh: 饮水安全结论, en: safe water, of: water.guaranteed}\n      - {code: helper", "of: housing.grad}\n      - {code: helper", "campaigns/hundred_days/household_table/house/of", "housing.grad" },
        { "campaigns.yaml", "sum: people.uninsured", "sum: people.uninsurd", "campaigns/hundred_days/county_table/uninsured/sum", "people.uninsurd" },
        { "campaigns.yaml", "least: 2, apart: monitoring.active}\n    # Departments", "least: 2, apart: 7}\n    # Departments", "campaigns/hundred_days/sampling/apart", "" },
        { "campaigns.yaml", "lines: [found, put_right, struck_off, open, overdue]", "lines: [found, put_rite]", "campaigns/hundred_days/sheets/problems/lines", "'put_rite' is not known" },
        { "campaigns.yaml", "signers: [[industry_dept], [county_office]]", "signers: [[industry_dept]]", "campaigns/hundred_days/sheets/departments/signers", "two signatures" },
        { "campaigns.yaml", "reports: [education,", "reports: [moon_office,", "campaigns/hundred_days/reports", "no department 'moon_office'" },
        { "rules/money.yaml", "rules:", "rulez:", "rulez", "is not known here" },
        { "rules/money.yaml", "rules:", "rules: [", "", "not valid YAML" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Every_fault_is_named_with_file_line_key_and_remedy(string file, string text, string by, string key, string words)
    {
        using var folder = new PackFolder();
        folder.Replace($"national/{file}", text, by);

        var load = PolicyBook.Load(folder.Root, Packs.Features);

        Assert.Null(load.Book);
        var problem = load.Problems.FirstOrDefault(p => p.Key.StartsWith(key, StringComparison.Ordinal)
            && (p.What.En + " " + p.Remedy.En).Contains(words, StringComparison.Ordinal));
        Assert.True(problem is not null, string.Join('\n', load.Problems));
        var place = File.ReadAllLines(Path.Combine(folder.Root, problem.File))[problem.Line - 1];
        var parts = by.Split('\n', ' ', ',', ':', '{', '}', '[', ']').Concat(problem.Key.Split('/')).Concat(words.Split('\'')).Where(w => w.Length > 1);
        // Where brackets are not closed, the parser notices only further down.
        Assert.Contains(key.Length == 0 ? [""] : parts, w => place.Contains(w, StringComparison.Ordinal));
        Assert.All(load.Problems, p => Assert.All((string[])[p.What.Zh, p.What.En, p.Remedy.Zh, p.Remedy.En], t => Assert.NotEqual("", t.Trim())));
    }

    [Fact]
    public void A_mistake_inside_a_condition_is_pointed_at_to_the_character()
    {
        using var folder = new PackFolder();
        folder.Replace("national/rules/housing-water.yaml", "when: water.seasonal_shortage", "when: water.saisonal_shortage");
        var problem = Assert.Single(PolicyBook.Load(folder.Root, Packs.Features).Problems);
        var line = File.ReadAllLines(Path.Combine(folder.Root, problem.File))[problem.Line - 1];
        Assert.StartsWith("water.saisonal_shortage", line[(problem.Column - 1)..], StringComparison.Ordinal);
        Assert.Contains("water.seasonal_shortage", problem.Remedy.En, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_of_all_files_are_named_at_once()
    {
        using var folder = new PackFolder();
        folder.Replace("national/lines.yaml", "source: U32", "sauce: U32");
        folder.Replace("national/clocks.yaml", "key: lead.accept", "kee: lead.accept");
        folder.Replace("national/feeds/water.yaml", "type: decimal, unit: Litres", "type: ltr, unit: Liter");
        var keys = PolicyBook.Load(folder.Root, Packs.Features).Problems.Select(p => p.Key).ToList();
        Assert.Contains("lines/2020-01-01/sauce", keys);
        Assert.Contains("lines/2020-01-01/source", keys);
        Assert.Contains(keys, k => k.EndsWith("/kee", StringComparison.Ordinal));
        Assert.Contains("feeds/water/fields/litres/type", keys);
        Assert.Contains("feeds/water/fields/litres/unit", keys);
    }

    [Fact]
    public void Two_packs_of_one_area_may_not_overlap_and_two_lines_neither()
    {
        using var folder = new PackFolder();
        folder.Write("a/pack.yaml", "pack: {id: a, title: {zh: 甲, en: a}, area: \"43\", from: 2021-01-01}\nlines:\n- {from: 2021-01-01, monitoring: 6000, source: assumed}\n- {from: 2022-01-01, monitoring: 6500, source: assumed}");
        folder.Write("b/pack.yaml", "pack: {id: b, title: {zh: 乙, en: b}, area: \"43\", from: 2022-01-01}");
        var problems = PolicyBook.Load(folder.Root, Packs.Features).Problems;
        Assert.Contains(problems, p => p is { File: "b/pack.yaml", Key: "pack/from" });
        Assert.Contains(problems, p => p is { File: "a/pack.yaml", Line: 4, Key: "lines/2022-01-01" });
    }

    [Fact]
    public void A_rule_of_a_county_that_no_area_above_has_must_be_complete()
    {
        using var folder = new PackFolder();
        folder.Write("c/pack.yaml", "pack: {id: c, title: {zh: 丙, en: c}, area: \"430525\", from: 2021-01-01}\nrules:\n- {id: W99, state: live}");
        var problems = PolicyBook.Load(folder.Root, Packs.Features).Problems;
        Assert.Equal(["category", "department", "level", "source", "template", "title", "ttl_days", "when"],
            problems.Select(p => p.Key.Split('/')[^1]).Order(StringComparer.Ordinal));
        Assert.All(problems, p => Assert.Equal(("c/pack.yaml", 3), (p.File, p.Line)));
    }

    [Fact]
    public void A_folder_without_packs_says_so()
    {
        using var folder = new PackFolder(national: false);
        Assert.Contains("no policy pack", Assert.Single(PolicyBook.Load(folder.Root).Problems).What.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_modules_features_the_form_of_a_condition_is_still_checked()
    {
        using var folder = new PackFolder();
        folder.Replace("national/guarantees.yaml", "when: water.quality_ok", "when: water.quality_ok &&");
        Assert.Equal("guarantees/ST7/when", Assert.Single(PolicyBook.Load(folder.Root).Problems).Key);
    }

    [Fact]
    public void A_problem_reads_as_one_line_in_either_language()
    {
        var problem = new PolicyProblem("national/lines.yaml", 3, 5, "lines", new("错。", "Wrong."), new("改。", "Mend it."));
        Assert.Equal("national/lines.yaml:3:5 lines: 错。 改。", problem.In(Language.Zh));
        Assert.Equal("national/lines.yaml:3:5 lines: Wrong. Mend it.", problem.In(Language.En));
    }
}
