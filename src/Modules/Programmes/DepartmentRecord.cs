namespace Shouwang.Modules.Programmes;

/// <summary>What a row of a department's file left behind. Rows are only ever added, or taken back with their import.</summary>
/// <remarks>
/// Every row that was accepted is kept, matched or not, and whether or not a later file says otherwise: so taking back any
/// import, in any order, brings back what the others say. <see cref="InForce"/> tells which rows count now.
/// </remarks>
internal abstract class DepartmentRecord
{
    public required string County { get; init; }

    public required Guid Id { get; init; }

    /// <summary>The import it came with. Taking that import back takes this row back.</summary>
    public required Guid ImportId { get; init; }

    /// <summary>The row of the file, as the spreadsheet numbers it.</summary>
    public required int SourceRow { get; init; }

    /// <summary>The day the file stands for; of two files about one thing the later day counts.</summary>
    public required DateOnly AsOfOn { get; init; }

    /// <summary>False once a later file says something else about the same thing.</summary>
    public required bool InForce { get; init; }

    /// <summary>Null when the row fits nobody of the register.</summary>
    public Guid? HouseholdId { get; init; }

    public Guid? MemberId { get; init; }

    /// <summary>
    /// The household's village, else the one the file names: 12 digits. The area of the import (6 or 9 digits) where neither is
    /// known or the village lies outside it.
    /// </summary>
    public required string Village { get; init; }
}
