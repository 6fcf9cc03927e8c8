using System.CommandLine;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Tables;

namespace Shouwang.Server.Cli;

/// <summary><c>export households|leads FILE</c>: a list as a workbook, without numbers, phones or health; the audit trail keeps it.</summary>
internal static class ExportVerb
{
    private static readonly Argument<string> List = new("list") { Description = "households 或 leads / households or leads" };
    private static readonly Argument<FileInfo> Target = new("file") { Description = "要写的 .xlsx / the .xlsx to write" };

    public static Command Command { get; } = Make();

    private static Command Make()
    {
        List.AcceptOnlyFromAmong("households", "leads");
        var command = new Command("export", "把名单导出为表格 / write a list as a workbook") { List, Target };
        command.SetAction((words, cancel) => Run.With(words, Export, cancel));
        return command;
    }

    private static async Task<int> Export(Run run, CancellationToken cancel)
    {
        var area = await run.Area(cancel);
        if (!area.Succeeded)
            return await run.Refuse(area.Problems);
        var (list, file) = (run.Words.GetValue(List)!, run.Words.GetValue(Target)!.FullName);
        var db = run.Get<ShouwangDb>();
        // Logged before the first row is read: an export that breaks off was an export, too.
        db.Log("lists.exported", area.Value, list, "system", TimeProvider.System, new { list });
        await db.SaveChangesAsync(cancel);

        await using var stream = File.Create(file);
        await using var book = new WorkbookWriter(stream, $"守望 {list} {run.AsOf:yyyy-MM-dd}");
        var actor = Run.Operator(area.Value);
        var rows = list == "leads" ? await Leads(run, actor, book, cancel) : await Households(run, actor, book, cancel);
        await book.Finish(cancel);
        return await run.Answer(new { file, rows }, new Text($"已导出 {rows} 行到 {file}。", $"{rows} rows were written to {file}."));
    }

    private static async Task<int> Households(Run run, Actor actor, WorkbookWriter book, CancellationToken cancel)
    {
        await Start(run, book, new("农户", "Households"), cancel, new("户编号", "Household"), new("村", "Village"), new("组", "Group"), new("户主", "Head"), new("人口", "People"),
            new("脱贫属性", "Status"), new("监测类别", "Monitoring"));
        var (count, after) = (0, (string?)null);
        do
        {
            var page = await run.Get<IHouseholds>().List(actor, new(Area: actor.Area, After: after, Take: 500), cancel);
            foreach (var row in page.Rows)
            {
                book.Text(row.Code).Text(row.Village).Text(row.Group).Text(row.HeadName).Number(row.Size)
                    .Text(row.Status is { } status ? RegistryTerms.Of(status).In(run.Language) : null).Text(row.Monitored ? row.Category.ToString() : null);
                await book.EndRow(cancel);
                count++;
            }
            after = page.Next;
        }
        while (after is not null);
        return count;
    }

    private static async Task<int> Leads(Run run, Actor actor, WorkbookWriter book, CancellationToken cancel)
    {
        await Start(run, book, new("风险线索", "Leads"), cancel, new("线索", "Lead"), new("户编号", "Household"), new("村", "Village"), new("等级", "Level"), new("发现", "Opened"), new("期限", "Due"),
            new("规则", "Rules"));
        var leads = await run.Get<ILeads>().Open(actor, shadow: false, cancel);
        foreach (var lead in leads)
        {
            book.Text(lead.Code).Text(lead.Household).Text(lead.Village).Text(lead.Level.ToString()).Date(lead.Opened).Date(lead.Due).Text(string.Join(' ', lead.Rules));
            await book.EndRow(cancel);
        }
        return leads.Count;
    }

    private static ValueTask Start(Run run, WorkbookWriter book, Text name, CancellationToken cancel, params Text[] headings) =>
        book.StartSheet(name.In(run.Language), [.. headings.Select(h => new SheetColumn(h.In(run.Language)))], cancel);
}
