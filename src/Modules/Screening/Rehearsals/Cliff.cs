using System.Runtime.CompilerServices;
using Shouwang.Kernel.Rules;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening;

/// <summary>Households that lose more by standing above a line than they have gained.</summary>
/// <remarks>
/// A household is counted when its net income per head <c>y</c> is at or above the line <c>L</c> (the monitoring line, else the poverty line), no live
/// rule speaks for it, and what all its <c>n</c> members have above the line, <c>(y − L) · n</c> a year, is less than the help <c>h</c> that a
/// household below the line gets in a year: with an income just below the line it would be better off. <c>h</c> is what was typed, else the mean
/// of what help for the households found would cost (see <see cref="CauseCost"/>), in whole yuan. Our own definition; the effect is the
/// notch of Blinder and Rosen: Notches. American Economic Review 75 (1985), 736–747.
/// </remarks>
internal static class Cliff
{
    private const string Rule = "income.net_per_capita >= {0} && (income.net_per_capita - {0}) * registry.size < param.help";

    // Counties side by side ask for the same two conditions, each with its own line.
    private static readonly ConditionalWeakTable<ISymbols, Dictionary<string, RuleExpression>> Compiled = [];

    private static readonly RuleParameter Help = new("help", new("一年的帮扶", "help in a year"), RuleValue.Decimal(0), Unit.Yuan, new("推演", "rehearsed"), Assumed: true);

    /// <summary>The households on the wrong side, or null where there is no line.</summary>
    /// <param name="side">What the live rules find.</param>
    /// <param name="help">Yuan a household and year.</param>
    public static ulong[]? Of(RuleSets sets, ISymbols features, Policy policy, Side side, decimal help, ulong[]? within, BorrowedSets? borrowed = null)
    {
        if ((policy.MonitoringLine ?? policy.PovertyLine) is not { } line || features.Find("income.net_per_capita") is null || features.Find("registry.size") is null)
            return null;
        var name = policy.MonitoringLine is null ? PolicySymbols.PovertyLine.Name : PolicySymbols.MonitoringLine.Name;
        var rule = Compiled.GetValue(features, Compile)[name];
        var near = sets.Evaluate(rule, new Dictionary<string, RuleValue> { [name] = RuleValue.Decimal(line.YuanPerHead), [Help.Symbol.Name] = RuleValue.Decimal(help) });
        var alone = Bits.Without(near.True, side.All, borrowed?.Take(sets.Words));
        return within is null ? alone : Bits.Both(alone, within);
    }

    private static Dictionary<string, RuleExpression> Compile(ISymbols features) =>
        new[] { PolicySymbols.MonitoringLine.Name, PolicySymbols.PovertyLine.Name }.ToDictionary(line => line, line =>
            RuleExpression.Compile(Rule.Replace("{0}", line, StringComparison.Ordinal), PolicySymbols.For(features, Help), RuleType.Bool).Expression!);
}
