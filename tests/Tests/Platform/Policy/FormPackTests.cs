using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Platform.Policy;

/// <summary>Forms of visits are data: read from packs, checked to the character, and a county adds its own.</summary>
public sealed class FormPackTests
{
    private const string County = """
        pack: {id: dianjiang, title: {zh: 垫江, en: Dianjiang}, area: "500231", from: 2020-01-01}
        visit_forms:
          - code: cellar
            title: {zh: 地窖, en: cellars}
            note: {zh: 秋收前。, en: Before the harvest.}
            windows: [{from: 2020-08-01, to: 2020-09-30}]
            source: assumed
        codes:
          cellar_state: {zh: 地窖, en: cellar, items: [{code: dry, zh: 干燥, en: dry}, {code: wet, zh: 潮湿, en: damp}]}
        forms:
          - code: cellar_part
            form: cellar
            title: {zh: 地窖, en: cellar}
            visible: registry.size > 0
            fields:
              - {name: cellar.state, zh: 地窖情况, en: state of the cellar, type: code, codes: cellar_state, required: true}
              - {name: cellar.mu, zh: 种薯面积, en: potatoes, type: decimal, unit: Mu, visible: 'has(cellar.state) && cellar.state == "dry"',
                 valid: {when: cellar.mu <= household.land, zh: 超过耕地。, en: More than the farmland.}}
        """;

    private static PolicyLoad Load(string county)
    {
        using var folder = new PackFolder();
        folder.Write("dianjiang/pack.yaml", county);
        return PolicyBook.Load(folder.Root, Packs.Features);
    }

    [Fact]
    public void A_county_adds_a_form_of_its_own_without_code()
    {
        var policy = Load(County).Require().For(Packs.Dianjiang, Packs.June2020);
        var form = policy.VisitForms.Single(f => f.Code == "cellar");
        Assert.Equal((new DateOnly(2020, 8, 1), new DateOnly(2020, 9, 30)), (form.Windows[0].From, form.Windows[0].To));
        var fields = policy.FormSections.Single(s => s.Code == "cellar_part").Fields;
        Assert.Equal("cellar.mu <= household.land", fields[1].Valid!.When);
        Assert.Equal("超过耕地。", fields[1].Valid!.Message.Zh);
        // The nation's stay, and another county has none of it.
        Assert.Contains(policy.VisitForms, f => f.Code == "five_visits");
        Assert.DoesNotContain(Load(County).Require().For(Packs.Gucheng, Packs.June2020).VisitForms, f => f.Code == "cellar");
    }

    [Fact]
    public void A_county_does_without_a_form_of_the_nation()
    {
        var policy = Load("""
            pack: {id: dianjiang, title: {zh: 垫江, en: Dianjiang}, area: "500231", from: 2020-01-01}
            visit_forms: [{code: five_visits, off: true}]
            """).Require().For(Packs.Dianjiang, Packs.June2020);
        Assert.Equal(["six_subjects"], policy.VisitForms.Select(f => f.Code));
    }

