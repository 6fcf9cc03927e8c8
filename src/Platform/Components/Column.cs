using Microsoft.AspNetCore.Components;
using Shouwang.Kernel;

namespace Shouwang.Platform.Components;

/// <summary>A column of a list; the table on the screen and the exported workbook are made from the same ones.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Value">The value of a row: text, whole number, decimal, date, instant, bool or a <see cref="Text"/>.</param>
public sealed record Column<T>(Text Title, Func<T, object?> Value)
{
    /// <summary>How the cell looks, where the plain value is not enough.</summary>
    public RenderFragment<T>? Cell { get; init; }

    /// <summary>The word for this column in <c>?sort=</c>, or null when it cannot be sorted by.</summary>
    public string? Sort { get; init; }

    /// <summary>Numbers stand to the right, digit under digit.</summary>
    public bool Numeric { get; init; }

    /// <summary>Left out on narrow screens; for what the row's own page shows as well.</summary>
    public bool Minor { get; init; }

    /// <summary>Sentences: on narrow screens it takes the whole width, and lines break anywhere.</summary>
    public bool Prose { get; init; }

    /// <summary>Not on the screen, only in the exported workbook.</summary>
    public bool Hidden { get; init; }

    /// <summary>Holds numbers, phones or health details: left out of workbooks for people who see these masked.</summary>
    public bool Sensitive { get; init; }
}
