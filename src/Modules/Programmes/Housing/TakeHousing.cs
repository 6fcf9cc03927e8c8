using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Programmes.Housing;

/// <summary>Takes in appraisals of houses. All stay, with their dates; a later file about the same plate corrects it.</summary>
internal sealed class TakeHousing(RecordFiles files) : IFeed
{
    public string Kind => "housing";

    public int Order => 42;

    public Task<IFeedRun> Begin(FeedIntake intake, CancellationToken cancel)
    {
        int plate = intake.Index("plate"), structure = intake.Index("structure"), built = intake.Index("built"), area = intake.Index("area"),
            grade = intake.Index("grade"), appraised = intake.Index("appraised"), lived = intake.Index("lived"), action = intake.Index("action"),
            planned = intake.Index("plan_end"), accepted = intake.Index("accepted"), remark = intake.Index("remark");

        return files.Begin(intake, new(HousingAppraisal.Table, "plate", Key, row =>
        [
            row.Text(plate), row.Text(structure), row.Whole(built), row.Exact(area), row.Text(grade) ?? "", row.Date(appraised),
            row.Flag(lived), row.Text(action), row.Date(planned), row.Date(accepted), row.Text(remark),
        ], Says));

        // An empty building says nothing about how the family lives.
        Said? Says(FeedRow row) => row.Flag(lived) is false ? null : new Said(null, row.Date(appraised) ?? intake.AsOf, new()
        {
            ["grade"] = row.Text(grade), ["unsafe"] = HouseGrades.IsUnsafe(row.Text(grade)) && row.Date(accepted) is null,
        });

        // A plate stays on the house through several appraisals, and each of them is a record.
        string? Key(FeedRow row) => row.Text(plate) is { } number ? $"{number}/{row.Date(appraised):yyyyMMdd}" : null;
    }

    public Task Undo(string county, Guid import, CancellationToken cancel) => files.Undo(HousingAppraisal.Table, county, import, cancel);
}
