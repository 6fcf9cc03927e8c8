using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Facts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

/// <summary>The household table 户表. A household that is there already is brought up to date.</summary>
internal sealed class HouseholdsFeed(ShouwangDb db, Door door, Areas areas, Withdrawal withdrawal) : IFeed
{
    public string Kind => "households";

    public int Order => 10;

    public async Task<IFeedRun> Begin(FeedIntake intake, CancellationToken cancel) => new Run(db, door, areas, intake,
        new(await areas.Of(intake.County, cancel)), await RegisterTables.IsEmpty(db, "households", intake.County, cancel));

    public Task Undo(string county, Guid import, CancellationToken cancel) =>
        withdrawal.Run(new(new(county), "system", import), import, cancel);

    private sealed class Run(ShouwangDb db, Door door, Areas areas, FeedIntake intake, VillageFinder villages, bool empty) : IFeedRun
    {
        private readonly int _code = intake.Index("hid");
        private readonly FeedSaid _said = new(Subject.Households, intake);
        private readonly RowsSeen _seen = new(intake);
        private readonly HashSet<string> _codes = [], _repeated = [];
        private readonly StatementContext _context = new(intake.Area, intake.Actor, intake.Import);
        private bool _begun;

        public Task Check(IReadOnlyList<FeedRow> chunk, CancellationToken cancel)
        {
            foreach (var row in chunk.Where(r => r.Verdict != Verdict.Refused))
            {
                if (Canonical.Of(row.Values[_code]) is not { } code)
                    row.Add(RegisterFindings.NoKey("hid"));
                else if (!_seen.Check(row, "hid", code))
                    _repeated.Add(code);
            }
            return Task.CompletedTask;
        }

        public async Task Take(IReadOnlyList<FeedRow> chunk, CancellationToken cancel)
        {
            if (!_begun)
                await areas.Keep(intake.County, cancel);
            _begun = true;
            var present = _said.Present(chunk);
            var incoming = chunk.Where(r => r.Verdict != Verdict.Refused)
                .Select(r => new Incoming(Canonical.Of(r.Values[_code])!, null, intake.Source, intake.FileName, intake.AsOf, _said.Of(r, present))).ToList();
            foreach (var one in incoming)
                _codes.Add(one.Code);
            await door.Households(_context, incoming, villages, empty, cancel);
        }

        /// <summary>Remembers numbers that the file held more than once, for the check of duplicate numbers (DQ-30).</summary>
        public async Task Finish(CancellationToken cancel)
        {
            var flagged = new List<string>();
            await db.Read("select code from households where county = @county and repeated_by is not null", row => flagged.Add(row.GetString(0)),
                cancel, ("@county", intake.County));
            await Flag(null, flagged.Where(c => _codes.Contains(c) && !_repeated.Contains(c)).ToList(), cancel);
            await Flag(intake.Import, _repeated.Except(flagged).ToList(), cancel);
        }

        private async Task Flag(Guid? import, List<string> codes, CancellationToken cancel)
        {
            if (codes.Count > 0)
                await db.Execute($"update households set repeated_by = @import where county = @county and {db.Among("code", "@codes")}", cancel,
                    ("@import", import), ("@county", intake.County), ("@codes", db.KeysOf(codes)));
        }
    }
}

internal static class RegisterTables
{
    /// <summary>True when the county has no row in the table, nor a retired code: then nothing has to be looked up.</summary>
    public static async Task<bool> IsEmpty(ShouwangDb db, string table, string county, CancellationToken cancel)
    {
        var empty = true;
        foreach (var one in (string[])[table, "retired_codes"])
            await db.Read($"select 1 from {one} where county = @county limit 1", _ => empty = false, cancel, ("@county", county));
        return empty;
    }
}
