using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Shouwang.Tests.Modules.Field.FieldWorld;

namespace Shouwang.Tests.Modules.Field;

/// <summary>What a second investigator signs is the visit that was made, and nothing else.</summary>
public sealed class SigningTests
{
    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_verification_of_one_shows_on_the_phones_of_the_others_until_somebody_has_signed(string kind)
    {
        await using var world = await Open(kind);
        var (mine, theirs) = (await world.Phone(), await world.Phone("team"));
        var picture = await mine.Upload(RandomNumberGenerator.GetBytes(2500));
        var (household, _) = await world.Household();
        await world.Household();
        var (visit, record) = Alone(mine, household, picture);
        await mine.HandIn(record);
        await world.Apply();

        Assert.Empty(Waiting(await mine.Bundle()));
        var bundle = await theirs.Bundle();
        var asked = Assert.Single(Waiting(bundle));
        Assert.Equal((visit, "2020-06-01", "Verification", "村干部"), (asked["visit"]!.GetValue<Guid>(), Said(asked, "on"), Said(asked, "purpose"), Said(asked, "by")));
        Assert.Equal(HashOf(record), Said(asked, "hash"));

        await theirs.HandIn(Signed(theirs, visit, household, Said(asked, "hash")));
        // Once signed it is asked for no more, applied or not.
        var after = await theirs.Bundle(bundle["cursor"]!.GetValue<string>());
        Assert.Equal([household], after["households"]!.AsArray().Select(h => h!["id"]!.GetValue<Guid>()));
        Assert.Empty(Waiting(after));
        await world.Apply();
        Assert.Equal("applied", Said(await mine.Receipt(visit), "state"));
    }

    [Theory]
    [InlineData(true, true), InlineData(false, true), InlineData(true, false), InlineData(false, false)]
    public async Task A_signature_under_something_else_does_not_count(bool signatureFirst, bool whole)
    {
        await using var world = await Open("sqlite");
        var (mine, theirs) = (await world.Phone(), await world.Phone("team"));
        var (household, _) = await world.Household();
        var (visit, record) = Alone(mine, household, await mine.Upload(RandomNumberGenerator.GetBytes(2500)));
        var other = new string(HashOf(record)[0] == '0' ? '1' : '0', 64)[..(whole ? 64 : 5)];
        var (wrong, right) = (Signed(theirs, visit, household, other), Signed(theirs, visit, household, HashOf(record)[..(whole ? 64 : 5)]));
        if (signatureFirst)
            await theirs.HandIn(wrong);
        await mine.HandIn(record);
        await world.Apply();
        if (!signatureFirst)
            await theirs.HandIn(wrong);
        await world.Apply();
        Assert.Equal(0, await world.Count("visits"));

        await theirs.HandIn(right);
        await world.Apply();
        Assert.Equal("applied", Said(await mine.Receipt(visit), "state"));
        Assert.Equal("held", Said(await theirs.Receipt(IdOf(wrong)), "state"));
    }

    private static (Guid Visit, object Envelope) Alone(Phone phone, Guid household, string picture)
    {
        var visit = Guid.CreateVersion7();
        return (visit, phone.Seal("visit", visit, Verification(visit, household, picture, new { user = phone.User, name = "村干部", unit = "金钱村" })));
    }

    private static object Signed(Phone phone, Guid visit, Guid household, string hash)
    {
        var id = Guid.CreateVersion7();
        return phone.Seal("signature", id, new { id, visit, household, user = phone.User, name = "队员", unit = "驻村工作队", signedAt = "2020-06-01T01:00:00Z", hash });
    }

    private static List<JsonNode> Waiting(JsonNode bundle) => [.. bundle["households"]!.AsArray().SelectMany(h => h!["sign"]?.AsArray() ?? []).Select(s => s!)];

    private static string Said(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static string HashOf(object envelope) => JsonSerializer.SerializeToNode(envelope)!["hash"]!.GetValue<string>();

    private static Guid IdOf(object envelope) => JsonSerializer.SerializeToNode(envelope)!["id"]!.GetValue<Guid>();
}
