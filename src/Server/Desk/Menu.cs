using Shouwang.Kernel;
using Shouwang.Modules;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Server.Desk;

/// <summary>The desk's menu, put together from what the modules bring.</summary>
internal static class Menu
{
    private static readonly IReadOnlyList<MenuEntry> All = [.. Catalogue.Modules.SelectMany(m => m.Menu).OrderBy(e => e.Order).ThenBy(e => e.Path, StringComparer.Ordinal)];

    /// <summary>What an actor may open, in groups of ten.</summary>
    public static IEnumerable<(Text Title, IReadOnlyList<MenuEntry> Entries)> Of(Actor actor) => All
        .Where(e => actor.May(e.Permission))
        .GroupBy(e => e.Order / 10)
        .Select(g => (TitleOf(g.Key), (IReadOnlyList<MenuEntry>)[.. g]));

    /// <summary>The entry a path belongs to: the longest that it begins with.</summary>
    public static string? Current(string path) => All
        .Where(e => path == e.Path || path.StartsWith(e.Path + "/", StringComparison.Ordinal))
        .MaxBy(e => e.Path.Length)?.Path;

    private static Text TitleOf(int group) => group switch
    {
        <= 1 => new("工作", "Work"),
        2 => new("农户", "Households"),
        3 => new("帮扶", "Assistance"),
        4 => new("数据", "Data"),
        _ => new("系统", "System"),
    };
}
