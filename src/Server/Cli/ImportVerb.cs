using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Platform.Plugins;

namespace Shouwang.Server.Cli;

/// <summary><c>import FILE…</c>: recognises, checks and takes in files, each all or nothing. Asks nothing when everything is recognised.</summary>
internal static class ImportVerb
{
    private static readonly Argument<FileInfo[]> Given = new("files") { Description = "文件 / files", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<FileInfo?> Mapping = new("--mapping") { Description = "列对应文件，见 docs/cli.md / a mapping file that says what the columns are" };
    private static readonly Option<string?> Sender = new("--sender") { Description = "报送单位，用于记住列对应 / who sent the files, for remembered mappings" };

    private static readonly Option<DirectoryInfo?> Reports = new("--reports") { Description = "把标出问题单元格的副本写到此文件夹 / folder for copies of the files with the doubtful cells marked" };

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        var command = new Command("import", "导入县乡和部门的表格 / take in the files of a county and its departments") { Given, Mapping, Sender, Reports };
        command.SetAction((words, cancel) => Run.With(words, Import, cancel));
        return command;
    }

    private static async Task<int> Import(Run run, CancellationToken cancel)
    {
        var area = await run.Area(cancel);
        if (!area.Succeeded)
            return await run.Refuse(area.Problems);
        var files = run.Words.GetValue(Given)!;
        var map = run.Words.GetValue(Mapping);
        if (files.Append(map).OfType<FileInfo>().Where(f => !f.Exists).ToList() is { Count: > 0 } absent)
            return await run.Refuse([.. absent.Select(f => new Problem("cli.no-file", 404, new($"文件不存在：{f}", $"There is no such file: {f}"), new("请核对路径。", "Check the path.")))]);

        var imports = run.Get<IImports>();
        var actor = Run.Operator(area.Value);
        await imports.Recover(actor.County, cancel);
        var mapping = map is null ? null : await File.ReadAllTextAsync(map.FullName, cancel);
        var uploaded = await imports.Upload(actor, [.. files.Select(f => new FileGiven(f.Name, f.OpenRead))], new(area.Value, mapping, run.Words.GetValue(Sender)), cancel);
        if (!uploaded.Succeeded)
            return await run.Refuse(uploaded.Problems);

        var unclear = uploaded.Value.Where(i => i.State is ImportState.NeedsMapping or ImportState.Failed).ToList();
        if (unclear.Count > 0)
            return await run.Refuse([.. unclear.Select(i => i.Problem ?? NeedsMapping(i))]);
        var applied = await ProgressBar.Show(run, new("导入", "Importing"), progress =>
            imports.Apply(actor, [.. uploaded.Value.Select(i => i.Id)], progress is null ? null : new Rows(progress, uploaded.Value.Count), cancel));
        if (!applied.Succeeded)
            return await run.Refuse(applied.Problems);
        if (run.Words.GetValue(Reports) is { } folder)
            await Report(imports, actor, applied.Value, folder, cancel);
        return await Answer(run, imports, actor, applied.Value, cancel);
    }

    // A copy for each file in which something was found, to be corrected and sent again.
    private static async Task Report(IImports imports, Platform.Security.Actor actor, IReadOnlyList<ImportSummary> applied, DirectoryInfo folder, CancellationToken cancel)
    {
        folder.Create();
        foreach (var import in applied.Where(i => i.Counts.Refused + i.Counts.Warned > 0))
        {
            using var copy = new MemoryStream();
            if (await imports.Report(actor, import.Id, copy, cancel) is { Succeeded: true, Value: var name })
                await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), copy.ToArray(), cancel);
        }
    }

    private static async Task<int> Answer(Run run, IImports imports, Platform.Security.Actor actor, IReadOnlyList<ImportSummary> applied, CancellationToken cancel)
    {
        var refusals = new List<Finding>();
        foreach (var import in applied)
            refusals.AddRange((await imports.Findings(actor, import.Id, Verdict.Refused, 0, int.MaxValue, cancel)).Items);
        var failed = applied.Where(i => i.State == ImportState.Failed).Select(i => i.Problem!).ToList();
        foreach (var problem in failed)
            await run.Warn(problem);
        var answer = await run.Answer(
            new
            {
                files = applied.Select(i => new
                {
                    file = i.FileName, kind = i.Kind, rows = i.Counts.Rows, accepted = i.Counts.Accepted, warned = i.Counts.Warned, refused = i.Counts.Refused,
                    matchedById = i.Counts.ById, matchedByNameBirthVillage = i.Counts.ByName, doubtful = i.Counts.Doubtful, unmatched = i.Counts.Unmatched,
                    matchedByHousehold = i.Counts.ByHousehold, repeated = i.Repeated, state = i.State.ToString().ToLowerInvariant(),
                }),
                refusals = refusals.Select(f => new { file = f.File, sheet = f.Sheet, row = f.Row, column = f.Column, value = f.Value, code = f.Code, reason = f.Reason, remedy = f.Remedy }),
            },
            [.. applied.Select(Line), .. refusals.Select(Line)]);
        return failed.Count > 0 ? Commands.Refused : answer;
    }

    private static Text Line(ImportSummary i) => i.Repeated
        ? new($"{i.FileName}：内容此前已导入，没有变化。", $"{i.FileName}: was taken in before; nothing changed.")
        : new($"{i.FileName}（{i.KindTitle?.Zh}）：{i.Counts.Rows} 行，接受 {i.Counts.Accepted}（其中提示 {i.Counts.Warned}），退回 {i.Counts.Refused}；按证件匹配 {i.Counts.ById}，按姓名生日村匹配 {i.Counts.ByName}，待裁定 {i.Counts.Doubtful}，未匹配 {i.Counts.Unmatched}",
            $"{i.FileName} ({i.KindTitle?.En}): {i.Counts.Rows} rows, {i.Counts.Accepted} accepted ({i.Counts.Warned} with warnings), {i.Counts.Refused} refused; {i.Counts.ById} matched by number, {i.Counts.ByName} by name, birth date and village, {i.Counts.Doubtful} doubtful, {i.Counts.Unmatched} unmatched");

    private static Text Line(Finding f) => new(
        $"  {f.File} {f.Sheet} 第{f.Row}行{f.Column}列“{f.Value}”：{f.Reason.Zh} {f.Remedy.Zh}", $"  {f.File} {f.Sheet} row {f.Row} column {f.Column} \"{f.Value}\": {f.Reason.En} {f.Remedy.En}");

    private static Problem NeedsMapping(ImportSummary i) => new("imports.needs-mapping", 422,
        new($"{i.FileName}：不能确定各列的含义。", $"{i.FileName}: it is not certain what the columns mean."),
        new("请用 --mapping 指定列对应文件，或在“导入”页面上选择。", "Give a mapping file with --mapping, or choose on the page 'Imports'."));

    /// <summary>Files of a batch count alike; within one file the number of rows is not known before its end.</summary>
    private sealed class Rows(IProgress<double> bar, int files) : IProgress<ImportProgress>
    {
        private int _done;

        public void Report(ImportProgress value)
        {
            if (value.Done)
                bar.Report((double)++_done / files);
        }
    }
}
