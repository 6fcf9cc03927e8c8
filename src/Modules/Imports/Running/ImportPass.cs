using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Modules.Imports.Matching;
using Shouwang.Modules.Imports.Reading;
using Shouwang.Modules.Imports.Recognition;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Tables;

namespace Shouwang.Modules.Imports.Running;

/// <summary>What a pass over a file found.</summary>
internal sealed record PassResult(ImportCounts Counts, List<object?[]> Findings, List<object?[]> Waiting);

/// <summary>One pass over one file: read, match, check, take, inside the caller's transaction.</summary>
/// <remarks>One thread reads and parses, another matches and writes; between them lie at most two chunks.</remarks>
internal sealed class ImportPass(IFeed feed, FeedIntake intake, FileMapping mapping, PeopleIndex? people, VillageNames villages, Secrets secrets)
{
    /// <summary>Findings that are kept; a file with more is wrong as a whole, and its counts say so.</summary>
    private const int MostFindings = 200_000;

    private readonly RowSource _source = new(intake.Policy, intake.Definition, mapping);
    private readonly Dictionary<(string Sheet, string Field), MappedColumn> _columns = mapping.Sheets
        .SelectMany(s => s.Columns.Where(c => c.Field is not null).Select(c => (Key: (s.Sheet, c.Field!), Column: c)))
        .DistinctBy(c => c.Key).ToDictionary(c => c.Key, c => c.Column);
    private readonly List<object?[]> _findings = [];
    private readonly List<object?[]> _waiting = [];
    private ImportCounts _counts = ImportCounts.None;

