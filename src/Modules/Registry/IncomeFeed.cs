using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Facts;
using Shouwang.Modules.Registry.Income;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

/// <summary>The income and expenditure table 收支表: one sheet a household over twelve months.</summary>
internal sealed partial class IncomeFeed(ShouwangDb db, Secrets secrets, Door door, TimeProvider clock) : IFeed
{
    private static readonly string[] StatedFields = ["A", "B", "C", "D", "D5", "D6", "E", "gross", "net", "net_pc", "ref", "ref_pc", "size"];

    public string Kind => "income";

    public int Order => 30;

    public async Task<IFeedRun> Begin(FeedIntake intake, CancellationToken cancel)
    {
        var empty = true;
        await db.Read("select 1 from income_sheets where county = @county limit 1", _ => empty = false, cancel, ("@county", intake.County));
        return new Run(db, secrets, door, clock, intake, empty);
    }

    public async Task Undo(string county, Guid import, CancellationToken cancel)
    {
        var touched = new List<Guid>();
        await db.Read("select distinct household_id from income_sheets where county = @county and import_id = @import",
            row => touched.Add(row.GetGuid(0)), cancel, ("@county", county), ("@import", import));
        await db.Execute("delete from income_sheets where county = @county and import_id = @import", cancel, ("@county", county), ("@import", import));
        await db.MarkDirty(county, touched, clock, cancel);
    }

    /// <summary>The months the sheets cover: as the title says, else as the file's name says, else the twelve before as-of.</summary>
    internal static (DateOnly From, DateOnly To) WindowOf(FeedIntake intake)
    {
        if (intake.Window is { } stated)
            return stated;
        if (InName().Match(intake.FileName) is { Success: true } months
            && DateOnly.TryParseExact(months.Groups[1].Value + "01", "yyyyMMdd", out var from)
            && DateOnly.TryParseExact(months.Groups[2].Value + "01", "yyyyMMdd", out var last) && from <= last)
            return (from, last.AddMonths(1).AddDays(-1));
        var month = new DateOnly(intake.AsOf.Year, intake.AsOf.Month, 1);
        return (month.AddMonths(-12), month.AddDays(-1));
    }

    [GeneratedRegex(@"(?<!\d)(20\d{4})\s*[-–—_至到]\s*(20\d{4})(?!\d)")]
    private static partial Regex InName();

    private sealed class Run(ShouwangDb db, Secrets secrets, Door door, TimeProvider clock, FeedIntake intake, bool empty) : IFeedRun
    {
        private readonly Dictionary<string, int> _fields = intake.Definition.Fields.Select((f, i) => (f.Name, i)).ToDictionary(f => f.Name, f => f.i);
        private readonly int _code = intake.Index("hid");
        private readonly (DateOnly From, DateOnly To) _window = WindowOf(intake);
        private readonly RowsSeen _seen = new(intake);
        private Dictionary<string, Home> _homes = [];

        public async Task Check(IReadOnlyList<FeedRow> chunk, CancellationToken cancel)
        {
            _homes = await door.Homes(intake.County, chunk.Select(r => Canonical.Of(r.Values[_code])), cancel);
            foreach (var row in chunk.Where(r => r.Verdict != Verdict.Refused))
            {
                if (Canonical.Of(row.Values[_code]) is not { } code)
                    row.Add(RegisterFindings.NoKey("hid"));
                else if (!_homes.ContainsKey(code))
                    row.Add(RegisterFindings.UnknownHousehold("hid"));
                else
                    _seen.Check(row, "hid", code);
            }
        }

        public async Task Take(IReadOnlyList<FeedRow> chunk, CancellationToken cancel)
        {
            var rows = chunk.Where(r => r.Verdict != Verdict.Refused).ToList();
            if (!rows.All(r => _homes.ContainsKey(Canonical.Of(r.Values[_code])!)))
                _homes = await door.Homes(intake.County, rows.Select(r => Canonical.Of(r.Values[_code])), cancel);
            var present = Present(chunk);
            var last = await LastOnes(rows, cancel);
            var (sheets, touched) = (new List<object?[]>(rows.Count), new List<Guid>(rows.Count));
            foreach (var row in rows)
            {
                var household = _homes[Canonical.Of(row.Values[_code])!].Id;
                var sheet = Sheet(household, row, present);
                if (last.TryGetValue(household, out var hash) && hash.AsSpan().SequenceEqual((byte[])sheet[^1]!))
                    continue;
                sheets.Add(sheet);
                touched.Add(household);
            }
            if (sheets.Count == 0)
                return;
            await new BulkInsert(db, "income_sheets", IncomeAccounts.Stored).Write(sheets, cancel);
            await db.MarkDirty(intake.County, touched, clock, cancel);
        }

        public Task Finish(CancellationToken cancel) => Task.CompletedTask;

        private object?[] Sheet(Guid household, FeedRow row, HashSet<string> present)
        {
            var (items, totals) = IncomeItems.AddUp(code => Amount(row, code), present.Contains);
            var stated = StatedFields.Where(f => Amount(row, f) is not null).ToDictionary(f => f, f => Amount(row, f)!.Value);
            var (claim, selfPaid, previous) = (Amount(row, "claim") ?? 0, Amount(row, "oop") ?? 0, Canonical.Of(Amount(row, "prev_pc")));
            var (itemsText, statedText) = (JsonSerializer.Serialize(items.ToDictionary(i => i.Key, i => i.Value.Fen)), JsonSerializer.Serialize(stated));
            var content = string.Create(CultureInfo.InvariantCulture, $"{intake.AsOf:yyyy-MM-dd}|{itemsText}|{statedText}|{claim}|{selfPaid}|{previous}");
            return
            [
                intake.County, Guid.CreateVersion7(), household, _window.From, _window.To, "yearly", intake.Source, intake.AsOf,
                clock.GetUtcNow().ToUnixTimeMilliseconds(), intake.Actor, intake.Import, itemsText, statedText,
                totals["A"].Fen, totals["B"].Fen, totals["C"].Fen, totals["D"].Fen, totals["E"].Fen,
                Money.FromYuan(claim).Fen, Money.FromYuan(selfPaid).Fen, previous, secrets.Hash(content),
            ];
        }

        /// <summary>What each household's last sheet for the same months holds.</summary>
        private async Task<Dictionary<Guid, byte[]>> LastOnes(List<FeedRow> rows, CancellationToken cancel)
        {
            var last = new Dictionary<Guid, byte[]>();
            if (!empty)
                await db.Read($"""
                    select household_id, content_hash from income_sheets
                    where county = @county and to_on = @to and from_on = @from and source = @source and {db.Among("household_id", "@ids")}
                    order by recorded_at, id
                    """, row => last[row.GetGuid(0)] = (byte[])row.GetValue(1), cancel, ("@county", intake.County), ("@to", _window.To),
                    ("@from", _window.From), ("@source", intake.Source), ("@ids", db.KeysOf(rows.Select(r => _homes[Canonical.Of(r.Values[_code])!].Id))));
            return last;
        }

        private HashSet<string> Present(IReadOnlyList<FeedRow> chunk) =>
            [.. _fields.Where(f => chunk.Any(r => r.Texts[f.Value] is not null || r.Values[f.Value] is not null)).Select(f => f.Key)];

        private decimal? Amount(FeedRow row, string field) => _fields.TryGetValue(field, out var at) ? row.Values[at] switch
        {
            decimal yuan => yuan,
            long whole => whole,
            _ => null,
        } : null;
    }
}
