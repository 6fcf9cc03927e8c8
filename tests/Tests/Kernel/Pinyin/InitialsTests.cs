using Shouwang.Kernel.Pinyin;

namespace Shouwang.Tests.Kernel.Pinyin;

public sealed class InitialsTests
{
    [Theory]
    [InlineData("周中勇", "zzy")]
    [InlineData("单小明", "sxm")]
    [InlineData("仇贵", "qg")]
    [InlineData("尉迟恭", "ycg")]
    [InlineData("万勇", "wy")]
    [InlineData("阿牛·木呷", "anmx")]
    [InlineData("武𬭎", "wh")]
    [InlineData("徐䶮", "xy")]
    [InlineData("谢明㛃", "xmj")]
    [InlineData("Ａ组3号 Li", "az3hli")]
    [InlineData("", "")]
    public void A_name_is_found_by_the_first_letters_of_its_reading(string name, string initials) =>
        Assert.Equal(initials, Initials.OfName(name));

    [Fact]
    public void A_character_that_is_a_surname_only_in_front_keeps_its_usual_reading_elsewhere()
    {
        Assert.Equal("dd", Initials.Of("单独"));
        Assert.Equal("wd", Initials.OfName("王单"));
    }

    [Fact]
    public void The_common_characters_all_have_a_reading()
    {
        var without = Enumerable.Range(0x4E00, 0x9FA5 - 0x4E00 + 1).Count(c => Initials.Of(((char)c).ToString()).Length != 1);
        Assert.True(without < 300, $"{without} of 20,902 have none");
    }
}
