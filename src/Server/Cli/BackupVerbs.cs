using System.CommandLine;
using Shouwang.Kernel;

namespace Shouwang.Server.Cli;

/// <summary><c>backup FILE</c> and <c>restore FILE</c>.</summary>
internal static class BackupVerbs
{
    private static readonly Argument<FileInfo> Target = new("file") { Description = "备份文件 / the backup file" };

    public static Command Backup { get; } = Make("backup", "把全部数据和文件备份到一个文件 / back up everything into one file", MakeBackup);

    public static Command Restore { get; } = Make("restore", "从备份恢复到空的数据文件夹或数据库 / restore into an empty folder or database", RestoreBackup);

    private static Command Make(string name, string description, Func<Run, CancellationToken, Task<int>> verb)
    {
        var command = new Command(name, description) { Target };
        command.SetAction((words, cancel) => Run.With(words, verb, cancel));
        return command;
    }

    private static async Task<int> MakeBackup(Run run, CancellationToken cancel)
    {
        var file = run.Words.GetValue(Target)!.FullName;
        var manifest = await ProgressBar.Show(run, new("备份", "Backing up"), p => run.Get<Platform.Backups.Backup>().Make(file, p, cancel));
        return await run.Answer(new { file, manifest.Rows, manifest.Files, manifest.Key }, new Text(
            $"已备份 {manifest.Rows.Values.Sum()} 行、{manifest.Files} 个文件到 {file}。密钥不在备份中，请另行妥善保管数据文件夹里的 key 文件，没有它个人信息无法还原。",
            $"{manifest.Rows.Values.Sum()} rows and {manifest.Files} files are in {file}. The key is not: keep the file 'key' of the data folder in another safe place; without it personal data cannot be read."));
    }

    private static async Task<int> RestoreBackup(Run run, CancellationToken cancel)
    {
        var restored = await ProgressBar.Show(run, new("恢复", "Restoring"),
            p => run.Get<Platform.Backups.Backup>().Restore(run.Words.GetValue(Target)!.FullName, p, cancel));
        return restored.Succeeded
            ? await run.Answer(new { restored.Value.Rows, restored.Value.Files }, new Text(
                $"已恢复 {restored.Value.Rows.Values.Sum()} 行、{restored.Value.Files} 个文件。", $"{restored.Value.Rows.Values.Sum()} rows and {restored.Value.Files} files were restored."))
            : await run.Refuse(restored.Problems);
    }
}
