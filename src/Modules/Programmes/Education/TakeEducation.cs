using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Programmes.Education;

/// <summary>Takes in the education office's list of pupils: the full list of a township as of a day.</summary>
internal sealed class TakeEducation(RecordFiles files, Secrets secrets) : IFeed
{
    public string Kind => "education";

    public int Order => 41;

    public Task<IFeedRun> Begin(FeedIntake intake, CancellationToken cancel)
    {
        int registration = intake.Index("reg_no"), school = intake.Index("school"),
            stage = intake.Index("stage"), state = intake.Index("state"), outside = intake.Index("out_county"), letter = intake.Index("letter"),
            absent = intake.Index("absent"), reason = intake.Index("absent_reason"), lessons = intake.Index("home_lessons"),
            cost = intake.Index("cost"), aidKind = intake.Index("aid_item"), aid = intake.Index("aid");

        return files.Begin(intake, new(Enrolment.Table, "reg_no", row => secrets.KeyOf(row.Text(registration)),
            row =>
            [
                secrets.Encrypt(row.Text(registration)), row.Text(school), row.Text(stage),
                row.Text(state) ?? "", row.Flag(outside), row.Flag(letter), row.Whole(absent), row.Text(reason) is not null,
                row.Whole(lessons), row.Fen(cost), row.Text(aidKind), row.Fen(aid),
            ]));
    }

    public Task Undo(string county, Guid import, CancellationToken cancel) => files.Undo(Enrolment.Table, county, import, cancel);
}
