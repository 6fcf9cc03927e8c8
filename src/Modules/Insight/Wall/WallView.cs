using Shouwang.Kernel;
using Shouwang.Modules.Insight.Contracts;

namespace Shouwang.Modules.Insight.Wall;

/// <summary>What the colours of the wall's map stand for.</summary>
internal enum WallLayer
{
    /// <summary>People of monitored households among a thousand.</summary>
    Risk,

    /// <summary>How much is overdue: steps of households, and problems.</summary>
    Late,

    /// <summary>By how much the monitored households became more or fewer since the day a week ago or before.</summary>
    Moved,
}

/// <summary>A figure with what it was a week ago or before.</summary>
/// <param name="Before">Null where nothing was computed then, or it counts anew since.</param>
internal sealed record WallFigure(Figure Now, decimal? Before)
{
    public decimal? Change => Before is { } before ? Now.Value - before : null;
}

/// <summary>An area on the map.</summary>
/// <param name="Monitored">Households.</param>
/// <param name="PerThousand">People of monitored households among a thousand; null where nobody lives.</param>
/// <param name="Late">Sum of what is overdue, problems included; a household may be in it more than once.</param>
/// <param name="Moved">Null where there is no last week.</param>
internal sealed record WallPlace(AreaCode Area, decimal Households, decimal Monitored, decimal? PerThousand, decimal Late, decimal? Moved)
{
    public decimal? Of(WallLayer layer) => layer switch { WallLayer.Risk => PerThousand, WallLayer.Late => Late, WallLayer.Moved => Moved };
}

/// <summary>A stage of the way from a lead to an eliminated risk.</summary>
/// <param name="Figure">How many came so far, as a figure that opens.</param>
/// <param name="Count">Its number.</param>
/// <param name="Days">The mean time from the stage before; null where it is not known.</param>
internal sealed record FunnelStep(Text Title, Figure Figure, decimal Count, decimal? Days);

/// <summary>A cause with its share.</summary>
internal sealed record WallCause(Text Title, Figure Figure);

/// <summary>One screen about one area.</summary>
/// <param name="AsOf">The day of the figures: today, or the last day for which they were worked out.</param>
/// <param name="ComputedAt">When.</param>
/// <param name="LastWeek">The day the changes are since; null where nothing was computed a week or longer ago.</param>
/// <param name="Below">The areas one level below, in the order of their codes.</param>
/// <param name="Villages">All villages, for a map; empty below the county.</param>
internal sealed record WallView(
    AreaCode Area, DateOnly AsOf, DateTimeOffset ComputedAt, DateOnly? LastWeek, IReadOnlyList<WallFigure> Headlines, IReadOnlyList<WallFigure> Late,
    IReadOnlyList<FunnelStep> Funnel, IReadOnlyList<WallCause> Causes, IReadOnlyList<IReadOnlyList<Figure>> Trends,
    IReadOnlyList<WallPlace> Below, IReadOnlyList<WallPlace> Villages);
