using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;
using static Shouwang.Modules.Programmes.FeatureWriting;

namespace Shouwang.Modules.Programmes.Employment;

/// <summary>Who is out of work and for how long, by the labour office's list in force.</summary>
internal sealed class EmploymentFeatures(ShouwangDb db, IRegisterInScope register) : IFeatureSource
{
    public IReadOnlyList<Feature> Features =>
    [
        Feature("employment.unemployed_months_max", RuleType.Int, Unit.Months, new("失业月数最长", "longest unemployment"),
            new("失业时间最长的成员从失业起始日期到统计截止日的足月数；没有失业为0；所在乡镇没有就业名单时为入户所问",
                "Full months from the first day out of work to the as-of day, of the member longest out of work; 0 when nobody is; where no list speaks about the township, what a visit was told"))
            .SaidAs("household.jobless_months"),
        Feature("employment.returned_idle_days_max", RuleType.Int, Unit.Days, new("返乡未就业天数最长", "longest time home without work"),
            new("返乡后未就业的成员从返乡日期到统计截止日的天数；没有为0",
                "Days from the return home to the as-of day, of a member without work since; 0 when there is none")),
        Feature("employment.post_ends_in_days_min", RuleType.Int, Unit.Days, new("公益岗剩余天数最少", "days until a public post ends"),
            new("统计截止日到最近一个未过的公益岗到期日期的天数；没有公益岗时未知",
                "Days from the as-of day to the next end of a public post that is not past; unknown without a post")),
    ];

    public async Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var (homes, inhabitants) = (await register.Homes(scope, cancel), await register.Inhabitants(scope, cancel));
        var covered = await EmploymentRecord.Table.Covered(db, scope.County.Digits, cancel);
        var count = scope.Households.Count;
        var (unemployed, idle, ending) = (new Largest[count], new Largest[count], new Largest[count]);

        await EmploymentRecord.Table.Read(
            db, scope, "member_id, state, unemployed_on, returned_on, working_again, post_ends_on", "as_of_on <= @to", (place, row) =>
            {
                var code = inhabitants.CodeOf(row.Id(1));
                if (row.Text(2) == EmploymentStates.Unemployed && row.Date(3) is { } since && since <= scope.AsOf)
                    unemployed[place].Take(Ages.MonthsBetween(since, scope.AsOf), new(Sources.Labour, since, code));
                if (row.Date(4) is { } back && row.Flag(5) is false && back <= scope.AsOf)
                    idle[place].Take(scope.AsOf.DayNumber - back.DayNumber, new(Sources.Labour, back, code));
                if (row.Date(6) is { } end && end >= scope.AsOf)
                    ending[place].Take(scope.AsOf.DayNumber - end.DayNumber, new(Sources.Labour, end, code));
            }, cancel, ("@to", scope.AsOf));

        var visits = new FromVisits(scope, homes, Sources.Labour);
        for (var i = 0; i < count; i++)
        {
            if (!covered.Covers(homes.Village(i)))
            {
                if (visits.Of(i, "jobless_months") is { } seen)
                    columns["employment.unemployed_months_max"].Set(i, seen.Whole("jobless_months"), visits.Source(seen, "jobless_months"));
                continue;
            }
            columns["employment.unemployed_months_max"].Set(i, unemployed[i].Whole, unemployed[i].Source);
            columns["employment.returned_idle_days_max"].Set(i, idle[i].Whole, idle[i].Source);
            if (ending[i].Value is not null)
                columns["employment.post_ends_in_days_min"].Set(i, -ending[i].Whole, ending[i].Source);
        }
    }
}
