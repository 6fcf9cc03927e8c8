using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Access;
using Shouwang.Modules.Access.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Tests.Modules.Access;

public sealed class UsersTests
{
    private static readonly Actor Office = Actor.System(new("500231"));

    public static TheoryData<string> Databases => TestDatabase.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_new_user_gets_a_password_that_has_to_be_changed(string kind)
    {
        await using var database = await TestDatabase.Open(kind);
        await using var db = database.Db();
        var cancel = TestContext.Current.CancellationToken;

        var given = (await Of(db).Add(Office, Clerk("gaoan.clerk"), cancel)).Value;

        var stored = await db.FindAsync<User>(["500231", given.User], cancel);
        Assert.True(stored!.MustChange);
        Assert.True(Passwords.Verify(stored, given.Password));
        Assert.DoesNotContain(given.Password, stored.PasswordHash, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Every_mistake_in_a_new_user_is_told_at_once(string kind)
    {
        await using var database = await TestDatabase.Open(kind);
        await using var db = database.Db();
        var users = Of(db);
        var cancel = TestContext.Current.CancellationToken;
        await users.Add(Office, Clerk("gaoan.clerk"), cancel);

        var outcome = await users.Add(Office, new("Gaoan Clerk!", " ", Role.IndustryDept, new("430525")), cancel);
        Assert.Equal(["access.bad-name", "access.department-missing", "access.no-display-name", "access.outside-area"],
            outcome.Problems.Select(p => p.Code).Order(StringComparer.Ordinal));

        Assert.Equal("access.name-taken", Assert.Single((await users.Add(Office, Clerk("GAOAN.clerk"), cancel)).Problems).Code);
        Assert.Equal("access.area-level-wrong", Assert.Single((await users.Add(Office, Clerk("other") with { Area = new("500231") }, cancel)).Problems).Code);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_post_above_the_counties_is_given_at_the_machine_and_lies_in_no_county(string kind)
    {
        await using var database = await TestDatabase.Open(kind);
        await using var db = database.Db();
        var users = Of(db);
        var cancel = TestContext.Current.CancellationToken;
        NewUser Higher(string area) => new("chongqing", "市级主管部门", Role.HigherOffice, new(area));

        Assert.Equal("access.outside-area", Assert.Single((await users.Add(Office, Higher("50"), cancel)).Problems).Code);
        Assert.Equal("access.area-level-wrong", Assert.Single((await users.Add(Office, Higher("500231"), cancel)).Problems).Code);
        var province = Actor.System(new("500000"));
        Assert.Equal("access.area-level-wrong", Assert.Single((await users.Add(province, Clerk("other") with { Area = new("50") }, cancel)).Problems).Code);

        Assert.Empty((await users.Add(province, Higher("50"), cancel)).Problems);
        Assert.Equal("chongqing", Assert.Single(await users.List(province, cancel)).Name);
        Assert.Empty(await users.List(Office, cancel));
        Assert.Equal("access.no-such-user", (await users.Reset(Office, "chongqing", cancel)).Problems[0].Code);
        Assert.Empty((await users.Reset(province, "chongqing", cancel)).Problems);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_administrator_of_one_county_cannot_touch_users_of_another(string kind)
    {
        await using var database = await TestDatabase.Open(kind);
        await using var db = database.Db();
        var users = Of(db);
        var cancel = TestContext.Current.CancellationToken;
        await users.Add(Office, Clerk("gaoan.clerk"), cancel);

        var stranger = Actor.System(new("430525"));
        Assert.Equal("access.no-such-user", (await users.Reset(stranger, "gaoan.clerk", cancel)).Problems[0].Code);
        Assert.Equal("access.no-such-user", (await users.Disable(stranger, "gaoan.clerk", true, cancel)).Problems[0].Code);
        Assert.Empty(await users.List(stranger, cancel));
    }

    [Theory]
    [InlineData("short", "access.password-too-short")]
    [InlineData("aaaaaaaaaaaa", "access.password-too-easy")]
    [InlineData("1234567890ab", "access.password-too-easy")]
    [InlineData("my-clerk-pass", "access.password-too-easy")]
    [InlineData("correct horse 9", null)]
    public void Passwords_are_judged_by_what_is_easy_to_guess(string password, string? code) =>
        Assert.Equal(code, Passwords.Judge(password, "clerk")?.Code);

    private static Users Of(ShouwangDb db) =>
        new(db, new PersonLabels(new ServiceCollection().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>(), TimeProvider.System), TimeProvider.System);

    private static NewUser Clerk(string name) => new(name, "高安镇经办人", Role.TownshipClerk, new AreaCode("500231111"));
}
