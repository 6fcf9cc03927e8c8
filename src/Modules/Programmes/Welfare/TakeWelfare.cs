using System.Globalization;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Programmes.Welfare;

/// <summary>Takes in the civil affairs office's list of decisions. Earlier decisions stay, with their dates.</summary>
internal sealed class TakeWelfare(RecordFiles files, Secrets secrets) : IFeed
{
    public string Kind => "welfare";

    public int Order => 45;

    public Task<IFeedRun> Begin(FeedIntake intake, CancellationToken cancel)
    {
        int id = intake.Index("idno"), kind = intake.Index("kind"), result = intake.Index("result"), decided = intake.Index("decided"),
            since = intake.Index("since"), monthly = intake.Index("monthly");

        return files.Begin(intake, new(AllowanceDecision.Table, "idno", Key, row =>
        [
            row.Text(kind) ?? "", row.Text(result) ?? "", row.Date(decided), row.YearMonth(since), row.Fen(monthly),
        ], Says));

        Said? Says(FeedRow row)
        {
            var attribute = row.Text(kind) switch
            {
                AllowanceKinds.Allowance => "dibao",
                AllowanceKinds.Destitute => "tekun",
                _ => null,
            };
            return attribute is null || row.Text(result) is not { } decision || row.Member is null ? null
                : new Said(row.Member, row.Date(decided) ?? intake.AsOf, new() { [attribute] = decision == AllowanceResults.Granted });
        }

        string? Key(FeedRow row) => row.Text(id) is { } number
            ? secrets.KeyOf(string.Create(CultureInfo.InvariantCulture, $"{number}/{row.Text(kind)}/{row.Date(decided):yyyyMMdd}"))
            : null;
    }

    public Task Undo(string county, Guid import, CancellationToken cancel) => files.Undo(AllowanceDecision.Table, county, import, cancel);
}
