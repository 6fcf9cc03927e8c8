using Shouwang.Kernel;

namespace Shouwang.Platform.Plugins;

/// <summary>One line of the history that a household's file shows.</summary>
/// <param name="Kind">The module's word for it, such as <c>visit</c> or <c>case</c>; decides the icon.</param>
/// <param name="Title">What happened.</param>
/// <param name="Detail">More words, in clear; null where there are none, or where they are not for every reader.</param>
/// <param name="By">Sign-in name of who did it, or <c>system</c>.</param>
/// <param name="Link">The page about it, without the host; null when there is none.</param>
public sealed record TimelineEntry(DateOnly On, DateTimeOffset RecordedAt, string Kind, Text Title, string? Detail, string By, string? Link);

/// <summary>A module's part of a household's history.</summary>
public interface ITimelineSource
{
    /// <summary>Everything that happened to the household here, in any order.</summary>
    Task<IReadOnlyList<TimelineEntry>> Of(string county, Guid household, CancellationToken cancel);
}
