using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>The causes of risk of a household: one to five, the main one first (DQ-47, DQ-48).</summary>
internal static class CauseList
{
    private const int Most = 5;
    private const string Disaster = "02", Other = "99";

    public static List<Problem> Check(IReadOnlyList<CauseFound> causes, Policy policy)
    {
        var problems = new List<Problem>();
        if (causes.Count == 0)
            problems.Add(Refusals.NoCause);
        if (causes.Count > Most)
            problems.Add(Refusals.TooManyCauses);
        problems.AddRange(causes.Where(c => policy.Causes.All(known => known.Code != c.Code)).Select(c => Refusals.UnknownCause(c.Code)));
        problems.AddRange(causes.GroupBy(c => c.Code).Where(g => g.Count() > 1).Select(g => Refusals.CauseTwice(g.Key)));
        if (causes.Any(c => c.Code == Disaster && policy.DisasterSubtypes.All(d => d.Code != c.Disaster)))
            problems.Add(Refusals.NoDisaster);
        if (causes.Any(c => c.Code == Other && string.IsNullOrWhiteSpace(c.Remark)))
            problems.Add(Refusals.NoRemark);
        return problems;
    }

    public static IReadOnlyList<CauseFound> Read(string json) => JsonSerializer.Deserialize<List<CauseFound>>(json, JsonTexts.Options)!;

    public static string Write(IReadOnlyList<CauseFound> causes) => JsonSerializer.Serialize(causes, JsonTexts.Options);

    public static Text NameOf(string cause, Policy policy) => policy.Causes.FirstOrDefault(c => c.Code == cause)?.Title ?? new(cause, cause);
}
