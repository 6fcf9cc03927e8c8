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

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_few_columns_of_many_rows_change_and_nothing_else(string kind)
    {
        await using var database = await TestDatabase.Open(kind);
        await using var db = database.Db();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        var ids = Enumerable.Range(0, 6_000).Select(_ => Guid.CreateVersion7()).ToList();
        (string, ColumnType)[] columns = [("county", ColumnType.Text), ("household_id", ColumnType.Uuid), ("mark_id", ColumnType.Uuid), ("since_at", ColumnType.BigInt)];
        await new BulkInsert(db, "dirty_marks", columns).Write(ids.Select(id => new object?[] { "500231", id, id, 1L }), Cancel);
        await new BulkInsert(db, "dirty_marks", columns).Write([["500229", ids[0], ids[0], 1L]], Cancel);

        var other = Guid.CreateVersion7();
        await new BulkUpdate(db, "dirty_marks", ("household_id", ColumnType.Uuid), ("mark_id", ColumnType.Uuid), ("since_at", ColumnType.BigInt))
            .Write("500231", [.. ids[..5_500].Append(Guid.CreateVersion7()).Select((id, i) => new object?[] { id, other, (long)i })], Cancel);

        var found = new Dictionary<(string, Guid), (Guid, long)>();
        await db.Read("select county, household_id, mark_id, since_at from dirty_marks",
            row => found.Add((row.GetString(0), row.GetGuid(1)), (row.GetGuid(2), row.GetInt64(3))), Cancel);
        Assert.Equal(6_001, found.Count);
        Assert.Equal((ids[0], 1L), found[("500229", ids[0])]);
        foreach (var (i, id) in ids.Index())
            Assert.Equal(i < 5_500 ? (other, i) : (id, 1L), found[("500231", id)]);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Keys_in_pairs_meet_only_their_own_partner(string kind)
    {
        await using var database = await TestDatabase.Open(kind);
        await using var db = database.Db();
        List<(Guid Id, string Hash)> pairs = [.. Enumerable.Range(0, 50).Select(i => (Guid.CreateVersion7(), $"hash {i}"))], found = [];
        await db.Read($"select k.one, k.other from {db.PairTable("@ids", "@hashes")}", row => found.Add((Guid.Parse(row.GetValue(0).ToString()!), row.GetString(1))),
            Cancel, ("@ids", db.KeysOf(pairs.Select(p => p.Id))), ("@hashes", db.KeysOf(pairs.Select(p => p.Hash))));
        Assert.Equal(pairs.Order(), found.Order());
    }

    [Fact]
    public async Task Many_events_of_one_unit_of_work_stand_in_the_chain_as_few_do()
    {
        await using var database = await TestDatabase.Open("postgres");
        foreach (var count in (int[])[1, 20, 21, 300])
        {
            await using var db = database.Db();
            for (var i = 0; i < count; i++)
                db.Log("test.happened", new("500231"), $"{count}/{i}", "clerk", TimeProvider.System, new { Number = i });
            await db.SaveChangesAsync(Cancel);
        }
        await using var read = database.Db();
        Assert.Equal((342L, null), await EventChain.Verify(read, "500231", Cancel));
        await read.Execute("update events set details = '{\"number\":7}' where seq = 200", Cancel);
        Assert.Equal(200, (await EventChain.Verify(read, "500231", Cancel)).BrokenAt);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_chain_is_whole_while_it_is_added_to_and_broken_where_its_end_is_missing(string kind)
    {
        await using var database = await TestDatabase.Open(kind);
        async Task Add(int times)
        {
            for (var i = 0; i < times; i++)
            {
                await using var db = database.Db();
                db.Log("test.happened", new("500231"), $"{i}", "clerk", TimeProvider.System, new { Number = i });
                await db.SaveChangesAsync(Cancel);
            }
        }
        await Add(1);
        await using var read = database.Db();
        var adding = Task.Run(() => Add(100), Cancel);
        do
            Assert.Null((await EventChain.Verify(read, "500231", Cancel)).BrokenAt);
        while (!adding.IsCompleted);
        await adding;
        Assert.Equal((101L, null), await EventChain.Verify(read, "500231", Cancel));

        await read.Execute("delete from events where seq > 99", Cancel);
        Assert.Equal((99L, 100L), await EventChain.Verify(read, "500231", Cancel));
        await read.Execute("delete from events", Cancel);
        Assert.Equal((0L, 1L), await EventChain.Verify(read, "500231", Cancel));
    }

    private static async Task<long> Count(ShouwangDb db, string table)
    {
        var count = 0L;
        await db.Read($"select count(*) from {table}", row => count = row.GetInt64(0), Cancel);
        return count;
    }
}
