using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using static Shouwang.Tests.Kernel.Rules.RuleSamples;

namespace Shouwang.Tests.Kernel.Rules;

/// <summary>Rules as the phone gets them.</summary>
public class RuleJsonTests
{
    /// <summary>So the file cannot say anything else than this program does; <c>web/rules</c> is tested with it.</summary>
    /// <remarks>After a change that is meant, run this test with <c>SHOUWANG_WRITE_VECTORS=1</c>: it writes the file anew.</remarks>
    [Fact]
    public void The_vectors_for_other_evaluators_are_what_the_rules_come_to()
    {
        if (Environment.GetEnvironmentVariable("SHOUWANG_WRITE_VECTORS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(RuleVectors.File())!);
            File.WriteAllText(RuleVectors.File(), RuleVectors.Text());
        }
        var (expected, written) = (RuleVectors.Text().Split('\n'), File.ReadAllText(RuleVectors.File()).Split('\n'));
        Assert.All(expected.Zip(written), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Equal(expected.Length, written.Length);
    }

    [Theory]
    [InlineData("income.net_per_capita < 1.5 * line.monitoring", """{"type":"bool","unit":"None","symbols":[["income.net_per_capita","decimal","YuanPerHead"],["line.monitoring","decimal","YuanPerHead"]],"tree":["< YuanPerHead",0,"* decimal","decimal","1.5",1]}""")]
    [InlineData("people.able / people.size", """{"type":"decimal","unit":"Ratio","symbols":[["people.able","int","Persons"],["people.size","int","Persons"]],"tree":["/ decimal",0,1]}""")]
    [InlineData("-score.a / 2", """{"type":"int","unit":"None","symbols":[["score.a","int","None"]],"tree":["/ int","neg int",0,"int","2"]}""")]
    [InlineData("min(score.a, 1.5, 2)", """{"type":"decimal","unit":"None","symbols":[["score.a","int","None"]],"tree":["min() decimal",3,0,"decimal","1.5","int","2"]}""")]
    [InlineData("!has(visit.last) || visit.last + months(6) < screening.date", """{"type":"bool","unit":"None","symbols":[["visit.last","date","None"],["screening.date","date","None"]],"tree":["||",2,"!","has",0,"<","+ date",0,"months()",1,"int","6",1]}""")]
    [InlineData("visit.last - date(\"2020-06-30\") > days(3)", """{"type":"bool","unit":"None","symbols":[["visit.last","date","None"]],"tree":["> Days","- days",0,"date","2020-06-30","days()",1,"int","3"]}""")]
    [InlineData("registry.status in [\"int 1\", \"\"] ? water.safe : true", """{"type":"bool","unit":"None","symbols":[["registry.status","text","None"],["water.safe","bool","None"]],"tree":["?","in",0,"[]",2,"text","int 1","text","",1,true]}""")]
    [InlineData("[score.a, score.b].all(x, x in [1, 2.5])", """{"type":"bool","unit":"None","symbols":[["score.a","int","None"],["score.b","int","None"]],"tree":["&&",2,"in",0,"[]",2,"int","1","decimal","2.5","in",1,"[]",2,"int","1","decimal","2.5"]}""")]
    [InlineData("water.safe ? score.a : 0.5", """{"type":"decimal","unit":"None","symbols":[["water.safe","bool","None"],["score.a","int","None"]],"tree":["? decimal",0,1,"decimal","0.5"]}""")]
    public void A_rule_is_written_in_Polish_notation_with_what_the_checker_found(string rule, string json) =>
        Assert.Equal(json, RuleJson.Of(Rule(rule)).ToJsonString(Relaxed));

    [Fact]
    public void Titles_and_words_are_written_where_a_rule_is_to_be_explained()
    {
        var json = RuleJson.WithWords(Rule("income.net_per_capita < line.monitoring * param.share"), s => s.Name == "param.share" ? RuleValue.Decimal(1.5m) : default);
        Assert.Equal("""["income.net_per_capita","decimal","YuanPerHead","人均纯收入","net income per head"]""", json["symbols"]![0]!.ToJsonString(Relaxed));
        Assert.Equal("""["人均纯收入",0," 低于 监测线",1," 的 1.5 倍"]""", json["zh"]!.ToJsonString(Relaxed));
        Assert.Equal("""["net income per head",0," is below 1.5 times the monitoring line",1,""]""", json["en"]!.ToJsonString(Relaxed));
    }

    [Fact]
    public void Pieces_with_the_values_between_them_are_the_plain_words() => Prop.ForAll(
        RuleGenerators.Values, RuleGenerators.Households, (tree, household) =>
        {
            var rule = RuleGenerators.Rule(tree);
            return Enum.GetValues<Language>().All(language => RuleWords.Of(rule.Root, language, household.Get) == string.Concat(RuleWords.Pieces(rule.Root, language).Select(
                p => p.Then is { } symbol && household.Get(symbol) is { IsKnown: true } value
                    ? p.Piece + (language == Language.Zh ? $"（{value.In(language, symbol.Unit)}）" : $" ({value.In(language, symbol.Unit)})")
                    : p.Piece)));
        }).QuickCheckThrowOnFailure();

    /// <summary>Readers of JSON stop at 64 levels, and a rule may have as many itself.</summary>
    [Fact]
    public void The_deepest_rule_is_shallow_JSON()
    {
        var json = RuleJson.Of(Rule(new string('!', 60) + "water.safe"));
        using var read = JsonDocument.Parse(json.ToJsonString(), new() { MaxDepth = 3 });
        Assert.Equal(61, read.RootElement.GetProperty("tree").GetArrayLength());
    }

    [Fact]
    public void Values_are_written_as_they_are_read()
    {
        RuleValue[] values = [RuleValue.Unknown, RuleValue.Bool(true), RuleValue.Int(long.MinValue), RuleValue.Decimal(0.50m), RuleValue.Text("村"),
            RuleValue.Date(new(2020, 6, 30)), RuleValue.Days(30), RuleValue.Months(-6), RuleValue.Texts("病", "灾")];
        Assert.Equal("""[null,true,"-9223372036854775808","0.5","村","2020-06-30","30d","-6m",["病","灾"]]""",
            new JsonArray([.. values.Select(RuleJson.Of)]).ToJsonString(Relaxed));
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
