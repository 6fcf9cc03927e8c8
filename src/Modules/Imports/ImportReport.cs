using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
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
}
