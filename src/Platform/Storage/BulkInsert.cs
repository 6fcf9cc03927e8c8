using System.Data.Common;
using System.Text;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using SQLitePCL;

namespace Shouwang.Platform.Storage;

/// <summary>The column types the bulk path knows; the SQL type is the same word on both databases. Numeric is PostgreSQL only.</summary>
public enum ColumnType { Text, Uuid, BigInt, Integer, Boolean, Date, Bytes, Numeric }

/// <summary>Writes many rows of one table the fastest way the database has, inside the context's transaction.</summary>
/// <remarks>
/// PostgreSQL: one statement for a few rows, otherwise binary COPY. SQLite: one prepared statement, re-bound for every row. Nothing is
/// visible to others before the transaction commits. Rows are arrays in the order of the columns; null is NULL. Values: string, Guid, long, int,
/// bool, DateOnly, byte[]; on PostgreSQL also decimal.
/// </remarks>
public sealed class BulkInsert(ShouwangDb db, string table, params (string Name, ColumnType Type)[] columns)
{
    private const int Few = 100;

    /// <summary>Writes the rows, in order.</summary>
    /// <exception cref="InvalidOperationException">No transaction is open: a bulk write is always part of a larger one.</exception>
    public async Task Write(IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("A bulk write needs an open transaction.");
        if (db.Database.GetDbConnection() is not NpgsqlConnection postgres)
            Insert((SqliteConnection)db.Database.GetDbConnection(), rows, cancel);
        else if (FewRows.In(ref rows, Few) is { } few)
            await few.Insert(db, table, columns, "", cancel);
        else
            await Copy(postgres, rows, cancel);
    }

    private async Task Copy(NpgsqlConnection connection, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        var names = string.Join(", ", columns.Select(c => c.Name));
        await using var copy = await connection.BeginBinaryImportAsync($"copy {table} ({names}) from stdin (format binary)", cancel);
        var types = Array.ConvertAll(columns, c => TypeOf(c.Type));
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            for (var i = 0; i < types.Length; i++)
            {
                if (row[i] is { } value)
                    await copy.WriteAsync(value, types[i], cancel);
                else
                    await copy.WriteNullAsync(cancel);
            }
        }
        await copy.CompleteAsync(cancel);
    }

    // Bound by position through the driver below ADO.NET, which looks every parameter up by its name again for every row.
    private void Insert(SqliteConnection connection, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        var database = connection.Handle!;
        var sql = $"insert into {table} ({string.Join(", ", columns.Select(c => c.Name))}) values ({string.Join(", ", columns.Select(_ => "?"))})";
        Check(raw.sqlite3_prepare_v2(database, sql, out var statement), raw.SQLITE_OK);
        using (statement)
        {
            foreach (var row in rows)
            {
                cancel.ThrowIfCancellationRequested();
                for (var i = 0; i < columns.Length; i++)
                    Check(Bind(statement, i + 1, row[i]), raw.SQLITE_OK);
                Check(raw.sqlite3_step(statement), raw.SQLITE_DONE);
                Check(raw.sqlite3_reset(statement), raw.SQLITE_OK);
            }
        }

        void Check(int result, int expected)
        {
            if (result != expected)
                SqliteException.ThrowExceptionForRC(result, database);
        }
    }

    // Ids are upper-case text and dates ISO text, as the driver itself writes them.
    private static int Bind(sqlite3_stmt statement, int position, object? value)
    {
        Span<byte> text = stackalloc byte[36];
        switch (value)
        {
            case null:
                return raw.sqlite3_bind_null(statement, position);
            case string words:
                return BindText(statement, position, words);
            case Guid id:
                Utf8.TryWrite(text, $"{id:D}", out _);
                Ascii.ToUpperInPlace(text, out _);
                return raw.sqlite3_bind_text(statement, position, text);
            case DateOnly day:
                Utf8.TryWrite(text, System.Globalization.CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}", out var length);
                return raw.sqlite3_bind_text(statement, position, text[..length]);
            case byte[] bytes:
                return raw.sqlite3_bind_blob(statement, position, bytes);
            case bool flag:
                return raw.sqlite3_bind_int64(statement, position, flag ? 1 : 0);
            case int number:
                return raw.sqlite3_bind_int64(statement, position, number);
            case long number:
                return raw.sqlite3_bind_int64(statement, position, number);
            default:
                throw new ArgumentException($"A {value.GetType().Name} cannot be written in bulk.", nameof(value));
        }
    }

    private static int BindText(sqlite3_stmt statement, int position, string words)
    {
        var most = Encoding.UTF8.GetMaxByteCount(words.Length);
        Span<byte> text = most <= 512 ? stackalloc byte[most] : new byte[most];
        return raw.sqlite3_bind_text(statement, position, text[..Encoding.UTF8.GetBytes(words, text)]);
    }

    internal static NpgsqlDbType TypeOf(ColumnType type) => type switch
    {
        ColumnType.Text => NpgsqlDbType.Text,
        ColumnType.Uuid => NpgsqlDbType.Uuid,
        ColumnType.BigInt => NpgsqlDbType.Bigint,
        ColumnType.Integer => NpgsqlDbType.Integer,
        ColumnType.Boolean => NpgsqlDbType.Boolean,
        ColumnType.Date => NpgsqlDbType.Date,
        ColumnType.Bytes => NpgsqlDbType.Bytea,
        ColumnType.Numeric => NpgsqlDbType.Numeric,
    };
}

/// <summary>Plain SQL through the context's connection and transaction.</summary>
public static class Sql
{
    extension(ShouwangDb db)
    {
        /// <summary>A command in the context's current transaction; the connection is open when this returns.</summary>
        public async Task<DbCommand> Command(string sql, CancellationToken cancel, params (string Name, object? Value)[] parameters)
        {
            await db.Database.OpenConnectionAsync(cancel);
            var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
                command.Parameters.Add(parameter);
            }
            return command;
        }

        /// <summary>Runs a statement and returns how many rows it touched.</summary>
        public async Task<int> Execute(string sql, CancellationToken cancel, params (string Name, object? Value)[] parameters)
        {
            await using var command = await db.Command(sql, cancel, parameters);
            return await command.ExecuteNonQueryAsync(cancel);
        }

        /// <summary>Reads rows one by one; <paramref name="read"/> sees the reader standing on each.</summary>
        public async Task Read(string sql, Action<DbDataReader> read, CancellationToken cancel, params (string Name, object? Value)[] parameters)
        {
            await using var command = await db.Command(sql, cancel, parameters);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
                read(reader);
        }

        /// <summary>The same for the many rows of a whole county.</summary>
        /// <remarks>
        /// Rows are waited for on the thread that reads them: handing each buffer to another one costs more than what is done with its rows.
        /// </remarks>
        public async Task Scan(string sql, Action<DbDataReader> read, CancellationToken cancel, params (string Name, object? Value)[] parameters)
        {
            await using var command = await db.Command(sql, cancel, parameters);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            await using var stop = cancel.Register(command.Cancel);
            while (reader.Read())
                read(reader);
            cancel.ThrowIfCancellationRequested();
        }
    }
}
