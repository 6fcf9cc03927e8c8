using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Registry;

/// <summary>The list of households: what the address narrows it to, and its columns, for page and workbook alike.</summary>
internal static class HouseholdList
{
    public static HouseholdFilter FilterOf(Screen screen)
    {
        var category = screen.Query("category");
        return new(
            Text: screen.Query("q").Trim() is { Length: > 0 } text ? text : null,
            Area: AreaFilter.Of(screen.Query("area"), screen.Actor),
            Status: Enum.TryParse<RegistryStatus>(screen.Query("status"), out var status) ? status : null,
            Category: Enum.TryParse<MonitoringCategory>(category, out var chosen) ? chosen : null,
            Monitored: category == "monitored" ? true : null);
    }

    public static IReadOnlyList<Column<HouseholdRow>> Columns(Screen screen, Policy policy) =>
    [
        new(new("户主", "Head"), h => h.HeadName),
        new(new("户编号", "Code"), h => h.Code),
        new(new("村组", "Village"), h => $"{screen.AreaPath(h.Area)} {h.Group}".Trim()),
        new(new("人数", "Members"), h => h.Size) { Numeric = true },
        new(new("脱贫属性", "Registry status"), h => h.Status is { } status ? RegistryTerms.Of(status) : null),
        new(new("监测类别", "Monitoring"), h => h.Category == MonitoringCategory.None ? null : policy.CategoryName(h.Category.ToString())),
        new(new("监测中", "On the list"), h => h.Monitored) { Hidden = true },
        new(new("村代码", "Village code"), h => h.Area.Digits) { Hidden = true },
    ];
}
