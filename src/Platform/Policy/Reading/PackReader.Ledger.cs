namespace Shouwang.Platform.Policy.Reading;

// The ledger of problems: where they come from, their kinds, the green channels.
internal sealed partial class PackReader
{
    private void Ledger(Section file)
    {
        foreach (var item in file.Items("issue_sources", "code"))
            Put(pack.IssueSources, item, code => Unless(item, () => new IssueSource(code, item.TextHere(), Source(item).Text)));
        foreach (var item in file.Items("issue_kinds", "code"))
            Put(pack.IssueKinds, item, code => Unless(item, () => Kind(item, code)));
        foreach (var item in file.Items("green_channels", "code"))
            Put(pack.GreenChannels, item, code => Unless(item, () => Channel(item, code)));
    }

    // With "off: true" a pack takes away what one above it has.
    private static T? Unless<T>(Section item, Func<T> read) where T : class => item.Flag("off") ? null : read();

    private IssueKind Kind(Section item, string code)
    {
        Refer(Referred.Department, item, "department");
        var (source, assumed) = Source(item);
        var kind = new IssueKind(code, item.TextHere(), item.Word("department"), item.Flag("weekly"), item.Flag("monthly_zero"), item.Whole("grace_days", 0), source, assumed);
        if (kind.GraceDays is < 0 or > 20 || kind is { MonthlyZero: false, GraceDays: > 0 })
            item.Wrong("grace_days", new("宽限天数应在0至20之间，且只用于月清零。", "Days of grace lie between 0 and 20 and belong to the monthly zero."),
                new("请更正，或写上 monthly_zero: true。", "Correct it, or add monthly_zero: true."));
        return kind;
    }

    private GreenChannel Channel(Section item, string code)
    {
        Refer(Referred.Department, item, "department");
        Refer(Referred.Department, item, "others");
        var (source, assumed) = Source(item);
        return new(code, item.TextHere(), item.Word("department"), item.Words("others"), Limit(item), source, assumed);
    }
}
