using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
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

        await Visits(scope, columns, await Objects(scope, columns, cancel), cancel);
        await Plans(scope, columns, cancel);
        await Measures(scope, columns, cancel);
        await Cases(scope, columns, cancel);
    }

    private async Task<Dictionary<Guid, DateOnly>> Objects(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var identified = await Rows<MonitoredObject>(scope, o => ObjectStates.Active.Contains(o.State) && o.IdentifiedOn <= scope.AsOf, o => o.HouseholdId)
            .ToDictionaryAsync(o => o.HouseholdId, o => o.IdentifiedOn, cancel);
        foreach (var (household, on) in identified)
            if (scope.IndexOf(household) is >= 0 and var i)
                columns["casework.days_since_identified"].Set(i, (long)(scope.AsOf.DayNumber - on.DayNumber), new("desk", on));
        return identified;
    }

    private async Task Visits(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, Dictionary<Guid, DateOnly> identified, CancellationToken cancel)
    {
        var last = await Rows<Visit>(scope, v => v.VisitedOn <= scope.AsOf, v => v.HouseholdId)
            .GroupBy(v => v.HouseholdId).Select(g => new { g.Key, On = g.Max(v => v.VisitedOn) }).ToDictionaryAsync(v => v.Key, v => v.On, cancel);
        foreach (var household in last.Keys.Union(identified.Keys))
        {
            if (scope.IndexOf(household) is not (>= 0 and var i))
                continue;
            var visited = last.TryGetValue(household, out var on);
            var since = visited ? on : identified[household];
            columns["casework.days_since_visit"].Set(i, (long)(scope.AsOf.DayNumber - since.DayNumber), visited ? new("visit", since) : new("desk", since));
        }
    }

    private async Task Plans(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var plans = await Rows<Plan>(scope, p => p.State == PlanState.Approved && p.ApprovedOn <= scope.AsOf, p => p.HouseholdId)
            .Select(p => new { p.HouseholdId, p.ApprovedOn, p.Able }).ToListAsync(cancel);
        foreach (var plan in plans)
        {
            if (scope.IndexOf(plan.HouseholdId) is not (>= 0 and var i))
                continue;
            columns["casework.has_plan"].Set(i, true, new("desk", plan.ApprovedOn));
            columns["casework.able"].Set(i, plan.Able > 0 ? true : plan.Able is null ? null : false, new("desk", plan.ApprovedOn));
        }
    }

    private async Task Measures(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var measures = await Rows<Measure>(scope, m => m.State != MeasureState.Cancelled && m.State != MeasureState.Proposed, m => m.HouseholdId)
            .Select(m => new { m.HouseholdId, m.Family, m.StartedOn }).ToListAsync(cancel);
        foreach (var household in measures.GroupBy(m => m.HouseholdId))
        {
            if (scope.IndexOf(household.Key) is not (>= 0 and var i))
                continue;
            var began = household.Where(m => m.StartedOn <= scope.AsOf).Select(m => m.StartedOn).Min();
            columns["casework.has_measure"].Set(i, began is not null, new("desk", began));
            columns["casework.only_social_security"].Set(i, household.All(m => m.Family == SocialSecurity), new("desk", null));
        }
    }

    private async Task Cases(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var open = await Rows<IdentificationCase>(scope, c => CaseStates.Open.Contains(c.State) && c.RaisedOn <= scope.AsOf, c => c.HouseholdId)
            .Select(c => new { c.HouseholdId, c.RaisedOn, c.Code }).ToListAsync(cancel);
        foreach (var c in open)
            if (scope.IndexOf(c.HouseholdId) is >= 0 and var i)
                columns["casework.identification_days"].Set(i, (long)(scope.AsOf.DayNumber - c.RaisedOn.DayNumber), new("desk", c.RaisedOn, c.Code));
    }

    // One query for the county, or one for the households that changed.
    private IQueryable<T> Rows<T>(
        FeatureScope scope, System.Linq.Expressions.Expression<Func<T, bool>> which, System.Linq.Expressions.Expression<Func<T, Guid>> household)
        where T : class, IPlaced
    {
        var county = scope.County.Digits;
        var rows = db.Set<T>().AsNoTracking().Where(r => r.County == county).Where(which);
        if (scope.WholeCounty)
            return rows;
        // The ids stand in a captured variable: as a constant they would make every call a query of its own, to be translated anew.
        var ids = scope.Households.ToList();
        System.Linq.Expressions.Expression<Func<List<Guid>>> captured = () => ids;
        var wanted = System.Linq.Expressions.Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(Guid)], captured.Body, household.Body);
        return rows.Where(System.Linq.Expressions.Expression.Lambda<Func<T, bool>>(wanted, household.Parameters));
    }
}
