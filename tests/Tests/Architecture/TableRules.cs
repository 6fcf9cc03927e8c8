using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Shouwang.Modules;
using Shouwang.Platform.Storage;

namespace Shouwang.Tests.Architecture;

/// <summary>Compiled code is not the only way into another module: a string of SQL is one too.</summary>
public partial class TableRules
{
    /// <summary>Not county data: which migrations ran.</summary>
    private static readonly string[] NotPlaced = ["migrations"];

    [Fact]
    public void Sql_reads_and_writes_only_the_tables_of_its_own_module()
    {
        var owners = (
            from folder in Sources.ModuleFolders
            from file in Directory.EnumerateFiles(folder, "*.sql", SearchOption.AllDirectories)
            from Match table in Create().Matches(File.ReadAllText(file))
            select (Table: table.Groups[1].Value, Folder: folder)).DistinctBy(t => t.Table).ToDictionary(t => t.Table, t => t.Folder);
        var elsewhere =
            from folder in Sources.ModuleFolders
            from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            from Match use in Use().Matches(File.ReadAllText(file))
            where owners.TryGetValue(use.Groups[1].Value, out var owner) && owner != folder
            select $"{Path.GetFileName(file)} uses {use.Groups[1].Value}";

        Assert.NotEmpty(owners);
        Assert.Empty(elsewhere);
    }

    [Fact]
    public async Task Every_primary_key_starts_with_the_county()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await Migrator.Run(connection, Dialect.Sqlite, [typeof(ShouwangDb).Assembly, typeof(Catalogue).Assembly], TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            select t.name from sqlite_master t where t.type = 'table' and t.name not like 'sqlite_%'
              and not exists (select 1 from pragma_table_info(t.name) c where c.name = 'county' and c.pk = 1)
            """;
        var without = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            without.Add(reader.GetString(0));
        Assert.Empty(without.Except(NotPlaced));
    }

    [GeneratedRegex(@"create table (?:if not exists )?(\w+)")]
    private static partial Regex Create();

    [GeneratedRegex(@"\b(?:from|join|into|update)\s+(\w+)\b(?=[\s,(])")]
    private static partial Regex Use();
}
