using System.Data.Common;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;
using static Shouwang.Modules.Programmes.FeatureWriting;

namespace Shouwang.Modules.Programmes.Housing;

/// <summary>Whether the house a family lives in is safe.</summary>
/// <remarks>Of several appraisals, the latest of a building that is lived in decides; without one, the latest of all.</remarks>
internal sealed class HousingFeatures(ShouwangDb db, IRegisterInScope register) : IFeatureSource
{
    public IReadOnlyList<Feature> Features =>
    [
        Feature("housing.grade", RuleType.Text, Unit.None, new("住房鉴定等级", "grade of the house"),
            new("起决定作用的一次鉴定的等级A至D；没有鉴定时为入户所见的等级",
                "Grade A–D of the deciding appraisal; without one, the grade that a visit saw")).SaidAs("household.grade"),
        Feature("housing.unsafe", RuleType.Bool, Unit.None, new("住危房", "lives in an unsafe house"),
            new("实际居住的房屋鉴定为C级或D级且改造未验收；没有鉴定时看入户所见的等级，都没有时未知",
                "The deciding appraisal is C or D, of a house lived in, without an accepted renovation; without an appraisal the grade that a visit saw; unknown without either"))
            .FollowsFrom("household.grade"),
        Feature("housing.appraised_on", RuleType.Date, Unit.None, new("住房鉴定日期", "day of the appraisal"),
            new("起决定作用的一次鉴定的日期",
                "Day of the deciding appraisal")),
        Feature("housing.unsafe_found_on", RuleType.Date, Unit.None, new("危房发现日期", "day an unsafe house was found"),
            new("住危房时该次鉴定的日期",
                "Day of the deciding appraisal while the house is unsafe")),
        Feature("housing.renovation_planned_end", RuleType.Date, Unit.None, new("改造计划完工日期", "planned end of the renovation"),
            new("住危房时改造的计划完工日期",
                "Planned end of the renovation while the house is unsafe")),
        Feature("housing.guaranteed", RuleType.Bool, Unit.None, new("住房安全有保障", "safe housing guaranteed"),
            new("不住危房，以鉴定为准；没有鉴定时，入户见到C级或D级为否，其余未知",
                "The house is not unsafe by its appraisal; without one false where a visit saw grade C or D, else unknown")),
        Feature("housing.has_appraisal", RuleType.Bool, Unit.None, new("已做住房鉴定", "house appraised"),
            new("有住房鉴定；所在乡镇没有鉴定文件时未知",
                "There is an appraisal; unknown where no file speaks about the township")),
    ];

    public async Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var homes = await register.Homes(scope, cancel);
        var covered = await HousingAppraisal.Table.Covered(db, scope.County.Digits, cancel);
        var deciding = await DecidingAppraisals.Load(db, scope, cancel);
        var visits = new FromVisits(scope, homes, Sources.Housing);

        for (var i = 0; i < scope.Households.Count; i++)
        {
            if (deciding[i] is not { } found)
            {
                if (covered.Covers(homes.Village(i)))
                    columns["housing.has_appraisal"].Set(i, false);
                if (visits.Of(i, "grade") is { } seen && seen.ByPeople("grade"))
                    Seen(i, seen.Text("grade")!, visits.Source(seen, "grade"));
                continue;
            }
            var source = new FeatureSource(Sources.Housing, found.AppraisedOn, found.PlateNo);
            columns["housing.has_appraisal"].Set(i, true, source);
            columns["housing.grade"].Set(i, found.Grade, source);
            columns["housing.appraised_on"].Set(i, found.AppraisedOn, source);
            columns["housing.unsafe"].Set(i, found.IsUnsafe, source);
            columns["housing.guaranteed"].Set(i, !found.IsUnsafe, source);
            if (found.IsUnsafe)
            {
                columns["housing.unsafe_found_on"].Set(i, found.AppraisedOn, source);
                columns["housing.renovation_planned_end"].Set(i, found.PlannedEndOn, source);
            }
        }

        // Since when it is unsafe, and that it is safe, is the appraiser's to say: a visit can raise a doubt, not certify.
        void Seen(int i, string grade, FeatureSource? source)
        {
            columns["housing.grade"].Set(i, grade, source);
            columns["housing.unsafe"].Set(i, HouseGrades.IsUnsafe(grade), source);
            columns["housing.guaranteed"].Set(i, HouseGrades.IsUnsafe(grade) ? false : null, source);
        }
    }
}

/// <summary>The appraisal that tells how a household lives.</summary>
/// <param name="IsUnsafe">C or D, lived in, and no renovation accepted by the as-of day.</param>
internal readonly record struct DecidingAppraisal(
    string Grade, bool LivedIn, DateOnly? AppraisedOn, DateOnly? PlannedEndOn, string? PlateNo, bool IsUnsafe, DateOnly AsOfOn, int SourceRow)
{
    /// <summary>Lived in before empty, then the later appraisal, then the later file and row.</summary>
    public bool ComesBefore(DecidingAppraisal other) =>
        (LivedIn, AppraisedOn ?? DateOnly.MinValue, AsOfOn, SourceRow)
            .CompareTo((other.LivedIn, other.AppraisedOn ?? DateOnly.MinValue, other.AsOfOn, other.SourceRow)) > 0;
}

internal static class DecidingAppraisals
{
    /// <summary>One for each place of the scope; null for a household without an appraisal by the as-of day.</summary>
    public static async Task<DecidingAppraisal?[]> Load(ShouwangDb db, FeatureScope scope, CancellationToken cancel)
    {
        var deciding = new DecidingAppraisal?[scope.Households.Count];
        await HousingAppraisal.Table.Read(
            db, scope, "grade, lived_in, appraised_on, planned_end_on, accepted_on, plate_no, as_of_on, source_row",
            "appraised_on is null or appraised_on <= @to", (place, row) =>
            {
                var found = Read(row, scope.AsOf);
                if (deciding[place] is not { } other || found.ComesBefore(other))
                    deciding[place] = found;
            }, cancel, ("@to", scope.AsOf));
        return deciding;
    }

    private static DecidingAppraisal Read(DbDataReader row, DateOnly asOf)
    {
        var (grade, lived) = (row.GetString(1), row.Flag(2) is not false);
        var accepted = row.Date(5) is { } day && day <= asOf;
        return new(
            grade, lived, row.Date(3), row.Date(4), row.Text(6), HouseGrades.IsUnsafe(grade) && lived && !accepted,
            row.Date(7)!.Value, row.GetInt32(8));
    }
}
