using Shouwang.Kernel.Rules.Scan;

namespace Shouwang.Bench.Rules;

/// <summary>The twenty rules as somebody would write them by hand for DuckDB, over its own columns in memory, on two threads.</summary>
/// <remarks>Amounts are whole fen in 32 bits, counts are 8 bits wide: what DuckDB calculates with fastest. No figure of the population leads past 32 bits.</remarks>
internal sealed class DuckDbRules : IDisposable
{
    private const int Line = (int)(TwentyRules.Line * 100);

    private static readonly string[] Conditions =
    [
        $"income_net < {Line} * people_size and not low_active",
        "income_gross > 0 and income_rigid * 10 > income_gross * 4",
        "income_net * 10 < income_previous_net * 7",
        "registry_registered and health_self_paid_max >= 500000",
        "not registry_registered and health_self_paid_max >= 2000000",
        "(monitoring_active and health_stay_max >= 600000) or health_stay_max >= 1000000",
        "health_special_month >= 50000 and not health_guaranteed",
        "health_self_paid * 10 > income_net * 5",
        "people_uninsured > 0 and registry_lifted",
        "education_cost > 1000000 or (people_studying >= 2 and income_wage < 2000000)",
        "not education_guaranteed and people_studying > 0",
        "housing_unsafe and people_size > 1",
        "not housing_appraised or not water_guaranteed",
        "loan_overdue > 0 and loan_balance * 10 > income_gross * 5",
        "loss_disaster > 300000 or loss_industry > 500000",
        "people_severe and people_working = 0 and income_transfer < 800000",
        "people_elderly + people_disabled >= people_size and people_single",
        "debt_private > income_net and debt_private > 1000000",
        "people_away > people_working and income_wage * 10 < income_gross * 3",
        $"registry_lifted and income_net * 10 < {15 * Line} * people_size and health_self_paid + education_cost > 800000",
    ];

    private static readonly string Select = $"select {string.Join(", ", Conditions.Select(c => $"count(*) filter (where {c})"))} from households";

    private readonly DuckDb _database;

    /// <param name="library">Where DuckDB's C library lies.</param>
    public DuckDbRules(string library, ScanTable table)
    {
        _database = new(library);
        _database.Query("set threads = 2");
        _database.Fill("households", [.. MadePopulation.Symbols.Select(s => (s.Name.Replace('.', '_'), table.Columns[s.Name]))], table.Count);
    }

    /// <summary>How many households each rule has.</summary>
    public long[] Run() => _database.Query(Select);

    public void Dispose() => _database.Dispose();
}