    /// <exception cref="ImportStopped">The file cannot be read to its end.</exception>
    public async Task<PassResult> Run(TableFile file, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        var chunks = Channel.CreateBounded<List<FeedRow>>(new BoundedChannelOptions(2) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = Task.Run(() => Read(file, chunks.Writer, stop.Token), stop.Token);
        try
        {
            await Take(chunks.Reader, progress, cancel);
        }
        finally
        {
            // The file must not be closed under a reader that is still at it.
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return new(_counts, _findings, _waiting);
    }

    private async Task Read(TableFile file, ChannelWriter<List<FeedRow>> to, CancellationToken cancel)
    {
        try
        {
            foreach (var chunk in _source.Chunks(file))
                await to.WriteAsync(chunk, cancel);
            to.Complete();
        }
        catch (Exception e)
        {
            to.Complete(e);
        }
    }

    private async Task Take(ChannelReader<List<FeedRow>> chunks, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        var run = await feed.Begin(intake, cancel);
        var matching = people is null ? null : new PersonMatching(people, villages, _source.Shape);
        var watch = Stopwatch.StartNew();
        var rows = 0L;
        await foreach (var chunk in chunks.ReadAllAsync(cancel))
        {
            var fitting = Match(chunk, matching);
            await run.Check(chunk, cancel);
            var taken = new List<FeedRow>(chunk.Count);
            foreach (var row in chunk)
            {
                if (Count(row, fitting))
                    taken.Add(row);
            }
            await run.Take(taken, cancel);
            rows += chunk.Count;
            progress?.Report(new(intake.Import, intake.FileName, feed.Kind, rows, Rate(rows, watch.Elapsed), false));
        }
        await run.Finish(cancel);
        progress?.Report(new(intake.Import, intake.FileName, feed.Kind, rows, Rate(rows, watch.Elapsed), true));
    }

    private static long Rate(long rows, TimeSpan elapsed) => (long)(rows / Math.Max(0.001, elapsed.TotalSeconds));

    private static Dictionary<FeedRow, IReadOnlyList<MemberRef>>? Match(List<FeedRow> chunk, PersonMatching? matching)
    {
        if (matching is null)
            return null;
        var fitting = new Dictionary<FeedRow, IReadOnlyList<MemberRef>>(ReferenceEqualityComparer.Instance);
        foreach (var row in chunk.Where(r => r.Verdict != Verdict.Refused))
        {
            if (matching.Match(row) is { Count: > 0 } several)
                fitting[row] = several;
        }
        return fitting;
    }

    /// <summary>Counts a row and keeps what was found.</summary>
    /// <returns>Whether the feed takes it now.</returns>
    private bool Count(FeedRow row, Dictionary<FeedRow, IReadOnlyList<MemberRef>>? fitting)
    {
        foreach (var finding in row.Findings)
            Keep(row, finding);
        _counts = _counts with { Rows = _counts.Rows + 1 };
        if (row.Verdict == Verdict.Refused)
        {
            _counts = _counts with { Refused = _counts.Refused + 1 };
            return false;
        }
        if (row.Verdict == Verdict.Warned)
            _counts = _counts with { Warned = _counts.Warned + 1 };
        _counts = row.MatchedBy switch
        {
            MatchedBy.Id => _counts with { ById = _counts.ById + 1 },
            MatchedBy.HouseholdCode => _counts with { ByHousehold = _counts.ByHousehold + 1 },
            MatchedBy.NameBirthVillage or MatchedBy.Phone or MatchedBy.PhoneAndName or MatchedBy.NameVillage => _counts with { ByName = _counts.ByName + 1 },
            MatchedBy.Doubtful => _counts with { Doubtful = _counts.Doubtful + 1 },
            MatchedBy.Unmatched => _counts with { Unmatched = _counts.Unmatched + 1 },
            MatchedBy.None => _counts,
        };
        if (feed.KeepsUnmatched || row.MatchedBy is not (MatchedBy.Doubtful or MatchedBy.Unmatched))
            return true;
        _waiting.Add(Waiting(row, fitting?.GetValueOrDefault(row) ?? []));
        return feed.CountsUnmatched;
    }

    private void Keep(FeedRow row, RowFinding finding)
    {
        if (_findings.Count >= MostFindings)
            return;
        var column = finding.Field is { } field ? _columns.GetValueOrDefault((row.Sheet, field)) : null;
        var text = column is null ? null : row.Texts[intake.Index(finding.Field!)];
        _findings.Add([
            intake.County, intake.Import, _findings.Count + 1, row.Sheet, row.Number, column?.Column, column?.Heading, finding.Field,
            secrets.Encrypt(text), finding.Code, finding.Verdict.ToString(), finding.Reason.Zh, finding.Reason.En, finding.Remedy.Zh, finding.Remedy.En,
        ]);
    }

    private object?[] Waiting(FeedRow row, IReadOnlyList<MemberRef> several)
    {
        var village = _source.Shape.Village >= 0 && row.Values[_source.Shape.Village] is AreaCode code && intake.Area.County.Contains(code) ? code : intake.Area;
        var stored = JsonSerializer.Serialize(StoredRow.Of(row, intake.Definition), JsonTexts.Options);
        return [
            intake.County, Guid.CreateVersion7(), intake.Import, village.Digits, row.Sheet, row.Number,
            (several.Count > 0 ? MatchState.Doubtful : MatchState.Unmatched).ToString(), string.Join(',', several.Select(m => m.Id)), secrets.Encrypt(stored),
        ];
    }

    /// <summary>Writes what a pass found, in the open transaction.</summary>
    public static async Task Store(ShouwangDb db, PassResult result, CancellationToken cancel)
    {
        await new BulkInsert(db, "import_findings",
            ("county", ColumnType.Text), ("import_id", ColumnType.Uuid), ("seq", ColumnType.Integer), ("sheet", ColumnType.Text), ("row_no", ColumnType.Integer),
            ("col", ColumnType.Integer), ("heading", ColumnType.Text), ("field", ColumnType.Text), ("value_enc", ColumnType.Bytes), ("code", ColumnType.Text),
            ("verdict", ColumnType.Text), ("reason_zh", ColumnType.Text), ("reason_en", ColumnType.Text), ("remedy_zh", ColumnType.Text), ("remedy_en", ColumnType.Text))
            .Write(result.Findings, cancel);
        await new BulkInsert(db, "import_matches",
            ("county", ColumnType.Text), ("id", ColumnType.Uuid), ("import_id", ColumnType.Uuid), ("area", ColumnType.Text), ("sheet", ColumnType.Text),
            ("row_no", ColumnType.Integer), ("state", ColumnType.Text), ("candidates", ColumnType.Text), ("row_enc", ColumnType.Bytes))
            .Write(result.Waiting, cancel);
    }
}
