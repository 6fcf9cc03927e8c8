namespace Shouwang.Platform.Policy.Reading;

// The ledger of problems: where they come from, their kinds, the green channels.
internal sealed partial class PackReader
{
    private void Ledger(Section file)
    {
        foreach (var item in file.Items("issue_sources", "code"))
            Put(pack.IssueSources, item, code => Unless(item, () => new IssueSource(code, item.TextHere(), Source(item).Text) { IsOfTasks = item.Flag("tasks") }));
        foreach (var item in file.Items("issue_kinds", "code"))
            Put(pack.IssueKinds, item, code => Unless(item, () => Kind(item, code)));
        foreach (var item in file.Items("green_channels", "code"))
            Put(pack.GreenChannels, item, code => Unless(item, () => Channel(item, code)));
        foreach (var item in file.Items("issue_rules", "code"))
            Put(pack.IssueRules, item, code => Unless(item, () => Rule(item, code)));
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

    private IssueRule Rule(Section item, string code)
    {
        Refer(Referred.IssueKind, item, "kind");
        var (source, assumed) = Source(item);
        var when = item.Choice<IssueTrigger>("when");
        var rule = new IssueRule(code, item.TextHere(), when, item.Words("checks"), item.Flag("severe"), item.Choice<LeadWait>("waits_for", LeadWait.Visit), item.Whole("after_days", 0),
            item.Word("kind"), item.Choice<IssueUnit>("unit"), item.Whole("due_days"), source, assumed);
        pack.References.Add(new(Referred.IssueSource, rule.From, item.Of("when"), $"{item.Path}/when"));
        if (when == IssueTrigger.LeadConfirmed)
            Refer(Referred.WarningRule, item, "checks");
        if (rule.AfterDays is < 0 or > 366)
            item.Wrong("after_days", new("天数应在0至366之间。", "The days lie between 0 and 366."), new("0 表示立即入账。", "0 enters it at once."));
        if (rule.DueDays is < 1 or > 366)
            item.Wrong("due_days", new("整改天数应在1至366之间。", "The days to put it right lie between 1 and 366."), new("请写 due_days: 15 的样子。", "Write it like due_days: 15."));
        if (when != IssueTrigger.Finding && item.Has("severe"))
            item.Wrong("severe", new("只有数据质量规则分程度。", "Only data quality has severities."), new("请删去 severe。", "Remove severe."));
        if (when == IssueTrigger.LeadWaiting != item.Has("waits_for"))
            item.Wrong("waits_for", new("等待中的线索须写明在等什么，其他规则不写。", "A rule about leads that wait says for what; no other rule does."),
                new("请写 waits_for: dispatch、visit 或 confirmation。", "Write waits_for: dispatch, visit or confirmation."));
        if (when == IssueTrigger.LeadConfirmed && rule.Checks.Count == 0)
            item.Wrong("checks", new("须写明哪些预警规则核实后由单位整改，其余属于识别帮扶。", "Say which warning rules are for an office to mend once confirmed; the others are for casework."),
                new("请写 checks: [W32]。", "Write checks: [W32]."));
        return rule;
    }

    private GreenChannel Channel(Section item, string code)
    {
        Refer(Referred.Department, item, "department");
        Refer(Referred.Department, item, "others");
        var (source, assumed) = Source(item);
        return new(code, item.TextHere(), item.Word("department"), item.Words("others"), Limit(item), source, assumed);
    }
}
