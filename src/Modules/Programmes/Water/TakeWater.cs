using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Programmes.Water;

/// <summary>Takes in surveys of drinking water. Earlier surveys stay, with their dates.</summary>
internal sealed class TakeWater(RecordFiles files) : IFeed
{
    public string Kind => "water";

    public int Order => 43;

    public Task<IFeedRun> Begin(FeedIntake intake, CancellationToken cancel)
    {
        int household = intake.Index("hid"), supply = intake.Index("supply"), piped = intake.Index("piped"), litres = intake.Index("litres"),
            shortArea = intake.Index("short_area"), quality = intake.Index("quality"), tested = intake.Index("tested"),
            minutes = intake.Index("minutes"), horizontal = intake.Index("horiz"), vertical = intake.Index("vert"),
            daysShort = intake.Index("days_short"), seasonal = intake.Index("seasonal"), surveyed = intake.Index("surveyed");

        return files.Begin(intake, new(WaterSurvey.Table, "hid", Key, row =>
        [
            row.Text(supply), row.Flag(piped), row.Exact(litres), row.Flag(shortArea), row.Text(quality), row.Date(tested),
            row.RoundedUp(minutes), row.RoundedUp(horizontal), row.RoundedUp(vertical), row.RoundedUp(daysShort), row.Flag(seasonal),
            row.Date(surveyed),
        ], Says));

        Said? Says(FeedRow row)
        {
            var day = row.Date(surveyed) ?? intake.AsOf;
            var found = new WaterFindings(
                row.Number(litres), row.Flag(shortArea), row.Text(quality), row.Date(tested), row.Flag(piped), row.RoundedUp(minutes),
                row.RoundedUp(horizontal), row.RoundedUp(vertical), row.RoundedUp(daysShort));
            return found.IsSafe(day) is { } safe ? new Said(null, day, new() { ["water_solved"] = safe }) : null;
        }

        string? Key(FeedRow row) => row.Text(household) is { } code ? $"{code}/{row.Date(surveyed) ?? intake.AsOf:yyyyMMdd}" : null;
    }

    public Task Undo(string county, Guid import, CancellationToken cancel) => files.Undo(WaterSurvey.Table, county, import, cancel);
}