    /// <summary>A text of the county's pack, what to put in its place, what the problem points at, and words of it.</summary>
    public static TheoryData<string, string, string, string> Faults => new()
    {
        { "visible: registry.size > 0", "visible: registry.sise > 0", "registry.sise", "registry.size" },
        { "visible: registry.size > 0", "visible: registry.size", "registry.size", "true or false" },
        { "visible: registry.size > 0", "visible: member.age > 15", "member.age", "no feature" },
        { "cellar.mu <= household.land", "cellar.mu <= registry.size", "cellar.mu", "mu" },
        { "cellar.mu <= household.land", "household.land > 1", "household.land", "does not look at the answer" },
        { "cellar.mu <= household.land", "cellar.mu <= household.hid", "household.hid", "no feature" },
        { "cellar.state == \"dry\"", "cellar.state == \"dri\"", "\"dri\"", "has no code 'dri'" },
        { "cellar.state == \"dry\"", "cellar.state == ", " '", "" },
        { "form: cellar\n", "form: celler\n", "celler", "no form 'celler'" },
        { "codes: cellar_state,", "codes: cellar_states,", "cellar_states", "no code list 'cellar_states'" },
        { "name: cellar.state", "name: cellar_state", "{name", "neither an attribute" },
        { "name: cellar.state,", "name: household.grad,", "household.grad", "no attribute 'household.grad'" },
        { "name: cellar.state, zh: 地窖情况, en: state of the cellar, type: code, codes: cellar_state", "name: household.grade, zh: 等级, en: grade, type: text", "{name", "Write type: code" },
        { "name: cellar.state, zh: 地窖情况, en: state of the cellar, type: code, codes: cellar_state", "name: member.name, zh: 姓名, en: name, type: name", "{name", "per_member" },
        { "name: cellar.state, zh: 地窖情况, en: state of the cellar, type: code, codes: cellar_state", "name: household.account, zh: 账号, en: account, type: text", "{name", "do not leave for phones" },
        { "type: code, codes: cellar_state, required", "type: code, required", "{name", "needs a code list" },
        { "zh: 超过耕地。, en", "en", "{when", "'zh' is missing" },
        { "to: 2020-09-30", "to: 2020-07-30", "to", "before the first" },
        { "source: assumed", "sauce: assumed", "sauce", "not known here" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void Every_fault_of_a_form_is_named_with_its_place_and_a_remedy(string text, string by, string at, string words)
    {
        Assert.Contains(text, County);
        var broken = County.Replace(text, by, StringComparison.Ordinal);
        var load = Load(broken);
        Assert.Null(load.Book);
        var problem = load.Problems.FirstOrDefault(p => (p.What.En + " " + p.Remedy.En).Contains(words, StringComparison.Ordinal));
        Assert.True(problem is not null, string.Join('\n', load.Problems));
        Assert.Equal("dianjiang/pack.yaml", problem.File);
        Assert.StartsWith(at, broken.Split('\n')[problem.Line - 1][(problem.Column - 1)..], StringComparison.Ordinal);
        Assert.All((string[])[problem.What.Zh, problem.What.En, problem.Remedy.Zh, problem.Remedy.En], t => Assert.NotEqual("", t.Trim()));
    }

    [Fact]
    public void Forms_that_stand_alone_are_read_like_a_pack_and_hold_nothing_else()
    {
        var yaml = County[(County.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        var read = Packs.Book.ReadForms(Packs.Dianjiang, Packs.June2020, yaml, "cellar.yaml", Packs.Features);
        Assert.Empty(read.Problems);
        var policy = Packs.Book.For(Packs.Dianjiang, Packs.June2020).WithForms(read.Forms!);
        Assert.Contains(policy.VisitForms, f => f.Code == "cellar");
        Assert.True(policy.CodeLists.ContainsKey("cellar_state") && policy.CodeLists.ContainsKey("house_grade"));

        var problem = Assert.Single(Packs.Book.ReadForms(Packs.Dianjiang, Packs.June2020, yaml + "\nlines: []", "cellar.yaml", Packs.Features).Problems);
        Assert.Equal(("cellar.yaml", "lines"), (problem.File, problem.Key));
        Assert.NotEmpty(Packs.Book.ReadForms(Packs.Dianjiang, Packs.June2020, "forms: [", "cellar.yaml", Packs.Features).Problems);
        Assert.NotEmpty(Packs.Book.ReadForms(Packs.Dianjiang, Packs.June2020, yaml.Replace("registry.size", "registry.sise", StringComparison.Ordinal), "cellar.yaml", Packs.Features).Problems);
    }

    [Fact]
    public void A_later_form_takes_the_place_of_the_one_with_its_code()
    {
        var policy = Packs.Book.For(Packs.Dianjiang, Packs.June2020);
        var read = Packs.Book.ReadForms(Packs.Dianjiang, Packs.June2020, """
            visit_forms: [{code: six_subjects, off: true}]
            forms:
              - code: five_work
                form: five_visits
                title: {zh: 就业, en: work}
                fields: [{name: five_visits.work_help, zh: 帮了什么, en: help, type: text}]
            """, "x", Packs.Features);
        var changed = policy.WithForms(read.Forms!);
        Assert.Equal(["five_visits"], changed.VisitForms.Select(f => f.Code));
        Assert.Equal(policy.FormSections.Select(s => s.Code), changed.FormSections.Select(s => s.Code));
        Assert.Single(changed.FormSections.Single(s => s.Code == "five_work").Fields);
    }
}
