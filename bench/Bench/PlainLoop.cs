using Microsoft.EntityFrameworkCore;
using Shouwang.Platform.Tables;

namespace Shouwang.Bench;

/// <summary>The peer of the import: what one would write in an afternoon. Reads rows, makes entities, saves every 1,000.</summary>
/// <remarks>
/// It reads with the product's own readers, which flatters it. It recognises, checks, matches, encrypts and remembers nothing: every cell goes
/// as text into a column of its own.
/// </remarks>
internal static class PlainLoop
{
    private const int Batch = 1_000;

    /// <param name="kind"><c>sqlite</c> or <c>postgres</c>.</param>
    /// <param name="database">A connection string to an empty database.</param>
    public static async Task Run(string kind, string database, string households, string members, CancellationToken cancel)
    {
        await using var db = new PlainDb(kind, database);
        await db.Database.EnsureCreatedAsync(cancel);
        await Load<PlainHousehold>(db, households, cancel);
        await Load<PlainMember>(db, members, cancel);
    }

    private static async Task Load<T>(PlainDb db, string path, CancellationToken cancel) where T : PlainRow, new()
    {
        var setters = typeof(T).GetProperties().Where(p => p.PropertyType == typeof(string) && p.DeclaringType == typeof(T))
            .Select(p => p.SetMethod!.CreateDelegate<Action<T, string?>>()).ToArray();
        using var file = TableFile.Open(path, path).Value;
        using var rows = file.Sheets[0].Rows();
        var (heading, waiting) = (true, 0);
        while (rows.Read())
        {
            if (heading)
            {
                heading = false;
                continue;
            }
            var row = new T();
            for (var i = 0; i < Math.Min(setters.Length, rows.Row.Count); i++)
                setters[i](row, rows.Row[i].IsEmpty ? null : rows.Row[i].Text);
            db.Add(row);
            if (++waiting == Batch)
            {
                await db.SaveChangesAsync(cancel);
                db.ChangeTracker.Clear();
                waiting = 0;
            }
        }
        await db.SaveChangesAsync(cancel);
    }
}

internal abstract class PlainRow
{
    public long Id { get; init; }
}

// Columns in the order of the file; what the loop calls them makes no difference.
internal sealed class PlainHousehold : PlainRow
{
    public string? C01 { get; set; }
    public string? C02 { get; set; }
    public string? C03 { get; set; }
    public string? C04 { get; set; }
    public string? C05 { get; set; }
    public string? C06 { get; set; }
    public string? C07 { get; set; }
    public string? C08 { get; set; }
    public string? C09 { get; set; }
    public string? C10 { get; set; }
    public string? C11 { get; set; }
    public string? C12 { get; set; }
    public string? C13 { get; set; }
    public string? C14 { get; set; }
    public string? C15 { get; set; }
    public string? C16 { get; set; }
    public string? C17 { get; set; }
    public string? C18 { get; set; }
    public string? C19 { get; set; }
    public string? C20 { get; set; }
    public string? C21 { get; set; }
    public string? C22 { get; set; }
    public string? C23 { get; set; }
    public string? C24 { get; set; }
    public string? C25 { get; set; }
    public string? C26 { get; set; }
    public string? C27 { get; set; }
    public string? C28 { get; set; }
    public string? C29 { get; set; }
}

internal sealed class PlainMember : PlainRow
{
    public string? C01 { get; set; }
    public string? C02 { get; set; }
    public string? C03 { get; set; }
    public string? C04 { get; set; }
    public string? C05 { get; set; }
    public string? C06 { get; set; }
    public string? C07 { get; set; }
    public string? C08 { get; set; }
    public string? C09 { get; set; }
    public string? C10 { get; set; }
    public string? C11 { get; set; }
    public string? C12 { get; set; }
    public string? C13 { get; set; }
    public string? C14 { get; set; }
    public string? C15 { get; set; }
    public string? C16 { get; set; }
    public string? C17 { get; set; }
    public string? C18 { get; set; }
    public string? C19 { get; set; }
    public string? C20 { get; set; }
    public string? C21 { get; set; }
    public string? C22 { get; set; }
    public string? C23 { get; set; }
    public string? C24 { get; set; }
    public string? C25 { get; set; }
    public string? C26 { get; set; }
    public string? C27 { get; set; }
    public string? C28 { get; set; }
    public string? C29 { get; set; }
    public string? C30 { get; set; }
    public string? C31 { get; set; }
    public string? C32 { get; set; }
    public string? C33 { get; set; }
    public string? C34 { get; set; }
    public string? C35 { get; set; }
    public string? C36 { get; set; }
}

internal sealed class PlainDb(string kind, string database) : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        if (kind == "postgres")
            optionsBuilder.UseNpgsql(database);
        else
            optionsBuilder.UseSqlite(database);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<PlainHousehold>().ToTable("plain_households");
        modelBuilder.Entity<PlainMember>().ToTable("plain_members");
    }
}
