using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Organisation.Evening;

/// <summary>The words of an evening review.</summary>
internal static class EveningWords
{
    // Opened on the household's page only, and there as an act that is logged.
    private static readonly string[] Private = ["cert_no", "head_id", "phone", "contact_phone", "helper_phone", "account", "health", "dis_cat", "dis_level", "chronic", "severe"];

    public static Text TitleOf(EveningPart part) => part switch
    {
        EveningPart.Visits => new("今日走访", "Visited today"),
        EveningPart.Changes => new("信息变化", "Values that changed"),
        EveningPart.Leads => new("新增线索", "New leads"),
        EveningPart.Problems => new("发现问题", "Problems entered"),
        EveningPart.Tasks => new("会议交办", "Tasks from meetings"),
        EveningPart.Unclear => new("还不清楚的", "Not clear yet"),
        EveningPart.ToDo => new("接下来要做的", "To be done next"),
    };

    /// <summary>Whom or where a line is about. Reviews kept by older versions name nobody where it is about no household.</summary>
    /// <param name="place">Where the meeting was.</param>
    public static string WhoOf(EveningItem item, string place) => item.Who.Length > 0 ? item.Who : place;

    /// <summary>What a visit found in a line: problems first, else that all is well.</summary>
    public static Text Of(DayVisit visit)
    {
        var wrong = visit.Findings.Where(f => f.Value == VisitFinding.Problem).Select(f => CaseworkNames.Of(f.Key)).ToList();
        var purpose = CaseworkNames.Of(visit.Purpose);
        return wrong.Count == 0 ? new($"{purpose.Zh}：未发现问题", $"{purpose.En}: nothing wrong")
            : new($"{purpose.Zh}：{string.Join('、', wrong.Select(w => w.Zh))}有问题", $"{purpose.En}: something wrong with {string.Join(", ", wrong.Select(w => w.En))}");
    }

    /// <summary>What was said at a visit; null where nothing was.</summary>
    public static string? Said(DayVisit visit)
    {
        var words = visit.Words.Where(w => w.Value.Length > 0).OrderBy(w => w.Key).Select(w => w.Value).ToList();
        if (visit.Needs is { } needs)
            words.Add(needs);
        return words.Count == 0 ? null : string.Join('；', words.Select(w => w.TrimEnd('。', '；')));
    }

    /// <summary>The day in a sentence, to begin the minutes with.</summary>
    public static Text Summary(EveningReview review)
    {
        var count = Enum.GetValues<EveningPart>().ToDictionary(p => p, p => review.Of(p).Count);
        return new($"当天走访 {review.Visits} 户次，信息变化 {count[EveningPart.Changes]} 项，新增线索 {count[EveningPart.Leads]} 条，登记问题 {count[EveningPart.Problems]} 个，会议交办 {count[EveningPart.Tasks]} 项，还不清楚的 {count[EveningPart.Unclear]} 项，待办 {count[EveningPart.ToDo]} 项。",
            $"{review.Visits} visits, {count[EveningPart.Changes]} values changed, {count[EveningPart.Leads]} new leads, {count[EveningPart.Problems]} problems entered, {count[EveningPart.Tasks]} tasks from meetings, {count[EveningPart.Unclear]} things not clear, {count[EveningPart.ToDo]} to be done.");
    }

    public static Text Of(LeadRef lead)
    {
        var (state, source) = (ScreeningNames.Of(lead.State), ScreeningNames.Of(lead.Source));
        return new($"{lead.Code}（{source.Zh}）：{state.Zh}", $"{lead.Code} ({source.En}): {state.En}");
    }

    public static Text Of(IssueRef issue, Policy policy)
    {
        var (kind, state) = (policy.IssueKind(issue.Subject)?.Title ?? new(issue.Subject, issue.Subject), LedgerNames.Of(issue.State));
        return new($"{issue.Code} {kind.Zh}：{state.Zh}", $"{issue.Code} {kind.En}: {state.En}");
    }

    public static Text Of(WorkItem item) => item.DueOn is { } due
        ? new($"{item.ToDo.Zh}（{due:MM-dd} 前，{item.State.Zh}）", $"{item.ToDo.En} (by {due:MM-dd}, {item.State.En})")
        : new($"{item.ToDo.Zh}（{item.State.Zh}）", $"{item.ToDo.En} ({item.State.En})");

    /// <summary>What a visit leaves open.</summary>
    /// <param name="entered">A problem about the household was entered on the day.</param>
    public static IEnumerable<Text> Doubts(DayVisit visit, bool entered)
    {
        if (visit.Mode == VisitMode.ByPhone)
            yield return new("只通了电话，还要入户", "reached by phone only: a visit has to follow");
        if (visit.NotLookedAt.Count > 0)
            yield return new($"没有看：{string.Join('、', visit.NotLookedAt.Select(s => CaseworkNames.Of(s).Zh))}", $"not looked at: {string.Join(", ", visit.NotLookedAt.Select(s => CaseworkNames.Of(s).En))}");
        if (visit.Findings.Values.Contains(VisitFinding.Problem) && !entered)
            yield return new("发现问题，台账还没有登记", "something is wrong, and nothing was entered in the ledger");
        if (visit.Satisfied == false)
            yield return new("农户不满意，原因待了解", "the household is not satisfied; find out why");
        if (!visit.CardOnWall)
            yield return new("明白卡没有上墙", "the card is not on the wall");
    }

    /// <summary>Old and new value; of what is private only that it changed.</summary>
    public static Text Changed(ChangedFact change, Policy policy, string attribute)
    {
        if (Private.Contains(change.Field) || policy.Feeds.SelectMany(f => f.Fields).Any(f => f.Private && f.Name == change.Field))
            return new("已更新", "brought up to date");
        var (was, now) = (policy.WordOf(attribute, change.Was), policy.WordOf(attribute, change.Now));
        return new($"{was.Zh} → {now.Zh}", $"{was.En} → {now.En}");
    }
}
