namespace Shouwang.Tests.Journeys;

/// <summary>From the files of the offices to a household that needs no watching any more.</summary>
public sealed class HelpJourney(Chromium chromium)
{
    [Fact]
    public async Task A_household_is_found_verified_identified_helped_and_let_go() => Assert.NotEmpty((await chromium.Helped).Pages);

    [Fact]
    public async Task A_household_is_found_verified_identified_helped_and_let_go_on_postgres()
    {
        await using var journey = await Journey.Begin(chromium, "postgres");
        Assert.NotEmpty((await CountyAtWork.Tell(journey)).Pages);
    }
}
