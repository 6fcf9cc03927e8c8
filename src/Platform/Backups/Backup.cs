using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Platform.Backups;

/// <summary>What a backup says about itself.</summary>
/// <param name="Key">Fingerprint of the key its personal data are encrypted with. The key itself is never in a backup.</param>
public sealed record BackupManifest(int Version, DateTimeOffset MadeAt, string Database, string Key, IReadOnlyList<string> Migrations, IReadOnlyDictionary<string, long> Rows, int Files);

/// <summary>
/// Backs up an installation into one zip file and restores it, on either database: a county that outgrows its PC moves to
/// PostgreSQL by backing up here and restoring there.
/// </summary>
/// <remarks>
/// One JSON array a row, one entry a table, the stored files beside them. Rows are read in one transaction, so the backup is one
/// moment in time. Personal data stay encrypted; whoever restores needs the same key.
/// </remarks>
public sealed class Backup(ShouwangDb db, Files files, Secrets secrets, TimeProvider clock)
{
    private const int Version = 1;

    /// <summary>Writes the backup; the file appears only when it is complete.</summary>
    public async Task<BackupManifest> Make(string path, IProgress<double>? progress, CancellationToken cancel)
    {
        var unfinished = path + ".unfinished";
        try
        {
            var rows = new Dictionary<string, long>();
            BackupManifest manifest;
            await using (var zip = new ZipArchive(File.Create(unfinished), ZipArchiveMode.Create))
            {
                await db.Database.OpenConnectionAsync(cancel);
                await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);
                var tables = await TableShapes.Of(db, cancel);
                foreach (var (i, table) in tables.Index())
                {
                    rows[table.Name] = await Write(zip, table, cancel);
                    progress?.Report((i + 1d) / tables.Count * 0.8);
                }
                var stored = files.All().ToList();
                foreach (var hash in stored)
                {
                    await using var entry = zip.CreateEntry($"files/{hash}", CompressionLevel.NoCompression).Open();
                    await using var content = files.Open(hash);
                    await content.CopyToAsync(entry, cancel);
                }
                var migrations = new List<string>();
                await db.Read("select name from migrations order by name", r => migrations.Add(r.GetString(0)), cancel);
                manifest = new(Version, clock.GetUtcNow(), db.Dialect.ToString(), secrets.Fingerprint, migrations, rows, stored.Count);
                await using var head = zip.CreateEntry("manifest.json").Open();
                await JsonSerializer.SerializeAsync(head, manifest, JsonTexts.Options, cancel);
            }
            File.Move(unfinished, path, overwrite: true);
            progress?.Report(1);
            return manifest;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Fills an empty installation from a backup, all or nothing.</summary>
    public async Task<Outcome<BackupManifest>> Restore(string path, IProgress<double>? progress, CancellationToken cancel)
    {
        using var zip = Open(path);
        if (zip?.GetEntry("manifest.json") is not { } head)
            return BackupRefusals.NotABackup(path);
        BackupManifest manifest;
        await using (var stream = head.Open())
            manifest = (await JsonSerializer.DeserializeAsync<BackupManifest>(stream, JsonTexts.Options, cancel))!;

        if (manifest.Version != Version)
            return BackupRefusals.OtherVersion(manifest.Version);
        if (manifest.Key != secrets.Fingerprint)
            return BackupRefusals.OtherKey();
        if (await Missing(manifest, cancel) is { Count: > 0 } unknown)
            return BackupRefusals.Newer(unknown[0]);
        if (!await IsEmpty(cancel))
            return BackupRefusals.NotEmpty();

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var tables = (await TableShapes.Of(db, cancel)).Where(t => t.Name != "migrations" && manifest.Rows.ContainsKey(t.Name)).ToList();
        foreach (var (i, table) in tables.Index())
        {
            await Read(zip, table, cancel);
            progress?.Report((i + 1d) / tables.Count * 0.8);
        }
        foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith("files/", StringComparison.Ordinal)))
        {
            await using var content = entry.Open();
            await files.Store(content, cancel);
        }
        await transaction.CommitAsync(cancel);
        progress?.Report(1);
        return manifest;
    }

    private async Task<long> Write(ZipArchive zip, TableShape table, CancellationToken cancel)
    {
        var count = 0L;
        await using var entry = zip.CreateEntry($"tables/{table.Name}.jsonl", CompressionLevel.Fastest).Open();
        await using var writer = new StreamWriter(entry);
        await using var command = await db.Command($"select {string.Join(", ", table.Columns.Select(c => c.Name))} from {table.Name}", cancel);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var values = new object?[table.Columns.Count];
        while (await reader.ReadAsync(cancel))
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = reader.IsDBNull(i) ? null : Value(reader, i, table.Columns[i].Type);
            await writer.WriteLineAsync(JsonSerializer.Serialize(values, JsonTexts.Options).AsMemory(), cancel);
            count++;
        }
        return count;
    }

    private static object Value(DbDataReader reader, int i, ColumnType type) => type switch
    {
        ColumnType.Text => reader.GetString(i),
        ColumnType.Uuid => reader.GetGuid(i).ToString(),
        ColumnType.BigInt => reader.GetInt64(i),
        ColumnType.Integer => reader.GetInt32(i),
        ColumnType.Boolean => reader.GetBoolean(i),
        ColumnType.Date => reader.GetFieldValue<DateOnly>(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnType.Bytes => Convert.ToBase64String(reader.GetFieldValue<byte[]>(i)),
        ColumnType.Numeric => throw new InvalidOperationException("Only derived tables hold decimals, and they are not backed up."),
    };

    private async Task Read(ZipArchive zip, TableShape table, CancellationToken cancel)
    {
        if (zip.GetEntry($"tables/{table.Name}.jsonl") is not { } entry)
            return;
        await db.Execute($"delete from {table.Name}", cancel);
        using var lines = new StreamReader(entry.Open());
        await new BulkInsert(db, table.Name, [.. table.Columns]).Write(Rows(lines, table), cancel);
    }

    private static IEnumerable<object?[]> Rows(StreamReader lines, TableShape table)
    {
        while (lines.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            yield return [.. row.RootElement.EnumerateArray().Select((value, i) => Value(value, table.Columns[i].Type))];
        }
    }

    private static object? Value(JsonElement value, ColumnType type) => value.ValueKind == JsonValueKind.Null ? null : type switch
    {
        ColumnType.Text => value.GetString(),
        ColumnType.Uuid => value.GetGuid(),
        ColumnType.BigInt => value.GetInt64(),
        ColumnType.Integer => value.GetInt32(),
        ColumnType.Boolean => value.GetBoolean(),
        ColumnType.Date => DateOnly.ParseExact(value.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnType.Bytes => value.GetBytesFromBase64(),
        ColumnType.Numeric => throw new InvalidOperationException("Only derived tables hold decimals, and they are not backed up."),
    };

    private async Task<List<string>> Missing(BackupManifest manifest, CancellationToken cancel)
    {
        var here = new HashSet<string>(StringComparer.Ordinal);
        await db.Read("select name from migrations", r => here.Add(r.GetString(0)), cancel);
        // Files for one database only differ; everything else must be known here.
        return [.. manifest.Migrations.Where(m => m.Split('.').Length == 2 && !here.Contains(m))];
    }

    private async Task<bool> IsEmpty(CancellationToken cancel)
    {
        var count = 0L;
        await db.Read("select count(*) from event_heads", r => count = r.GetInt64(0), cancel);
        return count == 0;
    }

    private static ZipArchive? Open(string path)
    {
        try
        {
            return File.Exists(path) ? new ZipArchive(File.OpenRead(path), ZipArchiveMode.Read) : null;
        }
        catch (InvalidDataException)
        {
            return null; // not a zip: refused by the caller in words
        }
    }
}

internal static class BackupRefusals
{
    public static Problem NotABackup(string path) => new("backup.not-a-backup", 422,
        new($"{Path.GetFileName(path)} 不存在或不是守望的备份文件。", $"{Path.GetFileName(path)} is not there, or is no backup of Shouwang."),
        new("请用 ./shouwang backup 生成的文件。", "Use a file that ./shouwang backup made."));

    public static Problem OtherVersion(int version) => new("backup.other-version", 422,
        new($"备份格式为第 {version} 版，本程序不认识。", $"The backup has format {version}, which this program does not know."),
        new("请用更新的程序恢复。", "Restore it with a newer program."));

    public static Problem OtherKey() => new("backup.other-key", 422,
        new("备份中的个人信息由另一把密钥加密。", "The personal data in the backup were encrypted with another key."),
        new("请先把原数据文件夹中的 key 文件放到新数据文件夹，或设置 SHOUWANG_KEY。", "Put the file 'key' of the old data folder into the new one first, or set SHOUWANG_KEY."));

    public static Problem Newer(string migration) => new("backup.newer", 422,
        new($"备份来自更新的程序（{migration}）。", $"The backup comes from a newer program ({migration})."),
        new("请升级程序后再恢复。", "Upgrade this program, then restore."));

    public static Problem NotEmpty() => new("backup.not-empty", 409,
        new("目标中已有数据，恢复会覆盖它们。", "There is data here already, which a restore would replace."),
        new("请用 --data 指定一个新的空文件夹，或新的数据库。", "Point --data at a new, empty folder, or --database at a new database."));
}
