namespace Shouwang.Kernel.Rules;

/// <summary>Why a rule cannot be used, where, and what to write instead.</summary>
/// <param name="Code">Stable and documented in <c>docs/rules.md</c>, such as <c>rule.unit</c>.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">The character in the line, counted from 1.</param>
/// <param name="Length">How many characters are concerned; 0 at the end of the text.</param>
public sealed record RuleError(string Code, int Line, int Column, int Length, Text What, Text Remedy)
{
    /// <summary>Place, fault and way out in one line.</summary>
    public string In(Language language) => language == Language.Zh
        ? $"第{Line}行第{Column}列：{What.Zh}{Remedy.Zh}"
        : $"Line {Line}, column {Column}: {What.En} {Remedy.En}";

    internal static RuleError At(string source, Place place, string code, Text what, Text remedy)
    {
        var before = source.AsSpan(0, place.Start);
        return new(code, before.Count('\n') + 1, place.Start - before.LastIndexOf('\n'), place.Length, what, remedy);
    }
}

/// <summary>A tree read from text without knowing its names, or the errors that prevented it.</summary>
public sealed record ParsedRule(Expr? Root, IReadOnlyList<RuleError> Errors)
{
    public bool Succeeded => Root is not null;
}

/// <summary>Either a rule that can be evaluated or all the errors that prevented it.</summary>
public sealed class RuleOutcome
{
    private readonly RuleExpression? _expression;

    internal RuleOutcome(RuleExpression expression) => (_expression, Errors) = (expression, []);

    internal RuleOutcome(IReadOnlyList<RuleError> errors) => Errors = errors;

    /// <summary>In the order of the text; empty when there is an expression.</summary>
    public IReadOnlyList<RuleError> Errors { get; }

    public bool Succeeded => _expression is not null;

    /// <exception cref="InvalidOperationException">There are errors.</exception>
    public RuleExpression Expression =>
        _expression ?? throw new InvalidOperationException($"No rule: {Errors[0].In(Language.En)}");
}
