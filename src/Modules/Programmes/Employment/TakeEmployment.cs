using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Programmes.Employment;

/// <summary>Takes in the labour office's list of working people: the full list of a township as of a day.</summary>
internal sealed class TakeEmployment(RecordFiles files, Secrets secrets) : IFeed
{
    public string Kind => "employment";

    public int Order => 46;

    public Task<IFeedRun> Begin(FeedIntake intake, CancellationToken cancel)
    {
        int id = intake.Index("idno"), place = intake.Index("place"), months = intake.Index("months"),
            state = intake.Index("state"), unemployed = intake.Index("unemployed_since"), returned = intake.Index("returned"),
            again = intake.Index("reemployed"), post = intake.Index("post_type"), postEnd = intake.Index("post_end");

        return files.Begin(intake, new(EmploymentRecord.Table, "idno", row => secrets.KeyOf(row.Text(id)),
            row =>
            [
                row.Text(place), row.Whole(months), row.Text(state), row.Date(unemployed),
                row.Date(returned), row.Flag(again), row.Text(post), row.Date(postEnd),
            ], Says));

        Said? Says(FeedRow row) =>
            row.Text(post) is { } kind && row.Member is not null ? new Said(row.Member, intake.AsOf, new() { ["post_type"] = kind }) : null;
    }

    public Task Undo(string county, Guid import, CancellationToken cancel) => files.Undo(EmploymentRecord.Table, county, import, cancel);
}
