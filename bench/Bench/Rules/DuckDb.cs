using System.Reflection;
using System.Runtime.InteropServices;
using Shouwang.Kernel.Rules.Scan;

namespace Shouwang.Bench.Rules;

/// <summary>A DuckDB in memory, through its C library; as much of it as the bench needs.</summary>
/// <remarks>Every call throws <see cref="InvalidOperationException"/> where DuckDB reports an error.</remarks>
internal sealed unsafe partial class DuckDb : IDisposable
{
    private const string Library = "libduckdb";

    private nint _database, _connection;

    /// <param name="library">The file of the library. It stays loaded, so there is one in a process.</param>
    public DuckDb(string library)
    {
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == Library ? NativeLibrary.Load(library) : 0);
        Check(duckdb_open(null, out _database), "cannot be opened");
        Check(duckdb_connect(_database, out _connection), "cannot be connected to");
    }

    public static string Version => Marshal.PtrToStringUTF8(duckdb_library_version())!;

    /// <summary>Runs a statement.</summary>
    /// <returns>The whole numbers in the first row; none where there is no row.</returns>
    public long[] Query(string sql)
    {
        var failed = duckdb_query(_connection, sql, out var result) != 0;
        try
        {
            if (failed)
                throw new InvalidOperationException($"DuckDB: {Marshal.PtrToStringUTF8(duckdb_result_error(ref result))}");
            var numbers = new long[duckdb_row_count(ref result) == 0 ? 0 : (int)duckdb_column_count(ref result)];
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = duckdb_value_int64(ref result, (ulong)i, 0);
            return numbers;
        }
        finally
        {
            duckdb_destroy_result(ref result);
        }
    }

    /// <summary>Makes a table of columns as they are stored: whole numbers of the same width, truth values, NULL for unknown.</summary>
    public void Fill(string table, IReadOnlyList<(string Name, ScanColumn Column)> columns, int rows)
    {
        Query($"create table {table} ({string.Join(", ", columns.Select(c => $"{c.Name} {TypeOf(c.Column).Name}"))})");
        Check(duckdb_appender_create(_connection, null, table, out var appender), "cannot append");
        nint[] types = [.. columns.Select(c => duckdb_create_logical_type(TypeOf(c.Column).Number))];
        var chunk = duckdb_create_data_chunk(types, (ulong)types.Length);
        try
        {
            var most = (int)duckdb_vector_size();
            for (var from = 0; from < rows; from += most)
            {
                var count = Math.Min(most, rows - from);
                duckdb_data_chunk_reset(chunk);
                for (var i = 0; i < columns.Count; i++)
                    Copy(columns[i].Column, from, count, duckdb_data_chunk_get_vector(chunk, (ulong)i));
                duckdb_data_chunk_set_size(chunk, (ulong)count);
                Check(duckdb_append_data_chunk(appender, chunk), "cannot append");
            }
            Check(duckdb_appender_flush(appender), "cannot append");
        }
        finally
        {
            duckdb_destroy_data_chunk(ref chunk);
            for (var i = 0; i < types.Length; i++)
                duckdb_destroy_logical_type(ref types[i]);
            _ = duckdb_appender_destroy(ref appender);
        }
    }

    public void Dispose()
    {
        duckdb_disconnect(ref _connection);
        duckdb_close(ref _database);
    }

    // Where a value is known is a bit in words of 64 on both sides, and a vector of DuckDB begins with a whole word.
    private static void Copy(ScanColumn column, int from, int count, nint vector)
    {
        duckdb_vector_ensure_validity_writable(vector);
        var words = (count + 63) / 64;
        column.Known.Slice(from / 64, words).CopyTo(new((void*)duckdb_vector_get_validity(vector), words));
        var width = TypeOf(column).Width;
        var target = new Span<byte>((void*)duckdb_vector_get_data(vector), count * width);
        if (column.Shape.Storage != ColumnStorage.Bits)
        {
            column.Data.Slice(from * width, count * width).CopyTo(target);
            return;
        }
        for (var i = 0; i < count; i++)
            target[i] = (byte)(column.Data[(from + i) >> 3] >> (i & 7) & 1);
    }

    private static (int Number, string Name, int Width) TypeOf(ScanColumn column) => column.Shape.Storage switch
    {
        ColumnStorage.Bits => (1, "boolean", 1),
        ColumnStorage.Int8 => (2, "tinyint", 1),
        ColumnStorage.Int16 => (3, "smallint", 2),
        ColumnStorage.Int32 => (4, "integer", 4),
        ColumnStorage.Int64 => (5, "bigint", 8),
        var storage => throw new InvalidOperationException($"{column.Symbol.Name}: {storage} is not for DuckDB."),
    };

    private static void Check(int state, string otherwise)
    {
        if (state != 0)
            throw new InvalidOperationException($"DuckDB {otherwise}.");
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Result
    {
        public ulong ColumnCount, RowCount, RowsChanged;
        public nint Columns, Error, Inner;
    }

    [LibraryImport(Library)]
    private static partial nint duckdb_library_version();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int duckdb_open(string? path, out nint database);

    [LibraryImport(Library)]
    private static partial void duckdb_close(ref nint database);

    [LibraryImport(Library)]
    private static partial int duckdb_connect(nint database, out nint connection);

    [LibraryImport(Library)]
    private static partial void duckdb_disconnect(ref nint connection);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int duckdb_query(nint connection, string sql, out Result result);

    [LibraryImport(Library)]
    private static partial void duckdb_destroy_result(ref Result result);

    [LibraryImport(Library)]
    private static partial nint duckdb_result_error(ref Result result);

    [LibraryImport(Library)]
    private static partial ulong duckdb_row_count(ref Result result);

    [LibraryImport(Library)]
    private static partial ulong duckdb_column_count(ref Result result);

    [LibraryImport(Library)]
    private static partial long duckdb_value_int64(ref Result result, ulong column, ulong row);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int duckdb_appender_create(nint connection, string? schema, string table, out nint appender);

    [LibraryImport(Library)]
    private static partial int duckdb_append_data_chunk(nint appender, nint chunk);

    [LibraryImport(Library)]
    private static partial int duckdb_appender_flush(nint appender);

    [LibraryImport(Library)]
    private static partial int duckdb_appender_destroy(ref nint appender);

    [LibraryImport(Library)]
    private static partial nint duckdb_create_logical_type(int type);

    [LibraryImport(Library)]
    private static partial void duckdb_destroy_logical_type(ref nint type);

    [LibraryImport(Library)]
    private static partial nint duckdb_create_data_chunk(nint[] types, ulong count);

    [LibraryImport(Library)]
    private static partial void duckdb_destroy_data_chunk(ref nint chunk);

    [LibraryImport(Library)]
    private static partial void duckdb_data_chunk_reset(nint chunk);

    [LibraryImport(Library)]
    private static partial void duckdb_data_chunk_set_size(nint chunk, ulong size);

    [LibraryImport(Library)]
    private static partial nint duckdb_data_chunk_get_vector(nint chunk, ulong column);

    [LibraryImport(Library)]
    private static partial ulong duckdb_vector_size();

    [LibraryImport(Library)]
    private static partial nint duckdb_vector_get_data(nint vector);

    [LibraryImport(Library)]
    private static partial nint duckdb_vector_get_validity(nint vector);

    [LibraryImport(Library)]
    private static partial void duckdb_vector_ensure_validity_writable(nint vector);
}
