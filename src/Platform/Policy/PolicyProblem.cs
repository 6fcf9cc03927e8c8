using Shouwang.Kernel;

namespace Shouwang.Platform.Policy;

/// <summary>Something wrong in a file of a policy pack, where it stands and what to do about it.</summary>
/// <param name="File">The file, relative to the folder of the packs, with forward slashes.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Key">The key in question, such as <c>rules/W01/level</c>.</param>
public sealed record PolicyProblem(string File, int Line, int Column, string Key, Text What, Text Remedy)
{
    /// <summary>File, line and column, then what is wrong and the way out, in one language.</summary>
    public string In(Language language) =>
        $"{File}:{Line}:{Column} {Key}: {What.In(language)} {Remedy.In(language)}";

    public override string ToString() => In(Language.En);
}

/// <summary>The outcome of reading the packs: the book, or everything that is wrong with them.</summary>
/// <param name="Book">Null exactly when there are problems.</param>
public sealed record PolicyLoad(PolicyBook? Book, IReadOnlyList<PolicyProblem> Problems)
{
    /// <summary>The book.</summary>
    /// <exception cref="InvalidOperationException">The packs are broken; the message lists every problem.</exception>
    public PolicyBook Require() =>
        Book ?? throw new InvalidOperationException(
            "The policy packs cannot be used:" + Environment.NewLine + string.Join(Environment.NewLine, Problems));
}
