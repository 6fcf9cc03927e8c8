using Shouwang.Platform.Storage;

namespace Shouwang.Tests;

public class TestDatabaseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Each_test_has_a_migrated_database_of_its_own(string kind)
    {
        await using var one = await TestDatabase.Open(kind);
        await using var other = await TestDatabase.Open(kind);
        await using var first = one.Db();
        await using var second = other.Db();
        await first.Execute("insert into settings (county, name, value) values ('500231', 'language', 'zh')", Cancel);

        Assert.Equal(1, await Count(first, "settings"));
        Assert.Equal(0, await Count(second, "settings"));
        Assert.Equal(0, await Count(second, "households"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Long_lists_of_keys_are_one_parameter_on_either_database(string kind)
    {
        await using var database = await TestDatabase.Open(kind);
        await using var db = database.Db();
        var ids = Enumerable.Range(0, 20_000).Select(_ => Guid.CreateVersion7()).ToList();
        await db.MarkDirty("500231", ids, TimeProvider.System, Cancel);
        await db.MarkDirty("500231", ids[..10], TimeProvider.System, Cancel);

        var found = new List<Guid>();
        await db.Read($"select household_id from dirty_marks where county = @county and {db.Among("household_id", "@ids")}",
            row => found.Add(row.GetGuid(0)), Cancel, ("@county", "500231"), ("@ids", db.KeysOf(ids[5..])));

        Assert.Equal(20_010, await Count(db, "dirty_marks"));
        Assert.Equal(ids[5..].ToHashSet(), found.ToHashSet());
    }

    private static async Task<long> Count(ShouwangDb db, string table)
    {
        var count = 0L;
        await db.Read($"select count(*) from {table}", row => count = row.GetInt64(0), Cancel);
        return count;
    }
}
