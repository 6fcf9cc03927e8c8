using System.Globalization;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Facts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

/// <summary>The member table 人员表. A member who is there already is brought up to date, whichever household lists them now.</summary>
internal sealed class MembersFeed(ShouwangDb db, Secrets secrets, Door door, Withdrawal withdrawal) : IFeed
{
    public string Kind => "members";

    public int Order => 20;

    public async Task<IFeedRun> Begin(FeedIntake intake, CancellationToken cancel) =>
        new Run(db, secrets, door, intake, await RegisterTables.IsEmpty(db, "members", intake.County, cancel));

    public Task Undo(string county, Guid import, CancellationToken cancel) =>
        withdrawal.Run(new(new(county), "system", import), import, cancel);

    private sealed class Run(ShouwangDb db, Secrets secrets, Door door, FeedIntake intake, bool empty) : IFeedRun
    {
        private readonly int _household = intake.Index("hid"), _code = intake.Index("pid"), _name = intake.Index("name"),
            _number = intake.Index("cert_no"), _birth = intake.Index("birth");

        private readonly FeedSaid _said = new(Subject.Members, intake, "head_name", "village");
        private readonly RowsSeen _seen = new(intake);
        private readonly HashSet<Guid> _founded = [];
        private readonly Dictionary<string, int> _given = [];
        private readonly StatementContext _context = new(intake.Area, intake.Actor, intake.Import);

        public async Task Check(IReadOnlyList<FeedRow> chunk, CancellationToken cancel)
        {
            var standing = chunk.Where(r => r.Verdict != Verdict.Refused).ToList();
            var homes = await door.Homes(intake.County, standing.Select(r => Canonical.Of(r.Values[_household])), cancel);
            foreach (var row in standing)
            {
                if (Canonical.Of(row.Values[_household]) is not { } household)
                    row.Add(RegisterFindings.NoKey("hid"));
                else if (row.Values[_name] is null && row.Values[_number] is null && !row.IdDamaged)
                    row.Add(RegisterFindings.NoPerson("name"));
                else if (!homes.ContainsKey(household))
                    row.Add(RegisterFindings.UnknownHousehold("hid"));
                else if (Canonical.Of(row.Values[_code]) is { } code)
                    _seen.Check(row, "pid", code);
            }
            await GiveCodes([.. standing.Where(r => r.Verdict != Verdict.Refused && r.Values[_code] is null)], homes, cancel);
        }

        public async Task Take(IReadOnlyList<FeedRow> chunk, CancellationToken cancel)
        {
            var present = _said.Present(chunk);
            var incoming = chunk.Where(r => r.Verdict != Verdict.Refused)
                .Select(r => new Incoming(Canonical.Of(r.Values[_code])!, null, intake.Source, intake.FileName, intake.AsOf, _said.Of(r, present))).ToList();
            await door.Members(_context, incoming, _founded, empty, cancel);
        }

        public Task Finish(CancellationToken cancel) => Task.CompletedTask;

        /// <summary>
        /// A file without member numbers: the number a person of the household has already, by id or by name and birth date, or the
        /// next one of the household: its code and two digits, as registers number their members.
        /// </summary>
        private async Task GiveCodes(List<FeedRow> rows, Dictionary<string, Home> homes, CancellationToken cancel)
        {
            if (rows.Count == 0)
                return;
            var known = new Dictionary<string, List<(string Code, string? Id, string? Name, string? Birth)>>();
            await db.Read($"select household_code, code, id_hash, name, birth from members where county = @county and {db.Among("household_id", "@ids")}", row =>
            {
                if (!known.TryGetValue(row.GetString(0), out var members))
                    known.Add(row.GetString(0), members = []);
                members.Add((row.GetString(1), row.IsDBNull(2) ? null : Convert.ToHexString((byte[])row.GetValue(2)),
                    row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4)));
            }, cancel, ("@county", intake.County), ("@ids", db.KeysOf(homes.Values.Select(h => h.Id))));

            foreach (var row in rows)
            {
                var household = Canonical.Of(row.Values[_household])!;
                var members = known.GetValueOrDefault(household) ?? [];
                var (number, name, birth) = (Canonical.Of(row.Values[_number]), Canonical.Of(row.Values[_name]), Canonical.Of(row.Values[_birth]));
                var id = number is null ? null : Convert.ToHexString(secrets.Hash(number.Length > 18 ? number[..18] : number)!);
                var code = members.FirstOrDefault(m => id is not null && m.Id == id).Code
                    ?? members.FirstOrDefault(m => m.Name == name && m.Birth == birth && (m.Id is null || id is null)).Code
                    ?? Next(household, members.Select(m => m.Code));
                row.Values[_code] = code;
                row.Add(RegisterFindings.CodeGiven("pid", code));
                _seen.Check(row, "pid", code);
            }
        }

        private string Next(string household, IEnumerable<string> taken)
        {
            var last = _given.GetValueOrDefault(household);
            foreach (var code in taken)
            {
                if (code.StartsWith(household, StringComparison.Ordinal)
                    && int.TryParse(code.AsSpan(household.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var order))
                    last = Math.Max(last, order);
            }
            _given[household] = ++last;
            return string.Create(CultureInfo.InvariantCulture, $"{household}{last:00}");
        }
    }
}
