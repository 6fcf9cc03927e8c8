using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Modules.Imports.Recognition;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Tables;

namespace Shouwang.Modules.Imports;

// What pages and the command line show.
internal sealed partial class Intake
{
    private const int PreviewRows = 12;

    public async Task<Page<ImportSummary>> List(Actor actor, int skip, int take, CancellationToken cancel)
    {
        var visible = (await Visible(actor, Permissions.ImportsRead, cancel)).AsNoTracking();
        var rows = await visible.OrderByDescending(i => i.UploadedAt).ThenByDescending(i => i.Id).Skip(skip).Take(take).ToListAsync(cancel);
        var summaries = new List<ImportSummary>();
        foreach (var row in rows)
            summaries.Add(await Summary(row, cancel));
        return new(summaries, await visible.CountAsync(cancel));
    }

    public async Task<Outcome<ImportSummary>> Find(Actor actor, Guid import, CancellationToken cancel) =>
        await Visible(actor, Permissions.ImportsRead, import, cancel) is { } found ? await Summary(found, cancel) : Problems.NotFound;

    public async Task<Page<Finding>> Findings(Actor actor, Guid import, Verdict? verdict, int skip, int take, CancellationToken cancel)
    {
        if (await Visible(actor, Permissions.ImportsRead, import, cancel) is not { } found)
            return new([], 0);
        var findings = db.Set<ImportFinding>().AsNoTracking().Where(f => f.County == found.County && f.ImportId == import);
        if (verdict is { } wanted)
            findings = findings.Where(f => f.Verdict == wanted);
        var rows = await findings.OrderBy(f => f.Seq).Skip(skip).Take(take).ToListAsync(cancel);
        return new([.. rows.Select(f => Shown(f, found.FileName))], await findings.CountAsync(cancel));
    }

    private Finding Shown(ImportFinding f, string file) => new(
        f.ImportId, file, f.Sheet, f.RowNo, f.Col is { } column ? ColumnName.Of(column) : null, f.Heading, secrets.Decrypt(f.ValueEnc), f.Code, f.Verdict,
        new(f.ReasonZh, f.ReasonEn), new(f.RemedyZh, f.RemedyEn));

    public async Task<Outcome<ImportPreview>> Preview(Actor actor, Guid import, CancellationToken cancel)
    {
        if (await Visible(actor, Permissions.ImportsRead, import, cancel) is not { } found)
            return Problems.NotFound;
        var policy = await policies.For(new(found.Area), today.Day, cancel);
        var recogniser = new Recogniser(policy, await Learned(found.County, found.Sender, cancel));
        var wish = found.Proposals is null ? null : MappingFile.Parse(found.Proposals, policy) is { Succeeded: true } said ? said.Value.For(found.FileName) : null;
        var sheets = Sheets(new(found.FileName, found.ContentHash, found.Bytes), recogniser, wish);
        if (!sheets.Succeeded)
            return sheets.Problems.ToList();
        var likely = sheets.Value.Where(s => s.Best is not null).OrderByDescending(s => s.Best!.Score).Select(s => s.Best!.Feed.Kind).ToList();
        var kinds = policy.Feeds.OrderBy(f => likely.IndexOf(f.Kind) is >= 0 and var place ? place : int.MaxValue)
            .Select(f => new PreviewKind(f.Kind, f.Title, [.. f.Fields.Select(x => new PreviewField(x.Name, x.Title, x.Required))]));
        return new ImportPreview(await Summary(found, cancel), [.. kinds], [.. sheets.Value.Where(s => s.Top.Rows.Count > 0).Select(Sheet)]);
    }

    private static PreviewSheet Sheet(SheetRecognition sheet)
    {
        var rows = sheet.Top.Rows.Take(PreviewRows).Select(r => new PreviewRow(r.Number, [.. r.Cells.Select(c => c.Text)])).ToList();
        if (sheet.Best is not { } best)
            return Unknown(sheet.Top, rows);
        return new(sheet.Top.Sheet, best.Feed.Kind, sheet.Certain, best.Head.Top, best.Head.Bottom,
            [.. sheet.Mapping().Columns.Select(c => new PreviewColumn(ColumnName.Of(c.Column), c.Heading, c.Field, c.Guessed))], rows, [.. best.Missing.Select(f => f.Title)]);
    }

    // Nothing fits at all: the first row that may be a heading is offered, with every column to be named.
    private static PreviewSheet Unknown(SheetTop top, IReadOnlyList<PreviewRow> rows)
    {
        var head = top.Rows.FirstOrDefault(r => r.MayBeHeading) ?? top.Rows[0];
        return new(top.Sheet, null, false, head.Number, head.Number,
            [.. Enumerable.Range(0, top.Columns).Select(c => new PreviewColumn(ColumnName.Of(c), head.Text(c), null, false))], rows, []);
    }
}

/// <summary>Answers other modules about what imports refused.</summary>
internal sealed class ImportFindings(Platform.Storage.ShouwangDb db, Secrets secrets) : IImportFindings
{
    public async Task<IReadOnlyList<Finding>> Refusals(string county, string kind, IReadOnlyList<string> codes, CancellationToken cancel)
    {
        var rows = await (from i in db.Set<Import>()
                          join f in db.Set<ImportFinding>() on new { i.County, ImportId = i.Id } equals new { f.County, f.ImportId }
                          where i.County == county && i.Kind == kind && i.State == ImportState.Applied && f.Verdict == Verdict.Refused && codes.Contains(f.Code)
                          orderby i.AppliedAt, f.Seq
                          select new { Import = i, Finding = f }).AsNoTracking().ToListAsync(cancel);
        return [.. rows.Select(r => new Finding(
            r.Finding.ImportId, r.Import.FileName, r.Finding.Sheet, r.Finding.RowNo, r.Finding.Col is { } column ? ColumnName.Of(column) : null, r.Finding.Heading,
            secrets.Decrypt(r.Finding.ValueEnc), r.Finding.Code, r.Finding.Verdict, new(r.Finding.ReasonZh, r.Finding.ReasonEn),
            new(r.Finding.RemedyZh, r.Finding.RemedyEn)))];
    }
}
