using System.Data.Common;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>How far the help for a household is: plan, measures, visits, and how long its identification takes.</summary>
internal sealed class CaseworkFeatures(ShouwangDb db) : IFeatureSource
{
    private const string SocialSecurity = "social_security";

    public IReadOnlyList<Feature> Features =>
    [
        new(new("casework.has_plan", RuleType.Bool, Unit.None, new("有帮扶计划", "has a plan")),
            new("有已审核的帮扶计划", "A plan was approved")),
        new(new("casework.has_measure", RuleType.Bool, Unit.None, new("有帮扶措施", "has a measure")),
            new("至少一项措施已开始实施且未取消", "At least one measure began and was not called off")),
        new(new("casework.days_since_identified", RuleType.Int, Unit.Days, new("识别后天数", "days since identification")),
            new("监测对象自识别之日起的天数；不是在册监测对象时为0", "Days since a household on the list was identified; 0 for others")),
        new(new("casework.days_since_visit", RuleType.Int, Unit.Days, new("距上次走访天数", "days since the last visit")),
            new("距最近一次走访的天数；监测对象从未走访的自识别之日起算；其他从未走访的未知",
                "Days since the last visit; since identification for households on the list that were never visited; unknown for others never visited")),
        new(new("casework.identification_days", RuleType.Int, Unit.Days, new("识别认定已用天数", "days of the identification")),
            new("在办识别认定自发现线索起的天数；没有在办个案时为0", "Days of the open identification case since its lead; 0 without one")),
        new(new("casework.only_social_security", RuleType.Bool, Unit.None, new("仅有综合保障措施", "social security measures only")),
            new("有未取消的措施，且全部属于综合保障", "There are measures that were not called off, and all are of the family social security")),
        new(new("casework.able", RuleType.Bool, Unit.None, new("有劳动能力", "able to work")),
            new("制定最近一次计划时家中有劳动力；没有计划时未知", "Somebody could work when the last plan was made; unknown without a plan")),
    ];

    public async Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        foreach (var name in new[] { "casework.has_plan", "casework.has_measure", "casework.only_social_security" })
            for (var i = 0; i < scope.Households.Count; i++)
                columns[name].Set(i, false);
        foreach (var name in new[] { "casework.days_since_identified", "casework.identification_days" })
            for (var i = 0; i < scope.Households.Count; i++)
                columns[name].Set(i, 0L);

        await Visits(scope, columns["casework.days_since_visit"], await Objects(scope, columns["casework.days_since_identified"], cancel), cancel);
        await Plans(scope, columns["casework.has_plan"], columns["casework.able"], cancel);
        await Measures(scope, columns["casework.has_measure"], columns["casework.only_social_security"], cancel);
        await Cases(scope, columns["casework.identification_days"], cancel);
    }

    /// <returns>Since when a household has been on the list, by its place.</returns>
    private async Task<Dictionary<int, DateOnly>> Objects(FeatureScope scope, FeatureColumn days, CancellationToken cancel)
    {
        var identified = new Dictionary<int, DateOnly>();
        await Read(scope, $"household_id, identified_on from monitored_objects where county = @county and state in ({Names(ObjectStates.Active)}) and identified_on <= @to", (i, row) =>
        {
            var on = identified[i] = row.GetFieldValue<DateOnly>(1);
            days.Set(i, (long)(scope.AsOf.DayNumber - on.DayNumber), new("desk", on));
        }, cancel);
        return identified;
    }

    private async Task Visits(FeatureScope scope, FeatureColumn days, Dictionary<int, DateOnly> identified, CancellationToken cancel)
    {
        foreach (var (i, since) in identified)
            days.Set(i, (long)(scope.AsOf.DayNumber - since.DayNumber), new("desk", since));
        await Read(scope, "household_id, max(visited_on) from visits where county = @county and visited_on <= @to", (i, row) =>
        {
            var on = row.GetFieldValue<DateOnly>(1);
            days.Set(i, (long)(scope.AsOf.DayNumber - on.DayNumber), new("visit", on));
        }, cancel, "group by household_id");
    }

    private Task Plans(FeatureScope scope, FeatureColumn has, FeatureColumn able, CancellationToken cancel) =>
        Read(scope, $"household_id, approved_on, able from plans where county = @county and state = '{nameof(PlanState.Approved)}' and approved_on <= @to", (i, row) =>
        {
            var source = new FeatureSource("desk", row.GetFieldValue<DateOnly>(1));
            has.Set(i, true, source);
            able.Set(i, row.IsDBNull(2) ? null : row.GetInt64(2) > 0, source);
        }, cancel);

    private async Task Measures(FeatureScope scope, FeatureColumn has, FeatureColumn onlySocialSecurity, CancellationToken cancel)
    {
        var households = new Dictionary<int, (DateOnly? Began, bool OnlySocialSecurity)>();
        await Read(scope, $"household_id, family, started_on from measures where county = @county and state not in ({Names([MeasureState.Cancelled, MeasureState.Proposed])})", (i, row) =>
        {
            var (began, only) = households.GetValueOrDefault(i, (null, true));
            if (!row.IsDBNull(2) && row.GetFieldValue<DateOnly>(2) is var on && on <= scope.AsOf && (began is null || on < began))
                began = on;
            households[i] = (began, only && row.GetString(1) == SocialSecurity);
        }, cancel);
        foreach (var (i, (began, only)) in households)
        {
            has.Set(i, began is not null, new("desk", began));
            onlySocialSecurity.Set(i, only, new("desk", null));
        }
    }

    private Task Cases(FeatureScope scope, FeatureColumn days, CancellationToken cancel) =>
        Read(scope, $"household_id, raised_on, code from cases where county = @county and state in ({Names(CaseStates.Open)}) and raised_on <= @to", (i, row) =>
        {
            var on = row.GetFieldValue<DateOnly>(1);
            days.Set(i, (long)(scope.AsOf.DayNumber - on.DayNumber), new("desk", on, row.GetString(2)));
        }, cancel);

    private Task Read(FeatureScope scope, string select, Action<int, DbDataReader> read, CancellationToken cancel, string rest = "") =>
        db.Scan(scope, $"select {select}", "household_id", read, cancel, [("@to", scope.AsOf)], rest);

    private static string Names<T>(IEnumerable<T> states) where T : struct, Enum => string.Join(", ", states.Select(s => $"'{s}'"));
}
