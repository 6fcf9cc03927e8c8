using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>The list of self-reports 农户自主申报 that the hot line, villages and the QR page collected elsewhere.</summary>
/// <remarks>A row nobody can be found for stays, unmatched: an anonymous complaint is still a complaint.</remarks>
internal sealed class TakeReports(ShouwangDb db, IPeople people, IHouseholds households, PersonReports reports) : IFeed
{
    public string Kind => "reports";

    public int Order => 90;

    public bool KeepsUnmatched => true;

    public async Task<IFeedRun> Begin(FeedIntake intake, CancellationToken cancel) =>
        new Run(intake, await people.Load(intake.County, cancel), households, reports);

    public async Task Undo(string county, Guid import, CancellationToken cancel)
    {
        // Leads that people already saw stay; only the reports that came with the file go.
        await db.Execute("delete from public_reports where county = @county and import_id = @import", cancel, ("@county", county), ("@import", import));
    }

    private sealed class Run(FeedIntake intake, PeopleIndex index, IHouseholds households, PersonReports reports) : IFeedRun
    {
        private readonly int _name = intake.Index("name"), _phone = intake.Index("phone"), _village = intake.Index("village"),
            _text = intake.Index("text"), _channel = intake.Index("channel"), _date = intake.Index("date");

        public Task Check(IReadOnlyList<FeedRow> chunk, CancellationToken cancel)
        {
            foreach (var row in chunk)
                (row.Household, row.MatchedBy) = Match(row);
            return Task.CompletedTask;
        }

        public async Task Take(IReadOnlyList<FeedRow> chunk, CancellationToken cancel)
        {
            var found = await households.Refs(intake.County, [.. chunk.Select(r => r.Household).OfType<Guid>().Distinct()], cancel);
            foreach (var row in chunk.Where(r => r.Verdict != Verdict.Refused))
            {
                var words = (string?)row.Values[_text] ?? "";
                var household = row.Household is { } id ? found.GetValueOrDefault(id) : null;
                await reports.Store(Area(row), household, row.MatchedBy, (string?)row.Values[_name], (string?)row.Values[_phone], ReportSubjects.Guess(words), words,
                    (string?)row.Values[_channel] ?? "file", row.Values[_date] as DateOnly? ?? intake.AsOf, null, intake.Import, row.Number, cancel);
            }
        }

        public Task Finish(CancellationToken cancel) => Task.CompletedTask;

        private AreaCode Area(FeedRow row) => row.Values[_village] is AreaCode village ? village : intake.Area;

        private (Guid?, MatchedBy) Match(FeedRow row)
        {
            var (name, phone) = ((string?)row.Values[_name], (string?)row.Values[_phone]);
            var byPhone = phone is null ? [] : index.HouseholdsByPhone(phone).Select(h => h.Id).Concat(index.ByPhone(phone).Select(m => m.HouseholdId)).Distinct().ToList();
            var area = Area(row);
            List<Guid> byName = name is null || area.Level != AreaLevel.Village ? [] : [.. index.ByHead(name, area).Select(h => h.Id)];
            return ReportMatch.Decide(byPhone, byName, area.Level == AreaLevel.Village);
        }
    }
}
