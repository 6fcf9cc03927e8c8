using Shouwang.Kernel;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Housing;

/// <summary>G19n, G19r, G21h: buildings appraised, those of them with a plate, and households whose renovation was accepted. Every row in force counts, matched with a household or not. INDICATORS §4.</summary>
internal sealed class HousingIndicators(ShouwangDb db) : IIndicatorSource
{
    public IReadOnlyList<string> Codes => ["G19n", "G19r", "G21h"];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        // A household may have several buildings.
        var renovated = new HashSet<Guid>();
        await db.Read("""
            select household_id, village, plate_no is not null, accepted_on from housing_appraisals
            where county = @county and in_force and as_of_on <= @to
            """, row =>
        {
            var (household, village) = (row.Id(0), row.GetString(1));
            part(new("G19n", village, household, 1, 0));
            part(new("G19r", village, household, row.GetBoolean(2) ? 1 : 0, 1));
            if (!row.IsDBNull(3) && row.GetFieldValue<DateOnly>(3) <= asOf && (household is not { } home || renovated.Add(home)))
                part(new("G21h", village, household, 1, 0));
        }, cancel, ("@county", county.Digits), ("@to", asOf));
    }
}
