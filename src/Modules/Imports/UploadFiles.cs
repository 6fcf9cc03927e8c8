using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Modules.Imports.Recognition;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Tables;

namespace Shouwang.Modules.Imports;

// Storing files and finding out what they are.
internal sealed partial class Intake
{
    public async Task<Outcome<IReadOnlyList<ImportSummary>>> Upload(Actor actor, IReadOnlyList<FileGiven> given, ImportWishes wishes, CancellationToken cancel)
    {
        if (given.Count == 0)
            return Problems.NoFiles;
        if (wishes.Area.Level < AreaLevel.County || !actor.May(Permissions.ImportsRun, wishes.Area))
            return Problems.NotAllowed(wishes.Area.Digits);
        var policy = await policies.For(wishes.Area, today.Day, cancel);
        var mapping = wishes.Mapping is null ? null : (Outcome<MappingFile>?)MappingFile.Parse(wishes.Mapping, policy);
        if (mapping is { Succeeded: false } broken)
            return broken.Problems.ToList();

        var sender = wishes.Sender ?? actor.Department ?? wishes.Area.Digits;
        var recogniser = new Recogniser(policy, await Learned(wishes.Area.County.Digits, sender, cancel));
        var uploaded = new List<(Import Import, bool Repeated)>();
        foreach (var file in given)
        {
            var stored = await Arrival.Store(files, file, cancel);
            if (!stored.Succeeded)
                return stored.Problems.ToList();
            foreach (var one in stored.Value)
                uploaded.AddRange(await Recognise(one, actor, wishes.Area, sender, recogniser, mapping?.Value.For(one.Name), cancel));
        }
        await db.SaveChangesAsync(cancel);
        var summaries = new List<ImportSummary>();
        foreach (var (import, repeated) in uploaded.OrderBy(u => OrderOf(u.Import)).ThenBy(u => u.Import.Id))
            summaries.Add(await Summary(import, cancel, repeated));
        return summaries;
    }

    private async Task<List<(Import, bool)>> Recognise(
        StoredFile stored, Actor actor, AreaCode area, string sender, Recogniser recogniser, MappingWish? wish, CancellationToken cancel)
    {
        Import New() => new()
        {
            County = area.County.Digits, Id = Guid.CreateVersion7(Now), Area = area.Digits, FileName = stored.Name, ContentHash = stored.Hash, Bytes = stored.Length,
            Sender = sender, AsOfOn = today.Day, UploadedAt = Now, UploadedBy = actor.Name,
        };
        var found = Sheets(stored, recogniser, wish);
        var known = await db.Set<Import>().Where(i => i.County == area.County.Digits && i.ContentHash == stored.Hash).OrderByDescending(i => i.UploadedAt).ToListAsync(cancel);
        if (!found.Succeeded)
        {
            var failed = known.Find(i => i is { State: ImportState.Failed, Kind: null }) ?? db.Add(New()).Entity;
            (failed.State, failed.Problem) = (ImportState.Failed, StoredProblem.Write(found.Problems[0]));
            return [(failed, false)];
        }
        var imports = new List<(Import, bool)>();
        foreach (var sheets in found.Value.Where(s => s.Certain).GroupBy(s => s.Best!.Feed.Kind))
        {
            var (read, repeated) = (new FileMapping(sheets.Key, [.. sheets.Select(s => s.Mapping())]), false);
            var import = known.Find(i => i.Kind == sheets.Key && i.State == ImportState.Applied && i.MappingHash == read.Hash());
            if (import is not null)
                repeated = true;
            else
                import = known.Find(i => i.Kind == sheets.Key && i.State is not (ImportState.Applied or ImportState.Undone)) ?? db.Add(New()).Entity;
            if (!repeated && import.State != ImportState.Running)
                Recognised(import, read, [.. sheets]);
            if (wish is not null)
                await Remember(import, wish, sheets.First(), actor, cancel);
            imports.Add((import, repeated));
        }
        foreach (var doubtful in Doubtful(found.Value))
        {
            var import = known.Find(i => i.State == ImportState.NeedsMapping && i.Signature == SignatureOf(doubtful)) ?? db.Add(New()).Entity;
            (import.State, import.Signature, import.Problem) = (ImportState.NeedsMapping, SignatureOf(doubtful), StoredProblem.Write(Why(stored.Name, doubtful)));
            (import.AsOfOn, import.WindowFromOn, import.WindowToOn) = (doubtful.Dates.AsOf ?? today.Day, doubtful.Dates.WindowFrom, doubtful.Dates.WindowTo);
            imports.Add((import, false));
        }
        if (imports.Count == 0)
        {
            var empty = known.Find(i => i is { State: ImportState.Failed, Kind: null }) ?? db.Add(New()).Entity;
            (empty.State, empty.Problem) = (ImportState.Failed, StoredProblem.Write(Problems.Empty(stored.Name)));
            imports.Add((empty, false));
        }
        return imports;
    }

    private Outcome<List<SheetRecognition>> Sheets(StoredFile stored, Recogniser recogniser, MappingWish? wish)
    {
        var opened = TableFile.Open(files.PathOf(stored.Hash), stored.Name);
        if (!opened.Succeeded)
            return opened.Problems.ToList();
        using var file = opened.Value;
        return recogniser.Recognise(file, wish);
    }

