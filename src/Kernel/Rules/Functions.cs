namespace Shouwang.Kernel.Rules;

/// <summary>A function as it is written.</summary>
/// <param name="Most">The largest number of arguments; a method's receiver counts as one.</param>
/// <param name="IsMethod">Written behind its first argument: <c>x.contains(y)</c>.</param>
internal sealed record FunctionForm(RuleFunction Function, string Name, int Least, int Most, bool IsMethod = false);

internal static class Functions
{
    private static readonly FunctionForm[] Forms =
    [
        new(RuleFunction.Size, "size", 1, 1),
        new(RuleFunction.Contains, "contains", 2, 2, true),
        new(RuleFunction.StartsWith, "startsWith", 2, 2, true),
        new(RuleFunction.EndsWith, "endsWith", 2, 2, true),
        new(RuleFunction.Days, "days", 1, 1),
        new(RuleFunction.Months, "months", 1, 1),
        new(RuleFunction.Years, "years", 1, 1),
        new(RuleFunction.DaysBetween, "daysBetween", 2, 2),
        new(RuleFunction.MonthsBetween, "monthsBetween", 2, 2),
        new(RuleFunction.Min, "min", 2, int.MaxValue),
        new(RuleFunction.Max, "max", 2, int.MaxValue),
    ];

    private static readonly string[] AllNames = [.. Forms.Select(f => f.Name), "has", "date"];

    public static FunctionForm Form(this RuleFunction function) => Forms[(int)function];

    /// <summary>As CEL allows it, <c>x.size()</c> is <c>size(x)</c>.</summary>
    public static FunctionForm? Find(string name, bool asMethod) =>
        Forms.FirstOrDefault(f => f.Name == name && (f.IsMethod == asMethod || (asMethod && f.Function == RuleFunction.Size)));

    public static string? Nearest(string name) => NearestName.Of(name, AllNames);
}

/// <summary>The name somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary>The candidate with the fewest changed letters, if that is less than about a third of them.</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        var allowed = Math.Max(1, name.Length / 3);
        string? nearest = null;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) > allowed)
                continue;
            var distance = Distance(name, candidate, allowed);
            if (distance > allowed || (distance == allowed && nearest is not null && string.CompareOrdinal(candidate, nearest) > 0))
                continue;
            (allowed, nearest) = (distance, candidate);
        }
        return nearest;
    }

    /// <summary>Letters to insert, remove or replace (Levenshtein); case counts nothing.</summary>
    /// <returns>Any number above the limit where the distance is above it.</returns>
    private static int Distance(string a, string b, int limit)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
                least = Math.Min(least, row[j]);
            }
            if (least > limit)
                return limit + 1;
        }
        return row[b.Length];
    }
}
