using System.Globalization;
using System.Text.Json;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Registry;

/// <summary>What the register says about a household: its status and its place on the monitoring list.</summary>
internal sealed class RegisterFeatures(IRegisterInScope register) : IFeatureSource
{
    public IReadOnlyList<Feature> Features =>
    [
        Feature("registry.status", RuleType.Text, Unit.None, "脱贫属性", "Registry status", "户表“脱贫属性”的当前值", "Current registry status"),
        Feature("registry.registered", RuleType.Bool, Unit.None, "建档立卡户", "Registered household", "脱贫属性为未脱贫、脱贫、预脱贫或返贫", "Status is not lifted, lifted, pre-lifted or returned to poverty"),
        Feature("registry.lifted", RuleType.Bool, Unit.None, "脱贫户", "Lifted household", "脱贫属性为脱贫", "Status is lifted"),
        Feature("registry.years_since_lifted", RuleType.Int, Unit.Years, "脱贫以来年数", "Years since lifted", "统计年与脱贫年度之差", "Year of the as-of day less the year of being lifted"),
        Feature("monitoring.cause", RuleType.Text, Unit.None, "首要风险原因", "First risk cause", "户表第一个风险类型的代码", "Code of the first risk cause of the register"),
        Feature("monitoring.category", RuleType.Text, Unit.None, "监测对象类别", "Monitoring category", "监测对象类别的当前值", "Current monitoring category"),
        Feature("monitoring.active", RuleType.Bool, Unit.None, "在监测中", "Monitored", "有监测类别且风险未消除", "Has a category, and the risk is not eliminated"),
        Feature("monitoring.eliminated", RuleType.Bool, Unit.None, "风险已消除", "Risk eliminated", "有监测类别且风险已消除", "Has a category, and the risk is eliminated"),
        Feature("monitoring.elimination", RuleType.Text, Unit.None, "消除方式", "Kind of elimination", "风险已消除的户：帮扶消除或自然消除", "Of households whose risk is eliminated: by assistance or by itself"),
        Feature("monitoring.days_since_update", RuleType.Int, Unit.Days, "距户表信息更新天数", "Days since its file was updated", "有监测类别的户，距户表任一项最近一次来源日期的天数", "Of households with a category: days since the latest day for which any source said something about it"),
        Feature("registry.values_required", RuleType.Int, Unit.None, "户表应填项", "Values its file needs", "9项：住址、电话、户主姓名和证件号、人口、脱贫属性、是否危房、房屋等级、是否解决饮水；脱贫户加脱贫年度，有监测类别的加识别时间、首要风险", "Nine: address, telephone, the head's name and number, size, status, unsafe house, grade, water; with the year for lifted households, the month of identification and the first cause for those with a category"),
        Feature("registry.values_known", RuleType.Int, Unit.None, "户表已填项", "Values its file has", "应填项中已填的", "Those of them that are filled in"),
        Feature("monitoring.months_since_identified", RuleType.Int, Unit.Months, "识别以来月数", "Months since identification", "统计月与识别监测月之差", "Months from the month of identification to that of the as-of day"),
        Feature("monitoring.months_since_eliminated", RuleType.Int, Unit.Months, "消除以来月数", "Months since elimination", "统计月与风险消除月之差", "Months from the month of elimination to that of the as-of day"),
        Feature("monitoring.has_helper", RuleType.Bool, Unit.None, "有帮扶责任人", "Has a pairing helper", "户表或后台指定了帮扶责任人", "The register or the desk names a pairing helper"),
    ];

    public async Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var homes = await register.Homes(scope, cancel);
        var sources = new Sources();
        var (status, registered, lifted) = (columns["registry.status"], columns["registry.registered"], columns["registry.lifted"]);
        var (sinceLifted, cause) = (columns["registry.years_since_lifted"], columns["monitoring.cause"]);
        var (category, active, eliminated) = (columns["monitoring.category"], columns["monitoring.active"], columns["monitoring.eliminated"]);
        var (identifiedFor, eliminatedFor, helper) = (
            columns["monitoring.months_since_identified"], columns["monitoring.months_since_eliminated"], columns["monitoring.has_helper"]);
        for (var at = 0; at < scope.Households.Count; at++)
        {
            var home = homes[at];
            if (home.Village is null)
                continue;
            FeatureSource? From(string field) => sources.Of(home.OtherSources, field) ?? home.Source;

            status.Set(at, home.Status?.ToString(), From("status"));
            registered.Set(at, RegistryTerms.IsRegistered(home.Status), From("status"));
            lifted.Set(at, home.Status is null ? null : home.Status == RegistryStatus.Lifted, From("status"));

            sinceLifted.Set(at, scope.AsOf.Year - home.LiftedYear, From("lifted_year"));
            cause.Set(at, home.Risk, From("risk1"));

            var listed = home.IsListed;
            var over = listed && home.Elimination is { } state && state != nameof(EliminationKind.NotEliminated);
            category.Set(at, home.Category, From("mon_cat"));
            active.Set(at, listed && !over, From(over ? "elim_state" : "mon_cat"));
            eliminated.Set(at, over, From("elim_state"));
            columns["monitoring.elimination"].Set(at, over ? home.Elimination : null, From("elim_state"));
            columns["monitoring.days_since_update"].Set(at, home.UpdatedOn is { } on ? Math.Max(0, scope.AsOf.DayNumber - on.DayNumber) : null, home.Source);
            columns["registry.values_required"].Set(at, (long)home.Required, home.Source);
            columns["registry.values_known"].Set(at, (long)home.Known, home.Source);
            identifiedFor.Set(at, MonthsSince(home.Identified, scope.AsOf), From("identified"));
            eliminatedFor.Set(at, over ? MonthsSince(home.EliminatedOn, scope.AsOf) : null, From("elim_on"));
            helper.Set(at, home.HasHelper, From("helper"));
        }
    }

    internal static Feature Feature(string name, RuleType type, Unit unit, string zh, string en, string formulaZh, string formulaEn) =>
        new(new Symbol(name, type, unit, new(zh, en)), new(formulaZh, formulaEn));

    private static long? MonthsSince(DateOnly? day, DateOnly asOf) => day is { } d ? (asOf.Year - d.Year) * 12 + asOf.Month - d.Month : null;
}

/// <summary>Sources of values, one object for all households that share it.</summary>
internal sealed class Sources
{
    private readonly Dictionary<(string, DateOnly), FeatureSource> _known = [];

    public FeatureSource Of(string source, DateOnly date)
    {
        if (!_known.TryGetValue((source, date), out var found))
            _known.Add((source, date), found = new(source, date));
        return found;
    }

    /// <summary>From the column <c>other_sources</c>; null where the value comes with the leading statement.</summary>
    public FeatureSource? Of(string? others, string field)
    {
        if (others is null || !JsonSerializer.Deserialize<Dictionary<string, string>>(others)!.TryGetValue(field, out var text))
            return null;
        var parts = text.Split(' ');
        return Of(parts[0], DateOnly.ParseExact(parts[1], "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