    private void Recognised(Import import, FileMapping read, List<SheetRecognition> sheets)
    {
        var dates = sheets.Select(s => s.Dates).Aggregate((a, b) => a.Or(b));
        (import.Kind, import.State, import.Problem, import.Counts) = (read.Kind, ImportState.Recognised, null, ImportCounts.None);
        (import.Mapping, import.MappingHash, import.Signature) = (read.ToJson(), read.Hash(), SignatureOf(sheets[0]));
        (import.AsOfOn, import.WindowFromOn, import.WindowToOn) = (dates.AsOf ?? today.Day, dates.WindowFrom, dates.WindowTo);
    }

    // Where one sheet is clear, others count only when they look like data: code tables and instructions do not.
    private static IEnumerable<SheetRecognition> Doubtful(List<SheetRecognition> sheets)
    {
        var doubtful = sheets.Where(s => !s.Certain && s.Top.Rows.Count > 0).ToList();
        if (sheets.Exists(s => s.Certain))
            return doubtful.Where(s => s.Best is { } best && s.Top.Rows.Any(r => r.Number > best.Head.Bottom)
                && (best.Complete || best.Columns.Count >= 5 && best.Columns.Count * 2 >= best.Head.Columns.Count));
        return doubtful.Count == 0 ? [] : [doubtful.MaxBy(s => s.Best?.Score ?? decimal.MinValue)!];
    }

    private static Problem Why(string file, SheetRecognition sheet) => sheet switch
    {
        { Best: null or { Columns.Count: < 2 } } => Problems.UnknownKind(file),
        { Best.Missing.Count: > 0 } => Problems.MissingColumns(file, sheet.Best.Feed.Title, sheet.Best.Missing.Select(f => f.Title)),
        { Best.Complete: true, Second: not null } => Problems.Ambiguous(file, sheet.Best.Feed.Title, sheet.Second.Feed.Title),
        _ => Problems.UnknownKind(file),
    };

    private static string SignatureOf(SheetRecognition sheet) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', sheet.Best?.Head.Columns.Select(c => c.Key) ?? sheet.Top.Rows.Take(5).SelectMany(r => r.Cells.Select(c => c.Text))))))[..32];

    /// <summary>Says how a file is to be read, and remembers what was said about its headings for the sender.</summary>
    public async Task<Outcome<ImportSummary>> Map(Actor actor, Guid import, string mapping, CancellationToken cancel)
    {
        if (await Visible(actor, Permissions.ImportsRun, import, cancel) is not { } found)
            return Problems.NotFound;
        if (found.State is ImportState.Running or ImportState.Applied or ImportState.Undone)
            return Problems.Busy(found.FileName);
        var policy = await policies.For(new(found.Area), today.Day, cancel);
        var parsed = MappingFile.Parse(mapping, policy);
        if (!parsed.Succeeded)
            return parsed.Problems.ToList();
        if (parsed.Value.For(found.FileName) is not { } wish)
            return Problems.NotReady(found.FileName);
        var recogniser = new Recogniser(policy, await Learned(found.County, found.Sender, cancel));
        var sheets = Sheets(new(found.FileName, found.ContentHash, found.Bytes), recogniser, wish);
        if (!sheets.Succeeded)
            return sheets.Problems.ToList();
        var chosen = sheets.Value.Where(s => s.Certain).GroupBy(s => s.Best!.Feed.Kind).FirstOrDefault(g => wish.Kind is null || g.Key == wish.Kind)?.ToList();
        if (chosen is null)
            return sheets.Value.Where(s => s.Best is not null).MaxBy(s => s.Best!.Score) is { } nearest ? Why(found.FileName, nearest) : Problems.UnknownKind(found.FileName);
        found.Proposals = mapping;
        Recognised(found, new(chosen[0].Best!.Feed.Kind, [.. chosen.Select(s => s.Mapping())]), chosen);
        await Remember(found, wish, chosen[0], actor, cancel);
        await db.SaveChangesAsync(cancel);
        return await Summary(found, cancel);
    }

    private async Task Remember(Import import, MappingWish wish, SheetRecognition sheet, Actor actor, CancellationToken cancel)
    {
        var said = new Dictionary<string, string?>();
        foreach (var (name, field) in wish.Columns)
        {
            foreach (var head in Recogniser.Named(sheet.Best!.Head, name))
                said[head.Key] = field;
        }
        if (said.Count == 0)
            return;
        var json = JsonSerializer.Serialize(new LearnedMapping(sheet.Best!.Feed.Kind, said), JsonTexts.Options);
        var signature = SignatureOf(sheet);
        var known = await db.Set<RememberedMapping>().FindAsync([import.County, import.Sender, signature], cancel);
        if (known is null)
            db.Add(new RememberedMapping { County = import.County, Sender = import.Sender, Signature = signature, Mapping = json, AcceptedAt = Now, AcceptedBy = actor.Name });
        else
            (known.Mapping, known.AcceptedAt, known.AcceptedBy) = (json, Now, actor.Name);
    }
}
