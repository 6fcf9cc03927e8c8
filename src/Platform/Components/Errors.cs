using Shouwang.Kernel;

namespace Shouwang.Platform.Components;

/// <summary>What was wrong in a form, field by field, so that each error stands next to its field.</summary>
public sealed class Errors
{
    private readonly List<(string Field, Problem Problem)> _all = [];

    public IReadOnlyList<(string Field, Problem Problem)> All => _all;

    public bool Any => _all.Count > 0;

    /// <summary>The first problem of a field, or null.</summary>
    public Problem? this[string field] => _all.FirstOrDefault(e => e.Field == field).Problem;

    public void Add(string field, Problem problem) => _all.Add((field, problem));

    /// <param name="fieldOf">Which field a problem belongs to; empty for the form as a whole.</param>
    public void Add(IEnumerable<Problem> problems, Func<Problem, string> fieldOf)
    {
        foreach (var problem in problems)
            Add(fieldOf(problem), problem);
    }
}
