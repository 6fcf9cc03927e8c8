using Shouwang.Kernel;
using Shouwang.Kernel.Calendar;
using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Platform.Policy;

public sealed class PackTests
{
    private static readonly Shouwang.Platform.Policy.Policy Dianjiang = Packs.Book.For(Packs.Dianjiang, Packs.June2020);

    [Fact]
    public void The_packs_load_and_every_condition_compiles() =>
        Assert.Empty(PolicyBook.Load(PolicyFolder.Find(), Packs.Features).Problems);

    [Fact]
    public void Every_rule_of_the_catalogue_is_there_or_named_with_the_reason_why_not()
    {
        var left = File.ReadAllText(Path.Combine(PolicyFolder.Find(), "national", "rules", "README.md"));
        var named = Enumerable.Range(1, 68).Select(n => $"W{n:00}").Where(id => Dianjiang.Rule(id) is null).ToList();
        Assert.Equal(49, Dianjiang.Rules.Count);
        Assert.All(named.Except(["W42", "W43"]), id => Assert.Contains(id, left, StringComparison.Ordinal));
    }

    [Fact]
    public void The_rules_of_the_sample_key_are_all_there()
    {
        var key = Samples.Expected.RootElement.GetProperty("warnings").EnumerateObject().Select(w => w.Name);
        Assert.All(key, id => Assert.NotNull(Dianjiang.Rule(id)));
    }

    [Theory]
    [InlineData("W01", RuleState.Live)] // the assumed share only decides between yellow and red
    [InlineData("W03", RuleState.Shadow)]
    [InlineData("W06", RuleState.Shadow)]
    [InlineData("W14", RuleState.Live)]
    [InlineData("W47", RuleState.Shadow)]
    [InlineData("W54", RuleState.Live)]
    public void A_rule_whose_own_threshold_is_assumed_starts_in_shadow(string rule, RuleState state) =>
        Assert.Equal(state, Dianjiang.Rule(rule)!.State);

    [Fact]
    public void No_live_rule_fires_on_an_assumed_number() => Assert.All(
        Dianjiang.Rules.Where(r => r.State == RuleState.Live).SelectMany(r => r.Parameters.Values.Where(p => p.Assumed).Select(p => (Rule: r, Parameter: p))),
        x => Assert.DoesNotContain($"param.{x.Parameter.Name}", x.Rule.When, StringComparison.Ordinal));

    [Fact]
    public void Every_text_has_both_languages_and_the_Chinese_one_is_Chinese()
    {
        var texts = new List<Text>();
        foreach (var policy in new[] { Dianjiang, Packs.Book.For(Packs.Gucheng, new(2023, 6, 30)) })
        {
            texts.AddRange(policy.Rules.SelectMany(r => new[] { r.Title, r.Template, r.Source }.Concat(r.Parameters.Values.Select(p => p.Source))));
            texts.AddRange(policy.Categories.SelectMany(c => new[] { c.Name, c.Meaning, c.Source }));
            texts.AddRange(policy.Clocks.Values.SelectMany(c => new[] { c.Title, c.Source, c.Limit.Title }));
            texts.AddRange(policy.Causes.SelectMany(c => new[] { c.Title, c.Needs, c.Source }));
            texts.AddRange(policy.Measures.SelectMany(m => new[] { m.Title, m.Source }));
            texts.AddRange(policy.Guarantees.SelectMany(g => new[] { g.Title, g.Source }));
            texts.AddRange(policy.EliminationGuards.SelectMany(g => new[] { g.Missing, g.Source }));
            texts.AddRange(policy.FormSections.SelectMany(f => f.Fields.Select(x => x.Title).Append(f.Title)));
            texts.AddRange(policy.Feeds.SelectMany(f => f.Fields.Select(x => x.Title).Append(f.Title)));
            texts.AddRange(policy.Departments.Values.Select(d => d.Title).Concat(policy.MeasureFamilies.Select(f => f.Title)));
        }
        Assert.All(texts, t => Assert.Contains(t.Zh, c => c is >= '\u4e00' and <= '\u9fff'));
        Assert.All(texts, t => Assert.Contains(t.En, char.IsAsciiLetter));
    }

    [Fact]
    public void Each_cause_has_measures_and_each_typical_measure_is_of_an_accepted_family_or_answers_besides()
    {
        Assert.All(Dianjiang.Causes, c => Assert.NotEmpty(Dianjiang.CauseMeasures[c.Code].Families));
        Assert.All(Dianjiang.CauseMeasures.Values, m => Assert.Contains(
            m.Typical, t => m.Families.Contains(Dianjiang.Measures.Single(x => x.Code == t).Family)));
        Assert.All(Dianjiang.Measures.Where(m => m.Developmental), m => Assert.Contains(m.Family, (string[])["industry", "employment", "posts", "finance"]));
    }

    [Fact]
    public void The_ten_standards_and_the_guards_of_elimination_are_there()
    {
        Assert.Equal(Enumerable.Range(1, 10).Select(n => $"ST{n}"), Dianjiang.Guarantees.Select(g => g.Id));
        Assert.Equal(["measure_for_each_cause", "no_new_risk", "no_open_issue", "no_open_lead"],
            Dianjiang.EliminationGuards.Select(g => g.Builtin).OfType<string>().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_clock_of_identification_runs_fifteen_working_days()
    {
        Assert.Equal(new TimeLimit(15, TimeUnit.WorkingDays), Dianjiang.Limit("lead.identify"));
        Assert.Equal(new DateOnly(2020, 7, 21), Dianjiang.Due("lead.identify", Packs.June2020));
        Assert.True(Dianjiang.Clocks["notice.village"].Minimum);
        Assert.Throws<KeyNotFoundException>(() => Dianjiang.Due("lead.forget", Packs.June2020));
    }

    [Fact]
    public void An_attribute_may_have_its_own_order_of_sources_and_every_source_has_a_place_in_the_default()
    {
        Assert.Equal(["visit", "desk", "self_report", "register", "bank"], Dianjiang.SourceOrder.For("household.phone"));
        Assert.Equal(Dianjiang.SourceOrder.Default, Dianjiang.SourceOrder.For("household.land"));
        Assert.Equal(Dianjiang.SourceOrder.Sources.Select(s => s.Code).Order(), Dianjiang.SourceOrder.Default.Order());
    }
}
