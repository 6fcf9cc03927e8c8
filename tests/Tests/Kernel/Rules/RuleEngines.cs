using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Scan;
using Shouwang.Kernel.Rules.Sql;
using Shouwang.Platform.Storage;

namespace Shouwang.Tests.Kernel.Rules;

/// <summary>A way to answer rules for households. All have to give the same answers.</summary>
public interface IRuleEngine
{
    string Name { get; }

    /// <summary>The answers: by rule, then by household, in the order in which they are given.</summary>
    Task<IReadOnlyList<IReadOnlyList<bool?>>> Answer(IReadOnlyList<RuleExpression> rules, IReadOnlyList<SampleHousehold> households);
}

public static class RuleEngines
{
    public static IReadOnlyList<IRuleEngine> All { get; } = [new ExplainEngine(), new ScanEngine(), new SqliteEngine(), new PostgresEngine()];

    private sealed class ExplainEngine : IRuleEngine
    {
        public string Name => "explain";

        public Task<IReadOnlyList<IReadOnlyList<bool?>>> Answer(IReadOnlyList<RuleExpression> rules, IReadOnlyList<SampleHousehold> households) =>
            Task.FromResult<IReadOnlyList<IReadOnlyList<bool?>>>([.. rules.Select(r => households.Select(h => r.Explain(h).Holds).ToList())]);
    }
}

/// <summary>The scan: all rules over all households at once.</summary>
internal sealed class ScanEngine : IRuleEngine
{
    public string Name => "scan";

    public Task<IReadOnlyList<IReadOnlyList<bool?>>> Answer(IReadOnlyList<RuleExpression> rules, IReadOnlyList<SampleHousehold> households)
    {
        var table = new ScanTable(households.Count, RuleGenerators.Symbols.ToDictionary(s => s.Name, s => ScanColumn.Of(s, households.Count, i => households[i].Get(s))));
        var scan = ScanProgram.Compile(table, [.. rules.Select(r => new ScanRule(r, _ => default))], ScanOutputs.Holding | ScanOutputs.Unknown).Run();
        return Task.FromResult<IReadOnlyList<IReadOnlyList<bool?>>>([.. rules.Select((_, rule) => households.Select((_, i) =>
            Bit(scan.Holding![rule], i) ? true : Bit(scan.Unknown![rule], i) ? (bool?)null : false).ToList())]);
    }

    private static bool Bit(ulong[] bits, int index) => (bits[index >> 6] >> (index & 63) & 1) != 0;
}

/// <summary>The SQL engine: a table with a column for every symbol of <see cref="RuleGenerators"/>, and one select for all rules.</summary>
/// <remarks>What is the same for all households is a value in the SQL, as lines and parameters are.</remarks>
internal abstract class SqlEngine(SqlForm form) : IRuleEngine
{
    public abstract string Name { get; }

    public abstract Task<IReadOnlyList<IReadOnlyList<bool?>>> Answer(IReadOnlyList<RuleExpression> rules, IReadOnlyList<SampleHousehold> households);

