using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Sql;

namespace Shouwang.Platform.Storage;

/// <summary>A table of what rules can ask about households: a row for every household, a column for every symbol.</summary>
/// <remarks>
/// Its rows live as long as the transaction that asks them and are never committed, because among them are details of health
/// that the database keeps encrypted everywhere else. The table may be dropped at any time, and no backup holds it. It is made
/// here and not by a migration, because only the running program knows which symbols there are. On Citus the rows of a county
/// lie together.
/// </remarks>
public sealed class RuleTable
{
    /// <summary>What PostgreSQL keeps of a name.</summary>
    private const int LongestName = 63;

    private readonly ShouwangDb _db;
    private readonly string _name;
    private readonly Symbol[] _symbols;
    private readonly SqlForm _form;

    /// <param name="name">Of the table: trusted text.</param>
    /// <param name="symbols">Their names become the columns' names.</param>
    /// <exception cref="ArgumentException">A name is longer than a column's may be, or a symbol stands for a duration or a list.</exception>
    public RuleTable(ShouwangDb db, string name, IEnumerable<Symbol> symbols)
    {
        (_db, _name, _symbols) = (db, name, [.. symbols.OrderBy(s => s.Name, StringComparer.Ordinal)]);
        _form = db.Dialect == Dialect.Postgres ? SqlForm.Postgres : SqlForm.Sqlite;
        if (Array.Find(_symbols, s => Encoding.UTF8.GetByteCount(s.Name) > LongestName || s.Type is RuleType.Duration or RuleType.List) is { } odd)
            throw new ArgumentException($"{odd.Name} cannot be a column.", nameof(symbols));
    }

    /// <summary>Whether the database is spread over several servers.</summary>
    public static async Task<bool> OnCluster(ShouwangDb db, CancellationToken cancel)
    {
        var found = false;
        if (db.Dialect == Dialect.Postgres)
            await db.Read("select 1 from pg_extension where extname = 'citus'", _ => found = true, cancel);
        return found;
    }

