using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Tables;

namespace Shouwang.Modules.Imports;

// What goes back to whoever sent a file: a marked copy, and the figures.
internal sealed partial class Intake
{
    public async Task<Outcome<string>> Report(Actor actor, Guid import, Stream to, CancellationToken cancel)
    {
        if (await Visible(actor, Permissions.ImportsRead, import, cancel) is not { } found)
            return Problems.NotFound;
        var findings = await db.Set<ImportFinding>().AsNoTracking().Where(f => f.County == found.County && f.ImportId == import)
            .OrderBy(f => f.Seq).ToListAsync(cancel);
        var opened = TableFile.Open(files.PathOf(found.ContentHash), found.FileName);
        if (!opened.Succeeded)
            return opened.Problems.ToList();
        using var file = opened.Value;
        // A finding about the whole row stands at its first cell.
        var notes = findings.Select(f => new CellNote(
            f.Sheet, f.RowNo, f.Col ?? 0, new($"{f.ReasonZh}。{f.RemedyZh}", $"{f.ReasonEn}. {f.RemedyEn}"),
            f.Verdict == Verdict.Refused ? NoteSeverity.Refused : NoteSeverity.Warned));
        if (await AnnotatedCopy.Write(file, notes, to, cancel) is { } problem)
            return problem;
        var name = Path.GetFileNameWithoutExtension(found.FileName);
        return file.Format == TableFormat.Xlsx && found.FileName.EndsWith(".xlsm", StringComparison.OrdinalIgnoreCase) ? $"{name}_核对.xlsm" : $"{name}_核对.xlsx";
    }

    public async Task<ImportResult> Result(Actor actor, IReadOnlyList<Guid> imports, CancellationToken cancel)
    {
        var found = await (await Visible(actor, Permissions.ImportsRead, cancel)).AsNoTracking().Where(i => imports.Contains(i.Id)).ToListAsync(cancel);
        var done = new List<ImportedFile>();
        var refusals = new List<RefusedCell>();
        foreach (var import in found.OrderBy(i => imports.ToList().IndexOf(i.Id)))
        {
            var c = import.Counts;
            done.Add(new(import.FileName, import.Kind, c.Rows, c.Accepted, c.Warned, c.Refused, c.ById + c.ByHousehold, c.ByName, c.Doubtful, c.Unmatched));
            if (import.Problem is not null && StoredProblem.Read(import.Problem) is var problem)
                refusals.Add(new(import.FileName, null, 0, null, null, problem.Code, problem.In(Language.Zh)));
            var refused = await db.Set<ImportFinding>().AsNoTracking()
                .Where(f => f.County == import.County && f.ImportId == import.Id && f.Verdict == Verdict.Refused).OrderBy(f => f.Seq).ToListAsync(cancel);
            refusals.AddRange(refused.Select(f => Shown(f, import.FileName))
                .Select(f => new RefusedCell(f.File, f.Sheet.Length == 0 ? null : f.Sheet, f.Row, f.Column, f.Value, f.Code, f.Reason.Zh)));
        }
        return new(done, refusals);
    }
}
