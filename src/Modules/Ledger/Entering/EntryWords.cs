using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Platform.Components;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger.Entering;

/// <summary>What stands in the lists about problems that a rule entered. Nothing in it is about a person.</summary>
internal static class EntryWords
{
    /// <summary>The words as they are stored: beside words that people wrote, and still in both languages.</summary>
    public static string Keep(Text words) => JsonSerializer.Serialize(words, JsonTexts.Options);

    /// <summary>Stored words, for showing: what people wrote is the same in both languages.</summary>
    public static Text Read(string words) =>
        words.StartsWith("{\"zh\":", StringComparison.Ordinal) ? JsonSerializer.Deserialize<Text>(words, JsonTexts.Options) : new(words, words);

    /// <summary>Words as one reader finds them: as <see cref="Withheld.Shown"/>, and those of a rule in both languages.</summary>
    public static Text? Shown(byte[]? stored, bool reads, Secrets secrets) =>
        Withheld.Shown(stored, reads, secrets) is { } words ? reads ? Read(words.Zh) : words : null;

    /// <param name="all">The oldest first.</param>
    public static Text Problem(IssueRule rule, IReadOnlyList<StandingProblem> all)
    {
        var (count, since, title) = (all.Count, all[0].Since, all[0].Title);
        return rule.When switch
        {
            IssueTrigger.Finding => new($"{title.Zh}：入账时 {count} 条，最早 {since:yyyy-MM-dd} 发现。", $"{title.En}: {count} when entered, the oldest found on {since:yyyy-MM-dd}."),
            IssueTrigger.LeadWaiting => new($"{title.Zh}：入账时 {count} 条，最早 {since:yyyy-MM-dd} 超期。", $"{title.En}: {count} when entered, the oldest late since {since:yyyy-MM-dd}."),
            IssueTrigger.LeadConfirmed => new($"入户核实：{title.Zh}（线索 {all[0].Code}）。", $"Confirmed at a visit: {title.En} (lead {all[0].Code})."),
        };
    }

    public static Text Task(IssueRule rule) => rule.When switch
    {
        IssueTrigger.Finding => new("逐条核实改正，确实无误的写明原因", "put each right, or say why it is right"),
        IssueTrigger.LeadWaiting => rule.WaitsFor switch
        {
            LeadWait.Dispatch => new("逐条交办", "dispatch each of them"),
            LeadWait.Visit => new("逐户入户核查", "visit each household"),
            LeadWait.Confirmation => new("逐条确认或退回核查结论", "confirm each finding, or send it back"),
        },
        IssueTrigger.LeadConfirmed => new("按政策解决，并在数据中体现", "solve it as the policy says, so that the data show it"),
    };

    public static Text Unit(IssueRule rule, Policy policy) => rule.Unit switch
    {
        IssueUnit.Village => new("村级", "village"),
        IssueUnit.Township => new("乡镇", "township"),
        IssueUnit.County => new("县级", "county"),
        IssueUnit.Department => policy.DepartmentName(policy.IssueKind(rule.Kind)!.Department),
    };

    public static Text Gone(int count, DateOnly on) => new($"{on:yyyy-MM-dd} 复查：{count} 条均不再发现。", $"Checked on {on:yyyy-MM-dd}: none of {count} is found any more.");
}
