using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Programmes.Welfare;

/// <summary>Takes in the federation's list of certificates of disability.</summary>
internal sealed class TakeDisability(RecordFiles files, Secrets secrets) : IFeed
{
    private const int CitizenIdLength = 18;

    public string Kind => "disability";

    public int Order => 44;

    public Task<IFeedRun> Begin(FeedIntake intake, CancellationToken cancel)
    {
        int number = intake.Index("cert20"), category = intake.Index("category"), level = intake.Index("level"), issued = intake.Index("issued"),
            oldLevel = intake.Index("old_level"), changed = intake.Index("changed"), state = intake.Index("state");

        return files.Begin(intake, new(DisabilityCertificate.Table, "cert20", Key, row =>
        [
            secrets.Encrypt(row.Text(number)), secrets.Encrypt(row.Text(category)), secrets.Encrypt(row.Text(level)), row.Date(issued),
            row.Date(changed), IsWorse(row.Text(level), than: row.Text(oldLevel)), IsValid(row),
        ], Says));

        bool IsValid(FeedRow row) => row.Text(state) is null or "valid";

        Said? Says(FeedRow row) => row.Member is null || !IsValid(row) ? null : new Said(
            row.Member, row.Date(changed) ?? row.Date(issued) ?? intake.AsOf,
            new() { ["dis_cat"] = row.Text(category), ["dis_level"] = row.Text(level) });

        string? Key(FeedRow row) => row.Text(number) is { Length: >= CitizenIdLength } text ? secrets.KeyOf(text[..CitizenIdLength]) : null;
    }

    public Task Undo(string county, Guid import, CancellationToken cancel) => files.Undo(DisabilityCertificate.Table, county, import, cancel);

    // Codes of levels are digits and 1 is the most severe.
    private static bool IsWorse(string? level, string? than) =>
        level is not null && than is not null && string.CompareOrdinal(level, than) < 0;
}
