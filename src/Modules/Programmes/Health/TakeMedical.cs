using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Programmes.Health;

/// <summary>Takes in the settlements that the medical insurance office sends each month.</summary>
internal sealed class TakeMedical(RecordFiles files, Secrets secrets) : IFeed
{
    public string Kind => "medical";

    public int Order => 40;

    public Task<IFeedRun> Begin(FeedIntake intake, CancellationToken cancel)
    {
        var (number, kind, date, hospital) = (intake.Index("settle_no"), intake.Index("kind"), intake.Index("date"), intake.Index("hospital"));
        var amounts = Array.ConvertAll(["total", "basic", "major", "aid", "supp", "self"], intake.Index);

        return files.Begin(intake, new(MedicalSettlement.Table, "settle_no", row => row.Text(number),
            row =>
            [
                row.Text(kind) ?? "", row.Date(date) ?? intake.AsOf, secrets.Encrypt(row.Text(hospital)),
                .. amounts.Select(a => (object?)(row.Fen(a) ?? 0L)),
            ]));
    }

    public Task Undo(string county, Guid import, CancellationToken cancel) => files.Undo(MedicalSettlement.Table, county, import, cancel);
}
