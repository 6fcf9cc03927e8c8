using Shouwang.Kernel.Rules.Scan;

namespace Shouwang.Bench.Rules;

/// <summary>A household as an object, as programs usually hold it; null where a value is missing.</summary>
internal sealed class Household
{
    public decimal? Gross, Rigid, Net, Previous, Wage, Transfer, Paid, PaidMax, Stay, Special, Cost, Overdue, Balance, Disaster, Industry, Debt;
    public int? Size, Elderly, Disabled, Studying, Uninsured, Working, Away;
    public bool? Registered, Lifted, Unsafe, Appraised, Water, Health, Education, Low, Monitored, Single, Severe;

    /// <summary>The twenty rules; a comparison with nothing is false, and "not" is asked as "is false".</summary>
    public static readonly Func<Household, bool>[] Rules =
    [
        h => h.Net < TwentyRules.Line * h.Size && h.Low == false,
        h => h.Gross > 0 && h.Rigid > 0.4m * h.Gross,
        h => h.Net < 0.7m * h.Previous,
        h => h.Registered == true && h.PaidMax >= 5000,
        h => h.Registered == false && h.PaidMax >= 20000,
        h => (h.Monitored == true && h.Stay >= 6000) || h.Stay >= 10000,
        h => h.Special >= 500 && h.Health == false,
        h => h.Paid > 0.5m * h.Net,
        h => h.Uninsured > 0 && h.Lifted == true,
        h => h.Cost > 10000 || (h.Studying >= 2 && h.Wage < 20000),
        h => h.Education == false && h.Studying > 0,
        h => h.Unsafe == true && h.Size > 1,
        h => h.Appraised == false || h.Water == false,
        h => h.Overdue > 0 && h.Balance > 0.5m * h.Gross,
        h => h.Disaster > 3000 || h.Industry > 5000,
        h => h.Severe == true && h.Working == 0 && h.Transfer < 8000,
        h => h.Elderly + h.Disabled >= h.Size && h.Single == true,
        h => h.Debt > h.Net && h.Debt > 10000,
        h => h.Away > h.Working && h.Wage < 0.3m * h.Gross,
        h => h.Lifted == true && h.Net < 1.5m * TwentyRules.Line * h.Size && h.Paid + h.Cost > 8000,
    ];

    public static Household[] Of(ScanTable table)
    {
        return [.. Enumerable.Range(0, table.Count).Select(i => new Household
        {
            Gross = Amount(0, i), Rigid = Amount(1, i), Net = Amount(2, i), Previous = Amount(3, i), Wage = Amount(4, i), Transfer = Amount(5, i), Paid = Amount(6, i),
            PaidMax = Amount(7, i), Stay = Amount(8, i), Special = Amount(9, i), Cost = Amount(10, i), Overdue = Amount(11, i), Balance = Amount(12, i),
            Disaster = Amount(13, i), Industry = Amount(14, i), Debt = Amount(15, i),
            Size = Count(0, i), Elderly = Count(1, i), Disabled = Count(2, i), Studying = Count(3, i), Uninsured = Count(4, i), Working = Count(5, i), Away = Count(6, i),
            Registered = Truth(0, i), Lifted = Truth(1, i), Unsafe = Truth(2, i), Appraised = Truth(3, i), Water = Truth(4, i), Health = Truth(5, i), Education = Truth(6, i),
            Low = Truth(7, i), Monitored = Truth(8, i), Single = Truth(9, i), Severe = Truth(10, i),
        })];

        decimal? Amount(int name, int i) => table.Columns[MadePopulation.AmountNames[name]][i].AsDecimal;
        int? Count(int name, int i) => (int?)table.Columns[MadePopulation.CountNames[name]][i].AsInt;
        bool? Truth(int name, int i) => table.Columns[MadePopulation.TruthNames[name]][i].AsBool;
    }

    /// <summary>How many households each rule has.</summary>
    public static long[] Run(Household[] households) => [.. Rules.AsParallel().AsOrdered().Select(r => (long)households.Count(r))];
}
