using Shouwang.Kernel.Tables;
using Shouwang.Modules.Ledger.Contracts;

namespace Shouwang.Modules.Ledger.Books;

/// <summary>What lists of other levels write into their cells.</summary>
internal static class ListWords
{
    /// <summary>A state under its name in either language; null where it is none of ours.</summary>
    public static IssueState? StateOf(string cell)
    {
        foreach (var state in Enum.GetValues<IssueState>())
        {
            var name = IssueStates.NameOf(state);
            if (cell == name.Zh || cell.Equals(name.En, StringComparison.OrdinalIgnoreCase))
                return state;
        }
        return null;
    }

    /// <summary>Whether it is struck off, in the words that other lists have; null where they do not say it.</summary>
    public static bool? EndedOf(string cell) =>
        cell.Contains('未') && cell.Contains("销号", StringComparison.Ordinal) || cell.Contains("整改中", StringComparison.Ordinal)
            || cell.Contains("正在", StringComparison.Ordinal) || cell.Equals("open", StringComparison.OrdinalIgnoreCase) ? false
        : cell.Contains("销号", StringComparison.Ordinal) || cell.Contains("办结", StringComparison.Ordinal) || cell.Contains("已完成", StringComparison.Ordinal)
            || cell.Equals("closed", StringComparison.OrdinalIgnoreCase) || cell.Equals("struck off", StringComparison.OrdinalIgnoreCase) ? true
        : null;

    /// <summary>A day as people and spreadsheets write it, or null.</summary>
    public static DateOnly? DayOf(string cell) => CellDate.TryDate(cell, out var day) ? day : null;
}
