using Microsoft.Data.Sqlite;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Sql;
using SQLitePCL;

namespace Shouwang.Platform.Storage;

/// <summary>Teaches a SQLite connection the functions with which rules calculate exactly.</summary>
public static class SqliteFunctions
{
    /// <summary>Doing it again changes nothing. The connection has to be open.</summary>
    public static void Teach(SqliteConnection connection)
    {
        foreach (var function in SqlFunction.All)
        {
            var result = raw.sqlite3_create_function(
                connection.Handle!, function.Name, function.Arguments, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, function, Call);
            if (result != raw.SQLITE_OK)
                SqliteException.ThrowExceptionForRC(result, connection.Handle!);
        }
    }

    private static void Call(sqlite3_context context, object function, sqlite3_value[] arguments)
    {
        var first = Value(arguments[0]);
        var second = arguments.Length > 1 ? Value(arguments[1]) : first;
        if (!first.IsKnown || !second.IsKnown)
            raw.sqlite3_result_null(context);
        else
            Return(context, ((SqlFunction)function).Calculate(first, second));
    }

    private static RuleValue Value(sqlite3_value argument) => raw.sqlite3_value_type(argument) switch
    {
        raw.SQLITE_INTEGER => RuleValue.Int(raw.sqlite3_value_int64(argument)),
        raw.SQLITE_BLOB => RuleValue.Decimal(SqlNumber.Read(raw.sqlite3_value_blob(argument))),
        raw.SQLITE_TEXT => RuleValue.Text(raw.sqlite3_value_text(argument).utf8_to_string()),
        _ => RuleValue.Unknown,
    };

    private static void Return(sqlite3_context context, RuleValue value)
    {
        if (value.Type is not { } type)
        {
            raw.sqlite3_result_null(context);
            return;
        }
        Span<byte> bytes = stackalloc byte[SqlNumber.Length];
        switch (type)
        {
            case RuleType.Bool:
                raw.sqlite3_result_int64(context, value.AsBool == true ? 1 : 0);
                break;
            case RuleType.Int:
                raw.sqlite3_result_int64(context, value.AsInt!.Value);
                break;
            case RuleType.Date:
                raw.sqlite3_result_int64(context, value.AsDate!.Value.DayNumber);
                break;
            case RuleType.Duration:
                raw.sqlite3_result_int64(context, value.AsDuration!.Value);
                break;
            case RuleType.Decimal:
                SqlNumber.Write(value.AsDecimal!.Value, bytes);
                raw.sqlite3_result_blob(context, bytes);
                break;
            case RuleType.Text or RuleType.List:
                throw new InvalidOperationException("No function gives a text or a list.");
        }
    }
}
