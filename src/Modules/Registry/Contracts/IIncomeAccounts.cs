using Shouwang.Kernel;

namespace Shouwang.Modules.Registry.Contracts;

/// <summary>An item of the income account (DOMAIN §10).</summary>
/// <param name="Code"><c>A1</c>, <c>D5a</c>; totals have the code of their class or group.</param>
/// <param name="Parent">The total it adds to, or null for the five classes.</param>
public sealed record IncomeItem(string Code, Text Title, string? Parent);

/// <summary>What the sheet itself gives as totals, in yuan, right or wrong; see DQ-76 and DQ-77.</summary>
public sealed record StatedTotals(IReadOnlyDictionary<string, decimal> Values)
{
    /// <summary>A class or group total by its code, or <c>gross</c>, <c>net</c>, <c>net_pc</c>, <c>ref</c>, <c>ref_pc</c>, <c>size</c>.</summary>
    public decimal? this[string code] => Values.TryGetValue(code, out var value) ? value : null;
}

/// <summary>The income account of a household over twelve months 收支表 (FIELDS A6).</summary>
/// <remarks>Class totals are added up from the items. Amounts per head need the household's size, which the register counts.</remarks>
public sealed record IncomeSheet
{
    public required Guid Id { get; init; }
    public required Guid Household { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }

    /// <summary><c>yearly</c>, <c>identification</c> or <c>elimination</c>.</summary>
    public required string Kind { get; init; }

    public required string Source { get; init; }

    /// <summary>The date the sheet stands for.</summary>
    public required DateOnly ObservedOn { get; init; }

    /// <summary>By code, without totals; an empty item is zero.</summary>
    public required IReadOnlyDictionary<string, Money> Items { get; init; }

    public required StatedTotals Stated { get; init; }

    /// <summary>A.</summary>
    public required Money Wage { get; init; }

    /// <summary>B.</summary>
    public required Money Business { get; init; }

    /// <summary>C.</summary>
    public required Money Property { get; init; }

    /// <summary>D.</summary>
    public required Money Transfer { get; init; }

    /// <summary>E.</summary>
    public required Money Cost { get; init; }

    /// <summary>理赔收入.</summary>
    public required Money Claim { get; init; }

    /// <summary>合规自付支出, the rigid spending of W04 and W05.</summary>
    public required Money SelfPaid { get; init; }

    /// <summary>Net income per head of the year before, as the sheet states it, in yuan.</summary>
    public decimal? PreviousNetPerHead { get; init; }
}

/// <summary>What follows from a sheet, in yuan. Per head: exact, null for a household without members.</summary>
public sealed record IncomeResult(decimal Gross, decimal Net, decimal Monitoring, decimal? NetPerHead, decimal? MonitoringPerHead);

/// <summary>How income is worked out from a sheet; a county with another formula registers its own.</summary>
public interface IIncomeFormula
{
    /// <param name="size">Members of state normal.</param>
    IncomeResult Calculate(IncomeSheet sheet, int size);

    /// <summary>The formula in words, for explanations.</summary>
    Text Words { get; }
}

/// <summary>What a household told at a visit about its income of the last twelve months.</summary>
/// <param name="Id">Of the visit: told again, it is the same sheet.</param>
/// <param name="Items">By code, without totals, each for the year.</param>
/// <param name="Claim">理赔收入; null where nobody asked.</param>
/// <param name="SelfPaid">合规自付支出; null where nobody asked.</param>
/// <param name="Previous">Net income per head of the year before; null, or nothing, where nobody asked.</param>
/// <param name="By">Who heard it.</param>
public sealed record ToldIncome(
    Guid Id, Guid Household, DateOnly On, IReadOnlyDictionary<string, Money> Items, Money? Claim, Money? SelfPaid, Money? Previous, string By)
{
    /// <summary>The months that a sheet told on a day is about: the twelve that end with the month before.</summary>
    public static (DateOnly From, DateOnly To) MonthsOf(DateOnly on)
    {
        var month = new DateOnly(on.Year, on.Month, 1);
        return (month.AddMonths(-12), month.AddDays(-1));
    }

    /// <summary>What the sheet before tells about the year before such months: its own net income where it ended before they began, else what it says itself.</summary>
    /// <param name="size">Members of state normal.</param>
    /// <returns>Yuan per head; null where it does not tell.</returns>
    public static decimal? YearBefore(IncomeSheet? last, DateOnly on, IIncomeFormula formula, int size) =>
        last is null ? null
        : last.To >= MonthsOf(on).From ? last.PreviousNetPerHead
        : formula.Calculate(last, size).NetPerHead is { } net ? decimal.Round(net, 2, MidpointRounding.AwayFromZero) : null;
}

public interface IIncomeAccounts
{
    /// <summary>A to E4, classes first, in the order of the form.</summary>
    IReadOnlyList<IncomeItem> Items { get; }

    /// <summary>The formula in use.</summary>
    IIncomeFormula Formula { get; }

    /// <summary>The latest sheet of a household that ended by a day, or null.</summary>
    Task<IncomeSheet?> Latest(string county, Guid household, DateOnly asOf, CancellationToken cancel);

    /// <summary>All sheets of a household that count, the latest first.</summary>
    Task<IReadOnlyList<IncomeSheet>> Of(string county, Guid household, CancellationToken cancel);

    /// <summary>The latest sheets of a county, by household; of some households only where ids are given.</summary>
    Task<IReadOnlyDictionary<Guid, IncomeSheet>> All(string county, DateOnly asOf, IReadOnlyCollection<Guid>? households, CancellationToken cancel);

    /// <summary>
    /// Keeps what visits were told as sheets of the source <c>visit</c> over the twelve months that end with the month before, and marks the
    /// households for screening. What nobody asked is carried over from the latest sheet, so that silence is not taken for nothing.
    /// </summary>
    Task Tell(string county, IReadOnlyList<ToldIncome> told, CancellationToken cancel);
}
