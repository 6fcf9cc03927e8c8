using Shouwang.Kernel;
using Shouwang.Modules.Insight.Bulletins;

namespace Shouwang.Tests.Modules.Insight.Bulletins;

/// <summary>A clerk may change every word of a paragraph and no number.</summary>
public class EditedTextTests
{
    private static readonly ContentParagraph Paragraph = new(
        new("截至{day}，全县有监测对象{M01h}户{M01p}人，{M01h:month}。请于5个工作日内报送。", "On {day} there were {M01h} households with {M01p} people, {M01h:month}. Report within 5 working days."),
        [
            new("{day}", new("2020年6月30日", "30 June 2020"), null), Field("{M01h}", "37"), Field("{M01p}", "112"),
            new("{M01h:month}", new("比2020年5月31日增加3户", "3 above 31 May 2020"), new("M01h", "500231", new(2020, 6, 30))),
        ], false);

    [Fact]
    public void It_is_shown_with_its_numbers_in_brackets_and_reads_back_as_it_was()
    {
        Assert.Equal("截至⟦2020年6月30日⟧，全县有监测对象⟦37⟧户⟦112⟧人，⟦比2020年5月31日增加3户⟧。请于5个工作日内报送。", EditedText.Shown(Paragraph, Language.Zh));
        foreach (var language in Enum.GetValues<Language>())
            Assert.Equal(Paragraph.Says.In(language), EditedText.Read(Paragraph, language, EditedText.Shown(Paragraph, language)).Value);
        Assert.Equal("截至2020年6月30日，全县有监测对象37户112人，比2020年5月31日增加3户。请于5个工作日内报送。", EditedText.Plain(Paragraph, Language.Zh));
    }

    [Theory]
    [InlineData("全县⟦37⟧户监测对象共⟦112⟧人。", "全县{M01h}户监测对象共{M01p}人。")]
    [InlineData("请各乡镇认真核对。", "请各乡镇认真核对。")]
    [InlineData("⟦37⟧户，仍是⟦37⟧户，请于5个工作日内报送。", "{M01h}户，仍是{M01h}户，请于5个工作日内报送。")]
    // Brackets that were lost with the right number are put back.
    [InlineData("截至⟦2020年6月30日⟧，37户⟦112⟧人，⟦比2020年5月31日增加3户⟧。", "截至{day}，{M01h}户{M01p}人，{M01h:month}。")]
    // A number that is no figure's may be written as long as no figure is missing.
    [InlineData("截至⟦2020年6月30日⟧⟦37⟧户⟦112⟧人，⟦比2020年5月31日增加3户⟧。请于10日前报送。", "截至{day}{M01h}户{M01p}人，{M01h:month}。请于10日前报送。")]
    [InlineData("{x}⟦37⟧", "｛x｝{M01h}")]
    public void Words_move_as_people_like(string typed, string says) => Assert.Equal(says, EditedText.Read(Paragraph, Language.Zh, typed).Value);

    [Theory]
    [InlineData("全县有监测对象⟦36⟧户⟦112⟧人。", "36")]
    [InlineData("全县有监测对象36户⟦112⟧人。", "36")]
    [InlineData("全县有监测对象⟦37户⟦112⟧人。", "")]
    [InlineData("全县有监测对象⟦⟧户。", "")]
    public void A_number_that_is_typed_over_is_refused_with_what_the_figures_say(string typed, string named)
    {
        var problem = Assert.Single(EditedText.Read(Paragraph, Language.Zh, typed).Problems);
        Assert.Equal("bulletins.number-typed", problem.Code);
        Assert.Contains($"“{named}", problem.What.Zh, StringComparison.Ordinal);
        Assert.Contains("37、112", problem.What.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_numbers_that_look_alike_are_told_apart()
    {
        var alike = new ContentParagraph(new("线索{M12o}户，识别{M13o}户。", "{M12o} and {M13o}."), [Field("{M12o}", "2"), Field("{M13o}", "2")], false);
        Assert.Equal("线索⟦2·M12o⟧户，识别⟦2·M13o⟧户。", EditedText.Shown(alike, Language.Zh));
        Assert.Equal("识别{M13o}户，线索{M12o}户。", EditedText.Read(alike, Language.Zh, "识别⟦2·M13o⟧户，线索⟦2·M12o⟧户。").Value);
        Assert.False(EditedText.Read(alike, Language.Zh, "识别⟦2⟧户。").Succeeded);
    }

    private static ContentField Field(string place, string shown) => new(place, new(shown, shown), new(place.Trim('{', '}'), "500231", new(2020, 6, 30)));
}
