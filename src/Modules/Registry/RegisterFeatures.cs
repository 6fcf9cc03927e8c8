using System.Globalization;
using System.Text.Json;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

/// <summary>What the register says about a household: its status and its place on the monitoring list.</summary>
internal sealed class RegisterFeatures(ShouwangDb db) : IFeatureSource
{
    public IReadOnlyList<Feature> Features =>
    [
        Feature("registry.status", RuleType.Text, Unit.None, "脱贫属性", "Registry status", "户表“脱贫属性”的当前值", "Current registry status"),
        Feature("registry.registered", RuleType.Bool, Unit.None, "建档立卡户", "Registered household", "脱贫属性为未脱贫、脱贫、预脱贫或返贫", "Status is not lifted, lifted, pre-lifted or returned to poverty"),
        Feature("registry.lifted", RuleType.Bool, Unit.None, "脱贫户", "Lifted household", "脱贫属性为脱贫", "Status is lifted"),
        Feature("monitoring.category", RuleType.Text, Unit.None, "监测对象类别", "Monitoring category", "监测对象类别的当前值", "Current monitoring category"),
        Feature("monitoring.active", RuleType.Bool, Unit.None, "在监测中", "Monitored", "有监测类别且风险未消除", "Has a category, and the risk is not eliminated"),
        Feature("monitoring.eliminated", RuleType.Bool, Unit.None, "风险已消除", "Risk eliminated", "有监测类别且风险已消除", "Has a category, and the risk is eliminated"),
        Feature("monitoring.months_since_identified", RuleType.Int, Unit.Months, "识别以来月数", "Months since identification", "统计月与识别监测月之差", "Months from the month of identification to that of the as-of day"),
        Feature("monitoring.months_since_eliminated", RuleType.Int, Unit.Months, "消除以来月数", "Months since elimination", "统计月与风险消除月之差", "Months from the month of elimination to that of the as-of day"),
        Feature("monitoring.has_helper", RuleType.Bool, Unit.None, "有帮扶责任人", "Has a pairing helper", "户表或后台指定了帮扶责任人", "The register or the desk names a pairing helper"),
    ];

    public async Task Load(FeatureScope scope, IReadOnlyDictionary<string, FeatureColumn> columns, CancellationToken cancel)
    {
        var sources = new Sources();
        await db.Read($"""
            select id, source, observed_on, other_sources, status, mon_cat, elim_state, elim_on, identified, helper
            from households where county = @county {Scoped(db, scope, "id")}
            """, row =>
        {
            var at = scope.IndexOf(row.GetGuid(0));
            if (at < 0)
                return;
            string? Text(int i) => row.IsDBNull(i) ? null : row.GetString(i);
            var lead = sources.Of(row.GetString(1), row.GetFieldValue<DateOnly>(2));
            var others = scope.WithSources ? Text(3) : null;
            FeatureSource From(string field) => sources.Of(others, field) ?? lead;

            RegistryStatus? status = Enum.TryParse<RegistryStatus>(Text(4), out var known) ? known : null;
            columns["registry.status"].Set(at, status?.ToString(), From("status"));
            columns["registry.registered"].Set(at, RegistryTerms.IsRegistered(status), From("status"));
            columns["registry.lifted"].Set(at, status is null ? null : status == RegistryStatus.Lifted, From("status"));

            var listed = row.GetString(5) != nameof(MonitoringCategory.None);
            var eliminated = listed && Text(6) is { } state && state != nameof(EliminationKind.NotEliminated);
            columns["monitoring.category"].Set(at, row.GetString(5), From("mon_cat"));
            columns["monitoring.active"].Set(at, listed && !eliminated, From(eliminated ? "elim_state" : "mon_cat"));
            columns["monitoring.eliminated"].Set(at, eliminated, From("elim_state"));
            columns["monitoring.months_since_identified"].Set(at, MonthsSince(Month(Text(8)), scope.AsOf), From("identified"));
            columns["monitoring.months_since_eliminated"].Set(at,
                eliminated && !row.IsDBNull(7) ? MonthsSince(row.GetFieldValue<DateOnly>(7), scope.AsOf) : null, From("elim_on"));
            columns["monitoring.has_helper"].Set(at, !row.IsDBNull(9), From("helper"));
        }, cancel, Parameters(db, scope));
    }

    /// <summary>The condition on a household column that keeps a query within the scope.</summary>
    internal static string Scoped(ShouwangDb db, FeatureScope scope, string column) => scope.WholeCounty ? "" : $"and {db.Among(column, "@households")}";

    /// <summary>The parameters of a query narrowed by <see cref="Scoped"/>.</summary>
    internal static (string, object?)[] Parameters(ShouwangDb db, FeatureScope scope) => scope.WholeCounty
        ? [("@county", scope.County.Digits)]
        : [("@county", scope.County.Digits), ("@households", db.KeysOf(scope.Households))];

    internal static Feature Feature(string name, RuleType type, Unit unit, string zh, string en, string formulaZh, string formulaEn) =>
        new(new Symbol(name, type, unit, new(zh, en)), new(formulaZh, formulaEn));

    private static DateOnly? Month(string? text) =>
        text is { Length: >= 7 } && DateOnly.TryParseExact(text[..7] + "-01", "yyyy-MM-dd", out var month) ? month : null;

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
