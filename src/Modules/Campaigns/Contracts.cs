using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Campaigns.Contracts;

/// <summary>The states of a drive 战役 (SM-10).</summary>
public enum CampaignState
{
    Planned,

    /// <summary>Deployed and trained.</summary>
    Deployed, FieldWork, DataEntry,

    /// <summary>The townships have reported.</summary>
    ReportedUp, SpotCheck,

    /// <summary>The departments have filed their self-assessments.</summary>
    SelfAssessed, Closed, Cancelled,
}

/// <summary>What happens to a drive.</summary>
public enum CampaignEvent { Deploy, BeginFieldWork, BeginDataEntry, ReportUp, BeginSpotCheck, FileSelfAssessment, Close, GoBack, Cancel }

/// <summary>How far a drive is in an area, as it was counted last.</summary>
/// <param name="Name">As the county calls it.</param>
/// <param name="Stage">The stage of the present day, or the last one.</param>
/// <param name="StageEndsOn">Its last day.</param>
/// <param name="Households">In scope.</param>
/// <param name="Visited">Of them, at home and within the days of the field stage.</param>
/// <param name="Found">Problems.</param>
/// <param name="PutRight">Of them.</param>
/// <param name="AsOf">The day of the figures.</param>
public sealed record CampaignProgress(
    Guid Id, string Name, CampaignState State, Text Stage, DateOnly StageEndsOn, int Households, int Visited, int Found, int PutRight, DateOnly AsOf);

/// <summary>How far drives are, for the wall.</summary>
public interface ICampaignProgress
{
    /// <summary>Drives of an area that are under way, the latest first. Nothing is counted here: quick.</summary>
    Task<IReadOnlyList<CampaignProgress>> UnderWay(Actor actor, AreaCode area, CancellationToken cancel);
}
