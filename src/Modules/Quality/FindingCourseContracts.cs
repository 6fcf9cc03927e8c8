using Shouwang.Kernel;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Quality.Contracts;

/// <summary>A finding as figures about a time need it.</summary>
/// <param name="FixedOn">When a run did not find it any more; null while it is on the list.</param>
public readonly record struct FindingMade(string Village, Guid? Household, string Rule, QualitySeverity Severity, FindingState State, DateOnly FirstOn, DateOnly? FixedOn);

/// <summary>What data cleaning 数据清洗 has to do and has done, for drives.</summary>
public interface IFindingCourse
{
    /// <summary>Findings of an area that are on the list now, and those that left it in a time, both days included.</summary>
    Task<IReadOnlyList<FindingMade>> Of(AreaCode within, DateOnly from, DateOnly to, CancellationToken cancel);
}
