using Shouwang.Kernel;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Education;

/// <summary>G03b, G06: pupils taught at home, and pupils at school outside the county, by the lists in force. INDICATORS §4.</summary>
internal sealed class EducationIndicators(ShouwangDb db) : IIndicatorSource
{
    public IReadOnlyList<string> Codes => ["G03b", "G06"];

    public async Task Compute(AreaCode county, DateOnly asOf, Policy policy, Action<IndicatorPart> part, CancellationToken cancel)
    {
        // Who changed school stands in a list twice.
        var counted = new HashSet<(string Code, string Pupil)>();
        await db.Read($"""
            select household_id, village, pupil_key, state, out_of_county from enrolments
            where county = @county and in_force and as_of_on <= @to and (state = '{EnrolmentStates.HomeTaught}' or out_of_county)
            """, row =>
        {
            var code = row.GetString(3) == EnrolmentStates.HomeTaught ? "G03b" : "G06";
            if (counted.Add((code, row.GetString(2))))
                part(new(code, row.GetString(1), row.Id(0), 1, 0));
        }, cancel, ("@county", county.Digits), ("@to", asOf));
    }
}
