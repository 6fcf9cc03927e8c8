using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Storage;
using Shouwang.Tests.Desk;
using static Shouwang.Tests.Modules.Field.FieldWorld;

namespace Shouwang.Tests.Modules.Field;

/// <summary>What a phone handed in is kept, told of by a receipt, and comes into the register once.</summary>
public sealed class SubmissionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_visit_gets_a_receipt_with_its_hash_and_its_facts_come_into_the_register(string kind)
    {
        await using var world = await Open(kind);
        var phone = await world.Phone();
        var (household, member) = await world.Household();
        var id = Guid.CreateVersion7();
        var envelope = phone.Seal("visit", id, Visit(id, household,
            Answer(null, "grade", "C", was: "A"), Answer(member, "work_months", 7, "new"), Answer(member, "ins_res", true, "confirmed", true)));

        var receipt = Assert.Single(await phone.HandIn(envelope));
        Assert.Equal(envelope.GetType().GetProperty("hash")!.GetValue(envelope), receipt["hash"]!.GetValue<string>());
        Assert.False(receipt["repeated"]!.GetValue<bool>());

        await world.Apply();
        Assert.Equal("applied", (await phone.Receipt(id))["state"]!.GetValue<string>());
        Assert.Equal(new CurrentFact("C", "visit", Day), await world.Current(household, null, "grade"));
        Assert.Equal(new CurrentFact("7", "visit", Day), await world.Current(household, member, "work_months"));
        // What was confirmed is fresh again.
        Assert.Equal(new CurrentFact("true", "visit", Day), await world.Current(household, member, "ins_res"));
        Assert.Equal(1, await world.Count("visits"));
        Assert.Equal(1, await world.Count("field_burden", "visits = 1 and typed = 1"));
        Assert.Null((await world.Read(db => EventChain.Verify(db, DeskServer.County, Cancel))).BrokenAt);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Sent_again_it_gets_the_same_receipt_and_another_content_under_its_id_is_kept_and_held(string kind)
    {
        await using var world = await Open(kind);
        var phone = await world.Phone();
        var (household, _) = await world.Household();
        var id = Guid.CreateVersion7();
        var envelope = phone.Seal("visit", id, Visit(id, household));
        var first = Assert.Single(await phone.HandIn(envelope));
        await world.Apply();

        var again = await phone.HandIn(envelope, envelope);
        Assert.All(again, r => Assert.Equal((true, "applied", first["hash"]!.GetValue<string>()), (r["repeated"]!.GetValue<bool>(), r["state"]!.GetValue<string>(), r["hash"]!.GetValue<string>())));

        var other = Assert.Single(await phone.HandIn(phone.Seal("visit", id, Visit(id, household, Answer(null, "grade", "D", was: "A")))));
        Assert.Equal("held", other["state"]!.GetValue<string>());
        await world.Apply();
        Assert.Equal((2L, 1L), (await world.Count("field_submissions"), await world.Count("visits")));
        Assert.Equal("A", (await world.Current(household, null, "grade"))!.Value.Value);
    }

    [Fact]
    public async Task What_cannot_be_opened_or_understood_is_kept_and_holds_up_nothing_else()
    {
        await using var world = await Open("sqlite");
        var phone = await world.Phone();
        var (household, _) = await world.Household();
        var (good, damaged, odd, strange) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var receipts = await phone.HandIn(
            phone.Seal("visit", damaged, Visit(damaged, household), data => data[3] ^= 1), phone.Seal("visit", good, Visit(good, household)),
            phone.Seal("visit", odd, new { id = odd, purpose = "?" }), phone.Seal("poem", strange, new { }),
            new { id = Guid.CreateVersion7(), kind = "visit", key = "nobody's", data = "***" });
        Assert.Equal(["held", "received", "received", "held", "held"], receipts.Select(r => r["state"]!.GetValue<string>()));

        await world.Apply();
        Assert.Equal("applied", (await phone.Receipt(good))["state"]!.GetValue<string>());
        Assert.Equal("held", (await phone.Receipt(odd))["state"]!.GetValue<string>());
        Assert.Equal(5, await world.Count("field_submissions"));
        Assert.Equal(1, await world.Count("visits"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Two_investigators_sign_one_verification_from_two_phones_in_either_order(string kind)
    {
        await using var world = await Open(kind);
        var (mine, theirs) = (await world.Phone(), await world.Phone("team"));
        var picture = await mine.Upload(RandomNumberGenerator.GetBytes(2500));
        foreach (var signatureFirst in (bool[])[true, false])
        {
            var (household, _) = await world.Household();
            var (visit, signature) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            var record = mine.Seal("visit", visit, Verification(visit, household, picture, new { user = mine.User, name = "村干部", unit = "金钱村" }));
            var signed = theirs.Seal("signature", signature, new { id = signature, visit, household, user = theirs.User, name = "队员", unit = "驻村工作队", signedAt = "2020-06-01T01:00:00Z" });

            if (signatureFirst)
                await theirs.HandIn(signed);
            else
                await mine.HandIn(record);
            await world.Apply();
            Assert.Equal(0, await world.Count("visits", $"household_id = '{Stored(kind, household)}'"));

            if (signatureFirst)
                await mine.HandIn(record);
            else
                await theirs.HandIn(signed);
            await world.Apply();
            Assert.Equal("applied", (await mine.Receipt(visit))["state"]!.GetValue<string>());
            Assert.Equal("applied", (await theirs.Receipt(signature))["state"]!.GetValue<string>());
            var stored = await world.Read(db => db.Set<Visit>().AsNoTracking().SingleAsync(v => v.Id == visit, Cancel));
            Assert.Equal((2, new Money(1_000_000)), (stored.VisitorCount, stored.IncomeFen));
        }
    }

    [Fact]
    public async Task A_second_investigator_is_added_to_a_visit_that_was_recorded_alone_and_nobody_signs_for_another()
    {
        await using var world = await Open("sqlite");
        var (mine, theirs) = (await world.Phone(), await world.Phone("team"));
        var (household, _) = await world.Household();
        var (visit, signature, forged) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await mine.HandIn(mine.Seal("visit", visit, Visit(visit, household)),
            mine.Seal("signature", forged, new { id = forged, visit, household, user = theirs.User, name = "队员", unit = "" }));
        await theirs.HandIn(theirs.Seal("signature", signature, new { id = signature, visit, household, user = theirs.User, name = "队员", unit = "驻村工作队" }));
        await world.Apply();

        Assert.Equal(2, (await world.Read(db => db.Set<Visit>().AsNoTracking().SingleAsync(v => v.Id == visit, Cancel))).VisitorCount);
        Assert.Equal("held", (await mine.Receipt(forged))["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_verification_waits_for_the_picture_of_the_signature_and_goes_on_when_it_arrives()
    {
        await using var world = await Open("sqlite");
        var phone = await world.Phone();
        var (household, _) = await world.Household();
        var (id, picture) = (Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(3000));
        await phone.HandIn(phone.Seal("visit", id, Verification(id, household, Convert.ToHexStringLower(SHA256.HashData(picture)),
            new { user = phone.User, name = "村干部", unit = "金钱村" }, new { name = "队员", unit = "驻村工作队" })));
        await world.Apply();
        Assert.Equal("received", (await phone.Receipt(id))["state"]!.GetValue<string>());

        await phone.Upload(picture);
        await world.Apply();
        Assert.Equal("applied", (await phone.Receipt(id))["state"]!.GetValue<string>());
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_lead_joins_the_open_lead_of_the_household(string kind)
    {
        await using var world = await Open(kind);
        var phone = await world.Phone();
        var (household, _) = await world.Household();
        foreach (var text in (string[])["家中有人住院", "屋顶漏雨"])
        {
            var id = Guid.CreateVersion7();
            var envelope = phone.Seal("lead", id, new { id, household, subject = "illness", text, on = Day, urgent = false, photos = Array.Empty<object>() });
            await phone.HandIn(envelope, envelope);
        }
        await world.Apply();
        Assert.Equal((1L, 2L), (await world.Count("leads"), await world.Count("lead_reasons")));
    }

    [Fact]
    public async Task A_visit_to_a_household_that_was_closed_or_moved_meanwhile_lands_and_says_so()
    {
        await using var world = await Open("sqlite");
        var phone = await world.Phone();
        var (closed, member) = await world.Household();
        var (moved, _) = await world.Household();
        await world.State(new(closed, member, "register", "later.xlsx", Day, new Dictionary<string, object?> { ["life"] = nameof(LifeState.MovedOut) }));
        await world.Read(db => db.Execute("update households set area = @area where id = @id", Cancel, ("@area", DeskServer.OtherVillage), ("@id", moved)));
        var (first, second, third) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await phone.HandIn(phone.Seal("visit", first, Visit(first, closed)), phone.Seal("visit", second, Visit(second, moved)),
            phone.Seal("visit", third, Visit(third, Guid.CreateVersion7())));
        await world.Apply();

        var landed = await phone.Receipt(first);
        Assert.Equal("applied", landed["state"]!.GetValue<string>());
        Assert.Contains("没有正常状态的成员", landed["notes"]!.ToJsonString(JsonTexts.Options), StringComparison.Ordinal);
        Assert.Equal("held", (await phone.Receipt(second))["state"]!.GetValue<string>());
        Assert.Contains("不在您当前负责范围内", (await phone.Receipt(second))["notes"]!.ToJsonString(JsonTexts.Options), StringComparison.Ordinal);
        Assert.Equal("held", (await phone.Receipt(third))["state"]!.GetValue<string>());
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Two_phones_that_say_different_things_are_both_kept_and_the_township_is_asked(string kind)
    {
        await using var world = await Open(kind);
        var (mine, theirs) = (await world.Phone(), await world.Phone("team"));
        var (household, member) = await world.Household();
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await mine.HandIn(mine.Seal("visit", first, Visit(first, household, Answer(null, "grade", "B", was: "A"), Answer(member, "labour", "3", was: "1"))));
        await world.Apply();
        Assert.Equal(0, await world.Count("field_conflicts"));

        // The other phone saw the same before, and has another answer to one question and a new one to another.
        await theirs.HandIn(theirs.Seal("visit", second, Visit(second, household, Answer(null, "grade", "D", was: "A"), Answer(member, "work_months", 3, "new"))));
        await world.Apply();
        Assert.Equal(1, await world.Count("field_conflicts", "attribute = 'household.grade' and decided is null"));
        Assert.Equal(1, await world.Count("field_conflicts"));
        var facts = await world.With<IFacts, IReadOnlyList<Fact>>(f => f.Of(DeskServer.County, household, true, Cancel));
        Assert.Equal(["A", "B", "D"], facts.Where(f => f.Attribute == "household.grade").Select(f => f.Value).Order());
        // Facts merge attribute by attribute.
        Assert.Equal("3", (await world.Current(household, member, "labour"))!.Value.Value);
        Assert.Equal("3", (await world.Current(household, member, "work_months"))!.Value.Value);
        Assert.Contains("乡镇裁定", (await theirs.Receipt(second))["notes"]!.ToJsonString(JsonTexts.Options), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Also_where_the_register_has_no_column_or_a_better_source_hides_what_the_other_visit_said(string kind)
    {
        await using var world = await Open(kind);
        var (mine, theirs) = (await world.Phone(), await world.Phone("team"));
        var (household, member) = await world.Household();
        var (other, _) = await world.Household();
        var (first, second, apart) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        // What the desk says of the house counts; what the visits say stands behind it.
        await world.State(new(household, null, "desk", null, FieldWorld.Day.AddDays(-5), new Dictionary<string, object?> { ["grade"] = "A" }));
        await mine.HandIn(mine.Seal("visit", first, Visit(first, household, Answer(null, "grade", "B", was: "A"), Answer(null, "well_depth", 12, "new"), Answer(member, "labour", "3", was: "1"))));
        await world.Apply();
        await theirs.HandIn(
            theirs.Seal("visit", second, Visit(second, household, Answer(null, "grade", "D", was: "A"), Answer(null, "well_depth", 15, "new"), Answer(member, "ins_emp", true, was: false))),
            theirs.Seal("visit", apart, Visit(apart, other, Answer(null, "well_depth", 15, "new"))));
        await world.Apply();

        Assert.Equal("A", (await world.Current(household, null, "grade"))!.Value.Value);
        Assert.Equal(1, await world.Count("field_conflicts", "attribute = 'household.grade'"));
        Assert.Equal(1, await world.Count("field_conflicts", "attribute = 'household.well_depth'"));
        Assert.Equal(2, await world.Count("field_conflicts"));
    }

    [Fact]
    public async Task What_a_procedure_decides_no_visit_changes()
    {
        await using var world = await Open("sqlite");
        var phone = await world.Phone();
        var (household, _) = await world.Household();
        var id = Guid.CreateVersion7();
        await phone.HandIn(phone.Seal("visit", id, Visit(id, household, Answer(null, "mon_cat", "UnstableLifted", was: "None"), Answer(null, "status", "Poor", was: "Lifted"))));
        await world.Apply();
        Assert.Equal("applied", (await phone.Receipt(id))["state"]!.GetValue<string>());
        Assert.Equal(nameof(RegistryStatus.Lifted), (await world.Current(household, null, "status"))!.Value.Value);
        Assert.Equal(nameof(MonitoringCategory.None), (await world.Current(household, null, "mon_cat"))!.Value.Value);
    }

    // The embedded database keeps ids as upper-case text.
    private static string Stored(string kind, Guid id) => kind == "sqlite" ? id.ToString().ToUpperInvariant() : id.ToString();
}
