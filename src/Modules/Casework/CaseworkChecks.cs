using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>Data-quality rules about plans, measures and identification: DQ-57, 60, 65, 66, 68–71 and 98 of FIELDS §D.</summary>
/// <remarks>
/// They speak of what casework knows. A monitored household whose plan was never made here says nothing about its measures,
/// so the rules that need one keep silent until the county has begun to work with plans.
/// </remarks>
internal sealed class CaseworkChecks(ShouwangDb db, IRegister register, IIncomeAccounts incomes) : IQualityCheck
{
    private static readonly string[] Jobs = ["employment", "posts"];

    public IReadOnlyList<QualityRule> Rules { get; } =
    [
        new("DQ-57", QualitySeverity.Error, new("识别满1个月未落实措施", "no measure one month after identification"), "1_11_010"),
        new("DQ-60", QualitySeverity.Error, new("帮扶消除但无措施", "assisted elimination without measures"), "1_11_009"),
        new("DQ-65", QualitySeverity.Warning, new("有劳力仅有综合保障", "able-bodied with social security only"), "5_11_032"),
        new("DQ-66", QualitySeverity.Warning, new("风险与措施不匹配", "measures do not match the cause"), "3_11_003–009"),
        new("DQ-68", QualitySeverity.Warning, new("有就业措施但无工资收入", "job help but no wage"), "4_11_012"),
        new("DQ-69", QualitySeverity.Warning, new("有低保等但无转移收入", "allowance but no transfer income"), "4_11_013"),
        new("DQ-70", QualitySeverity.Warning, new("残疾补贴但无残疾人", "disability help, nobody disabled"), "4_11_016"),
        new("DQ-71", QualitySeverity.Warning, new("综合保障与低保标志不一致", "support flag mismatch"), "4_11_015"),
        new("DQ-98", QualitySeverity.Warning, new("识别认定超时", "identification took too long"), "U01"),
    ];

    public async Task Run(QualityScope scope, Action<QualityFinding> report, CancellationToken cancel)
    {
        var county = scope.County.Digits;
        var objects = await db.Set<MonitoredObject>().AsNoTracking().Where(o => o.County == county && o.State != ObjectState.Removed)
            .ToDictionaryAsync(o => o.HouseholdId, cancel);
        var measures = (await db.Set<Measure>().AsNoTracking().Where(m => m.County == county && m.State != MeasureState.Cancelled).ToListAsync(cancel))
            .ToLookup(m => m.HouseholdId);
        var planned = (await db.Set<Plan>().AsNoTracking().Where(p => p.County == county).Select(p => p.HouseholdId).Distinct().ToListAsync(cancel)).ToHashSet();
        await Late(scope, report, cancel);
        if (objects.Count == 0)
            return;

        var sheets = await incomes.All(county, scope.AsOf, objects.Keys, cancel);
        await foreach (var household in register.Read(county, cancel))
            if (objects.TryGetValue(household.Id, out var monitored))
                Check(scope, new(household, monitored, [.. measures[household.Id]], planned.Contains(household.Id), sheets.GetValueOrDefault(household.Id)), report);
    }

    private sealed record Looked(RegisterHousehold Household, MonitoredObject Monitored, IReadOnlyList<Measure> Measures, bool Known, IncomeSheet? Sheet)
    {
        public IEnumerable<Measure> Begun => Measures.Where(m => MeasureStates.Begun.Contains(m.State));
        public bool Has(params string[] types) => Begun.Any(m => types.Contains(m.Type));
    }

    private static void Check(QualityScope scope, Looked looked, Action<QualityFinding> report)
    {
        var (household, monitored) = (looked.Household, looked.Monitored);
        var active = ObjectStates.Active.Contains(monitored.State);
        // Households that the register brought along have no plan here at all; what was done for them stands elsewhere.
        if (!looked.Known && monitored.CaseId is null)
            return;
        if (active && scope.Policy.Due("measure.none", monitored.IdentifiedOn) <= scope.AsOf && !looked.Begun.Any())
            Say("DQ-57", new($"{monitored.IdentifiedOn:yyyy-MM-dd} 识别，至今没有落实任何措施。", $"Identified on {monitored.IdentifiedOn:yyyy-MM-dd}, and no measure has begun."));
        if (monitored is { State: ObjectState.Eliminated, Way: EliminationWay.ByAssistance } && !looked.Begun.Any())
            Say("DQ-60", new("标注为帮扶消除，但没有任何措施。", "Flagged as eliminated by assistance, but nothing was done."));
        if (active && looked.Measures.Count > 0 && household.Normal.Any(m => m.Labour is "1" or "2") && looked.Measures.All(m => m.Family == "social_security"))
            Say("DQ-65", new("家中有劳动力，但只有综合保障类措施。", "Somebody can work, but all measures are of social security."));
        if (monitored.State == ObjectState.Eliminated && monitored.Way == EliminationWay.ByAssistance)
            foreach (var cause in CauseList.Read(monitored.Causes).Where(c => scope.Policy.CauseMeasures.TryGetValue(c.Code, out var accepted)
                && !looked.Begun.Any(m => accepted.Families.Contains(m.Family))))
                Say("DQ-66", new($"风险“{CauseList.NameOf(cause.Code, scope.Policy).Zh}”没有对应的措施。", $"No measure answers the cause \"{CauseList.NameOf(cause.Code, scope.Policy).En}\"."));
        if (monitored.State == ObjectState.Eliminated && looked.Sheet is { } sheet && sheet.Wage == Money.Zero && looked.Begun.Any(m => Jobs.Contains(m.Family)))
            Say("DQ-68", new("有就业或公益岗位措施，但工资性收入为零。", "A job or post was given, but there is no wage."));
        if (looked.Sheet is { } account && account.Transfer == Money.Zero && looked.Has("M801", "M803"))
            Say("DQ-69", new("有低保、特困或残疾补贴措施，但转移性收入为零。", "There is an allowance, but no transfer income."));
        if (looked.Has("M803") && household.Normal.All(m => string.IsNullOrEmpty(m.DisCat)))
            Say("DQ-70", new("有残疾人补贴措施，但家中没有持证残疾人。", "There is a disability allowance, but nobody has a certificate."));
        if (looked.Has("M801") && household.Normal.All(m => m.Dibao != true && m.Tekun != true))
            Say("DQ-71", new("有低保或特困措施，但成员标志均为否。", "There is a subsistence allowance, but no member is marked as receiving one."));

        void Say(string rule, Text message) => report(new(rule, household.Code, null, null, household.Area.Digits, household.Id, message));
    }

    private async Task Late(QualityScope scope, Action<QualityFinding> report, CancellationToken cancel)
    {
        var county = scope.County.Digits;
        var late = await db.Set<IdentificationCase>().AsNoTracking()
            .Where(c => c.County == county && ((c.State == CaseState.Registered && c.ClosedOn > c.TotalDueOn) || (CaseStates.Open.Contains(c.State) && c.TotalDueOn < scope.AsOf)))
            .ToListAsync(cancel);
        foreach (var c in late)
            report(new("DQ-98", null, null, c.Code, c.Area, c.HouseholdId, new(
                $"个案 {c.Code} 自 {c.RaisedOn:yyyy-MM-dd} 发现线索，应于 {c.TotalDueOn:yyyy-MM-dd} 前办结。",
                $"Case {c.Code}: the lead is of {c.RaisedOn:yyyy-MM-dd}, and it was due on {c.TotalDueOn:yyyy-MM-dd}.")));
    }
}
