using Shouwang.Kernel;

namespace Shouwang.Tests.Kernel;

public class CitizenIdTests
{
    [Theory]
    [InlineData("11010519491231002X", true)]
    [InlineData("500241197506121132", true)]
    [InlineData("500236198802291244", true)]
    [InlineData("420625201209010429", true)]
    [InlineData("430525194310050226", true)]
    [InlineData("500241197506121130", false)]
    [InlineData("500236198702291247", true)]
    [InlineData("50024119750612113", false)]
    public void The_check_character_decides(string id, bool valid) => Assert.Equal(valid, CitizenId.HasValidCheck(id));

    [Fact]
    public void A_day_that_does_not_exist_is_no_birth_date()
    {
        Assert.Null(CitizenId.BirthDate("500236198702291247"));
        Assert.Equal(new DateOnly(1988, 2, 29), CitizenId.BirthDate("500236198802291244"));
    }

    [Fact]
    public void A_synthetic_id_is_valid_and_impossible_for_a_real_person()
    {
        var id = CitizenId.Synthetic(new(1978, 3, 15), 7, Sex.Female);
        Assert.True(CitizenId.HasValidCheck(id));
        Assert.Equal(Sex.Female, CitizenId.SexOf(id));
        Assert.StartsWith("99", id, StringComparison.Ordinal);
    }

    [Fact]
    public void A_masked_number_shows_the_first_six_and_the_last_four() =>
        Assert.Equal("500241********1132", CitizenId.Mask("500241197506121132"));
}
