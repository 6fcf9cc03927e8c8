using Shouwang.Kernel;

namespace Shouwang.Tests.Kernel;

public sealed class AreaCodeTests
{
    [Theory]
    [InlineData("500231111000", "500231111", AreaLevel.Township)]
    [InlineData("500231000000", "500231", AreaLevel.County)]
    [InlineData("500000", "50", AreaLevel.Province)]
    [InlineData("500200", "5002", AreaLevel.Prefecture)]
    [InlineData("420600000000", "4206", AreaLevel.Prefecture)]
    [InlineData("500231", "500231", AreaLevel.County)]
    [InlineData("500110", "500110", AreaLevel.County)]
    [InlineData("500231100", "500231100", AreaLevel.Township)]
    [InlineData("", "", AreaLevel.Nation)]
    public void A_code_is_read_with_its_padding_or_without(string text, string digits, AreaLevel level)
    {
        Assert.True(AreaCode.TryParse(text, out var area));
        Assert.Equal((digits, level), (area.Digits, area.Level));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("50023")]
    [InlineData("5002311")]
    [InlineData("50 000")]
    [InlineData("５００２３１")]
    [InlineData(null)]
    public void What_is_no_code_is_refused(string? text) => Assert.False(AreaCode.TryParse(text, out _));

    [Theory]
    [InlineData("500231111201", "500231")]
    [InlineData("500231", "500231")]
    [InlineData("5002", "5002")]
    [InlineData("50", "50")]
    public void Rows_are_kept_under_the_county_or_under_what_lies_above_it(string area, string key) => Assert.Equal(key, new AreaCode(area).CountyKey);
}
