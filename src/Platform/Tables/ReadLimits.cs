namespace Shouwang.Platform.Tables;

/// <summary>What a file may cost to read. Whatever is past a limit is refused with the limit named.</summary>
public sealed record ReadLimits
{
    public static ReadLimits Default { get; } = new();

    public long FileBytes { get; init; } = 200L << 20;

    /// <summary>The sum of all parts of a packed file (.xlsx, .ods) once unpacked.</summary>
    public long UnpackedBytes { get; init; } = 2L << 30;

    /// <summary>Unpacked ÷ packed size of one part; the first MiB of each part is free.</summary>
    public int UnpackRatio { get; init; } = 200;

    /// <summary>Parts of a packed file.</summary>
    public int Parts { get; init; } = 10_000;

    /// <summary>The highest row number of a sheet.</summary>
    public int Rows { get; init; } = 1_100_000;

    public int Columns { get; init; } = 512;

    /// <summary>Characters of a cell; what a spreadsheet itself allows.</summary>
    public int CellLength { get; init; } = 32_767;

    /// <summary>Merged blocks of a sheet.</summary>
    public int MergedRanges { get; init; } = 200_000;

    public int Sheets { get; init; } = 1_000;
}
