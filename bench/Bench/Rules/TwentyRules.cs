using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Scan;

namespace Shouwang.Bench.Rules;

/// <summary>Twenty rules that read 34 columns.</summary>
internal static class TwentyRules
{
    public const decimal Line = 6000;

    public static readonly string[] Texts =
    [
        "income.net < line.monitoring * people.size && !low.active",
        "income.gross > 0 && income.rigid > 0.4 * income.gross",
        "income.net < 0.7 * income.previous_net",
        "registry.registered && health.self_paid_max >= 5000",
        "!registry.registered && health.self_paid_max >= 20000",
        "(monitoring.active && health.stay_max >= 6000) || health.stay_max >= 10000",
        "health.special_month >= 500 && !health.guaranteed",
        "health.self_paid > 0.5 * income.net",
        "people.uninsured > 0 && registry.lifted",
        "education.cost > 10000 || (people.studying >= 2 && income.wage < 20000)",
        "!education.guaranteed && people.studying > 0",
        "housing.unsafe && people.size > 1",
        "!housing.appraised || !water.guaranteed",
        "loan.overdue > 0 && loan.balance > 0.5 * income.gross",
        "loss.disaster > 3000 || loss.industry > 5000",
        "people.severe && people.working == 0 && income.transfer < 8000",
        "people.elderly + people.disabled >= people.size && people.single",
        "debt.private > income.net && debt.private > 10000",
        "people.away > people.working && income.wage < 0.3 * income.gross",
        "registry.lifted && income.net < 1.5 * line.monitoring * people.size && health.self_paid + education.cost > 8000",
    ];

    private static readonly Symbol Monitoring = new("line.monitoring", RuleType.Decimal, Unit.YuanPerHead, new("监测线", "monitoring line"));

    private static readonly SymbolTable Names = new([.. MadePopulation.Symbols, Monitoring]);

    public static IReadOnlyList<ScanRule> All { get; } = [.. Texts.Select(t => Rule(t))];

    public static ScanRule Rule(string text, decimal line = Line) => new(
        RuleExpression.Compile(text, Names, RuleType.Bool).Expression, symbol => symbol.Name == Monitoring.Name ? RuleValue.Decimal(line) : default);
}