    protected string Create => $"create temporary table households (place integer, {string.Join(", ",
        RuleGenerators.Symbols.Select(s => $"{SqlName.Quoted(s.Name)} {form.TypeOf(s.Type)}"))})";

    protected static string Insert => $"insert into households values (@place, {string.Join(", ", RuleGenerators.Symbols.Select((_, i) => $"@v{i}"))})";

    protected abstract object ValueOf(RuleValue value);

    protected async Task Fill(System.Data.Common.DbConnection connection, IReadOnlyList<SampleHousehold> households)
    {
        foreach (var (place, household) in households.Index())
        {
            await using var insert = connection.CreateCommand();
            insert.CommandText = Insert;
            Add(insert, "@place", place);
            foreach (var (i, symbol) in RuleGenerators.Symbols.Index())
                Add(insert, $"@v{i}", ValueOf(household.Get(symbol)));
            await insert.ExecuteNonQueryAsync();
        }
    }

    protected async Task<IReadOnlyList<IReadOnlyList<bool?>>> Ask(System.Data.Common.DbConnection connection, IReadOnlyList<RuleExpression> rules, IReadOnlyList<SampleHousehold> households)
    {
        var answers = rules.Select(_ => new bool?[households.Count]).ToList();
        var columns = RuleGenerators.Symbols.Where(s => households.Select(h => h.Get(s)).Distinct().Count() > 1).ToHashSet();
        // PostgreSQL's planner takes longer for one select of a thousand rules than for ten of a hundred.
        foreach (var some in Enumerable.Range(0, rules.Count).Chunk(100))
        {
            var query = SqlQuery.Of(form, [.. some.Select(i => rules[i])], (_, symbol) => columns.Contains(symbol)
                ? SqlName.OfColumn($"h.{SqlName.Quoted(symbol.Name)}")
                : SqlName.OfValue(households[0].Get(symbol)));
            Assert.All(some.Index(), s => Assert.True(query.Asks(s.Index)));
            await using var command = connection.CreateCommand();
            command.CommandText = $"select place, {string.Join(", ", query.Columns)} from households h";
            foreach (var (i, text) in query.Texts.Index())
                Add(command, $"{SqlWriter.ParameterPrefix}{i}", text);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var numbers = Enumerable.Range(1, query.Columns.Count).Select(i => reader.GetInt64(i)).ToArray();
                foreach (var (i, rule) in some.Index())
                    answers[rule][reader.GetInt32(0)] = query.Answer(numbers, i);
            }
        }
        return answers;
    }

    private static void Add(System.Data.Common.DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}

internal sealed class SqliteEngine() : SqlEngine(SqlForm.Sqlite)
{
    public override string Name => "SQL on SQLite";

    public override async Task<IReadOnlyList<IReadOnlyList<bool?>>> Answer(IReadOnlyList<RuleExpression> rules, IReadOnlyList<SampleHousehold> households)
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        SqliteFunctions.Teach(connection);
        await using (var create = connection.CreateCommand())
        {
            create.CommandText = Create;
            await create.ExecuteNonQueryAsync();
        }
        await Fill(connection, households);
        return await Ask(connection, rules, households);
    }

    protected override object ValueOf(RuleValue value) => value.Type is not { } type ? DBNull.Value : type switch
    {
        RuleType.Bool => value.AsBool == true ? 1 : 0,
        RuleType.Int => value.AsInt!.Value,
        RuleType.Decimal => SqlNumber.Bytes(value.AsDecimal!.Value),
        RuleType.Date => value.AsDate!.Value.DayNumber,
        RuleType.Text => value.AsText!,
        RuleType.List => JsonSerializer.Serialize(value.AsList!.Select(v => v.AsText)),
        RuleType.Duration => throw new InvalidOperationException("No column holds durations."),
    };
}

internal sealed class PostgresEngine() : SqlEngine(SqlForm.Postgres)
{
    public override string Name => "SQL on PostgreSQL";

    public override async Task<IReadOnlyList<IReadOnlyList<bool?>>> Answer(IReadOnlyList<RuleExpression> rules, IReadOnlyList<SampleHousehold> households)
    {
        await using var connection = new NpgsqlConnection(PostgresServer.Connection("postgres"));
        await connection.OpenAsync();
        await using (var create = new NpgsqlCommand($"drop table if exists households; {Create}", connection))
            await create.ExecuteNonQueryAsync();
        await Fill(connection, households);
        return await Ask(connection, rules, households);
    }

    protected override object ValueOf(RuleValue value) => value.Type is not { } type ? DBNull.Value : type switch
    {
        RuleType.Bool => value.AsBool!.Value,
        RuleType.Int => value.AsInt!.Value,
        RuleType.Decimal => value.AsDecimal!.Value,
        RuleType.Date => value.AsDate!.Value.DayNumber,
        RuleType.Text => value.AsText!,
        RuleType.List => value.AsList!.Select(v => v.AsText!).ToArray(),
        RuleType.Duration => throw new InvalidOperationException("No column holds durations."),
    };
}
