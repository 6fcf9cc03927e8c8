namespace Shouwang.Modules.Registry.Facts;

/// <summary>How much of a row of the typed table is new: most of what a visit says is what was known, and private values change rarely.</summary>
internal enum RowWrite
{
    None,

    /// <summary>Only who said it last.</summary>
    Stamp,

    /// <summary>Everything but what is private.</summary>
    Alter,

    /// <summary>All of it.</summary>
    Replace,

    /// <summary>There was none.</summary>
    Add,
}

/// <summary>A subject about which something new was said.</summary>
/// <param name="Listed">It has a row in the typed table already.</param>
/// <param name="Area">The area of that row.</param>
/// <param name="Before">Null for one that was not listed, and where what was before does not matter.</param>
/// <param name="By">Who said what is new; null for the context's actor.</param>
internal sealed record Change(Guid Id, string Code, bool Listed, string? Area, Resolution? Before, Resolution Now, string? By = null)
{
    public bool NewValues => Before is null || !Now.SameValuesAs(Before);

    /// <summary>How its row has to be written.</summary>
    /// <param name="moved">It lies in another area now.</param>
    public RowWrite Write(bool moved = false) =>
        !Listed ? RowWrite.Add
        : Before is null || !Now.SamePrivateValuesAs(Before) ? RowWrite.Replace
        : NewValues || moved ? RowWrite.Alter
        : !Now.SameRowAs(Before) ? RowWrite.Stamp
        : RowWrite.None;

    /// <summary>What only people's words count for is now said by people, or no longer.</summary>
    public bool NewlySeen => Before is null || !Now.SeenAlike(Before);

    /// <summary>A disagreement may stand from before: there was one, or nobody looked.</summary>
    public bool MayDisagree => Before is { Differences.Count: > 0 } || Listed && Before is null;
}
