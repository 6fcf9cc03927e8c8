using Shouwang.Kernel;

namespace Shouwang.Platform.Policy;

/// <summary>An income line in force: the poverty line 扶贫标准 or the monitoring line 监测线.</summary>
/// <param name="YuanPerHead">Yuan a head and year.</param>
/// <param name="Source">The legal source; shown wherever the line is used.</param>
/// <param name="Area">The area that set it; the household's own or one above it.</param>
/// <param name="From">The first day it holds.</param>
/// <param name="To">The last day it holds; null: until another replaces it.</param>
/// <param name="Entered">True when a county office entered it; false when it comes from a pack.</param>
public sealed record IncomeLine(
    decimal YuanPerHead, Text Source, AreaCode Area, DateOnly From, DateOnly? To, bool Entered);

/// <summary>A line that a county office entered on the desk or by <c>shouwang line</c>.</summary>
/// <param name="Area">Holds for this area and everything below that has no nearer line.</param>
/// <param name="To">The last day; null: until a later entry of the same area begins.</param>
/// <param name="Poverty">Yuan a head and year, or null to leave the poverty line as it is.</param>
/// <param name="Monitoring">Yuan a head and year, or null to leave the monitoring line as it is.</param>
/// <param name="Source">The legal source as entered; never empty.</param>
public sealed record LineEntry(
    AreaCode Area, DateOnly From, DateOnly? To, decimal? Poverty, decimal? Monitoring, string Source);
