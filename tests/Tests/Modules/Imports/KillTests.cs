using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Modules.Imports;

/// <summary>A process that is killed while it imports has written nothing, and the next one goes on as if it had never been.</summary>
public sealed class KillTests : IDisposable
{
    private const int Households = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shouwang-kill-");

    [Fact]
    public async Task Kill_9_in_the_middle_of_an_import_leaves_nothing_half_done()
    {
        var file = Path.Combine(_folder.FullName, "户表.csv");
        await File.WriteAllTextAsync(file, Table(), Cancel);

        using (var killed = Start(file))
        {
            await Running(killed);
            // Well inside the writing: reading the file's first chunk takes a fraction of this.
            await Task.Delay(700, Cancel);
            Assert.False(killed.HasExited, "The import was over before it could be killed.");
            killed.Kill(entireProcessTree: true);
            await killed.WaitForExitAsync(Cancel);
        }
        Assert.Equal(0, Count("select count(*) from households"));
        Assert.Equal(0, Count("select count(*) from statements"));
        Assert.Equal(0, Count("select count(*) from events where name = 'imports.applied'"));
        Assert.Equal(1, Count("select count(*) from imports where state = 'Running'"));

        using var again = Start(file);
        var answer = await again.StandardOutput.ReadToEndAsync(Cancel);
        await again.WaitForExitAsync(Cancel);
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(Households, JsonDocument.Parse(answer).RootElement.GetProperty("files")[0].GetProperty("accepted").GetInt32());
        Assert.Equal(Households, Count("select count(*) from households"));
        Assert.Equal(1, Count("select count(*) from imports"));
    }

    private static string Table()
    {
        var text = new StringBuilder("户编号,行政村,户主姓名,家庭人口数,户联系电话,家庭住址,脱贫属性\n");
        for (var i = 0; i < Households; i++)
            text.Append(CultureInfo.InvariantCulture, $"500231111200{i:000000},金钱村,王柏,3,190{0:0000}{i % 10000:0000},鹤游镇金钱村{i % 9 + 1}组,一般农户\n");
        return text.ToString();
    }

    private Process Start(string file) => Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
    {
        ArgumentList =
        {
            Path.Combine(AppContext.BaseDirectory, "Shouwang.Server.dll"), "import", file, "--area", "500231111", "--as-of", "2020-06-30",
            "--data", Path.Combine(_folder.FullName, "data"), "--policy", PolicyFolder.Find(), "--json",
        },
        RedirectStandardOutput = true, RedirectStandardError = true,
    })!;

    /// <summary>Until the import says that it runs.</summary>
    private async Task Running(Process import)
    {
        for (var patience = 0; patience < 1_200 && !import.HasExited; patience++)
        {
            if (File.Exists(Database) && Count("select count(*) from imports where state = 'Running'") == 1)
                return;
            await Task.Delay(50, Cancel);
        }
        Assert.Fail($"The import never ran: {await import.StandardError.ReadToEndAsync(Cancel)}");
    }

    private string Database => Path.Combine(_folder.FullName, "data", "shouwang.db");

    private long Count(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            // The tables are still being made.
            return -1;
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