    /// <summary>Makes the table where it is missing or has other columns, in a transaction of its own.</summary>
    public async Task Fit(CancellationToken cancel)
    {
        if (await IsFitting(cancel))
            return;
        await using var transaction = await _db.Database.BeginTransactionAsync(cancel);
        if (_db.Dialect == Dialect.Postgres)
            await _db.Execute("select pg_advisory_xact_lock(hashtext(@table))", cancel, ("@table", _name));
        // Another process may have made it while this one waited.
        if (await IsFitting(cancel))
            return;
        var columns = string.Concat(Wanted().Select(c => $"{SqlName.Quoted(c.Name)} {c.Type}, "));
        await _db.Execute($"drop table if exists {_name}", cancel);
        await _db.Execute($"create table {_name} (county text not null, household_id uuid not null, {columns}primary key (county, household_id))", cancel);
        if (await OnCluster(_db, cancel))
            await _db.Execute("select create_distributed_table(@table::regclass, 'county')", cancel, ("@table", _name));
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Puts the rules to a county's households in one select. Everything is undone at the end; no transaction may be open.</summary>
    /// <param name="households">Their values come from <paramref name="value"/>, by position and symbol.</param>
    /// <param name="rules">Conditions.</param>
    /// <param name="constant">The value of a name that is no column, for the rule at a position.</param>
    /// <param name="answer">Told the position of a household, the position of a rule, and whether it holds.</param>
    /// <returns>The positions of rules that a database cannot be asked, see <see cref="SqlWriter.Condition"/>: nothing was answered for them.</returns>
    public async Task<IReadOnlyList<int>> Ask(
        AreaCode county, IReadOnlyList<Guid> households, Func<int, Symbol, RuleValue> value, IReadOnlyList<RuleExpression> rules,
        Func<int, Symbol, RuleValue> constant, Action<int, int, bool?> answer, CancellationToken cancel)
    {
        var columns = _symbols.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var query = SqlQuery.Of(_form, rules, (rule, symbol) => columns.Contains(symbol.Name)
            ? SqlName.OfColumn(SqlName.Quoted(symbol.Name))
            : SqlName.OfValue(constant(rule, symbol)));
        var (asked, left) = (Positions(query, rules.Count, asked: true), Positions(query, rules.Count, asked: false));
        if (asked.Length == 0)
            return left;

        await using var transaction = await _db.Database.BeginTransactionAsync(cancel);
        if (_db.Database.GetDbConnection() is SqliteConnection sqlite)
            SqliteFunctions.Teach(sqlite);
        await new BulkInsert(_db, _name, [("county", ColumnType.Text), ("household_id", ColumnType.Uuid), .. _symbols.Select(s => (SqlName.Quoted(s.Name), Type(s)))])
            .Write(households.Select((id, i) => Row(county, id, symbol => value(i, symbol))), cancel);

        var position = households.Index().ToDictionary(h => h.Item, h => h.Index);
        var numbers = new long[query.Columns.Count];
        await _db.Read(
            $"select household_id, {string.Join(", ", query.Columns)} from {_name} where county = @county",
            row =>
            {
                for (var i = 0; i < numbers.Length; i++)
                    numbers[i] = row.GetInt64(i + 1);
                var household = position[row.GetGuid(0)];
                foreach (var rule in asked)
                    answer(household, rule, query.Answer(numbers, rule));
            },
            cancel,
            [("@county", county.Digits), .. query.Texts.Select((text, i) => ($"{SqlWriter.ParameterPrefix}{i}", (object?)text))]);
        await transaction.RollbackAsync(cancel);
        return left;
    }

    private static int[] Positions(SqlQuery query, int rules, bool asked) => [.. Enumerable.Range(0, rules).Where(r => query.Asks(r) == asked)];

    private object?[] Row(AreaCode county, Guid household, Func<Symbol, RuleValue> value)
    {
        var row = new object?[_symbols.Length + 2];
        (row[0], row[1]) = (county.Digits, household);
        for (var i = 0; i < _symbols.Length; i++)
            row[i + 2] = Stored(value(_symbols[i]));
        return row;
    }

    /// <summary>As <see cref="SqlName"/> says that columns hold values.</summary>
    private object? Stored(RuleValue value) => value.Type is not { } type ? null : type switch
    {
        RuleType.Bool => value.AsBool,
        RuleType.Int => value.AsInt,
        RuleType.Decimal => _db.Dialect == Dialect.Postgres ? value.AsDecimal : SqlNumber.Bytes(value.AsDecimal!.Value),
        RuleType.Text => value.AsText,
        RuleType.Date => value.AsDate!.Value.DayNumber,
        RuleType.Duration or RuleType.List => throw new InvalidOperationException("No column holds durations or lists."),
    };

    private ColumnType Type(Symbol symbol) => symbol.Type switch
    {
        RuleType.Bool => ColumnType.Boolean,
        RuleType.Int => ColumnType.BigInt,
        RuleType.Decimal => _db.Dialect == Dialect.Postgres ? ColumnType.Numeric : ColumnType.Bytes,
        RuleType.Text => ColumnType.Text,
        RuleType.Date => ColumnType.Integer,
        RuleType.Duration or RuleType.List => throw new InvalidOperationException("No column holds durations or lists."),
    };

    private async Task<bool> IsFitting(CancellationToken cancel)
    {
        var columns = new List<(string, string)>();
        await _db.Read(
            _db.Dialect == Dialect.Postgres
                ? "select attname::text, format_type(atttypid, atttypmod) from pg_attribute where attrelid = to_regclass(@table) and attnum > 0 and not attisdropped order by attnum"
                : "select name, type from pragma_table_info(@table) order by cid",
            r => columns.Add((r.GetString(0), r.GetString(1))), cancel, ("@table", _name));
        return columns.Skip(2).SequenceEqual(Wanted());
    }

    private IEnumerable<(string Name, string Type)> Wanted() => _symbols.Select(s => (s.Name, _form.TypeOf(s.Type)));
}
