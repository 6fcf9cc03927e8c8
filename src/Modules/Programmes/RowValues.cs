using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Kernel.Tables;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Programmes;

/// <summary>Reads the cells of a row as the column's type; null where the cell is empty.</summary>
internal static class RowValues
{
    extension(FeedRow row)
    {
        public string? Text(int field) => row.Values[field] as string;

        /// <summary>A day; of a date without a day, the first of the month.</summary>
        public DateOnly? Date(int field) => row.Values[field] switch
        {
            DateOnly date => date,
            PartialDate date => new DateOnly(date.Year, date.Month, date.Day ?? 1),
            _ => null,
        };

        public bool? Flag(int field) => row.Values[field] is bool flag ? flag : null;

        public decimal? Number(int field) => row.Values[field] switch
        {
            decimal number => number,
            long number => number,
            int number => number,
            _ => null,
        };

        /// <summary>A whole number; a fraction is cut off.</summary>
        public int? Whole(int field) => row.Number(field) is { } number ? decimal.ToInt32(decimal.Truncate(number)) : null;

        /// <summary>A whole number; a fraction counts up, so that 20.5 minutes are more than 20.</summary>
        public int? RoundedUp(int field) => row.Number(field) is { } number ? decimal.ToInt32(decimal.Ceiling(number)) : null;

        /// <summary>A year and month as a number: 202006.</summary>
        public int? YearMonth(int field) => row.Values[field] switch
        {
            DateOnly date => date.Year * 100 + date.Month,
            PartialDate date => date.YearMonth,
            int number => number,
            long number => (int)number,
            _ => null,
        };

        /// <summary>An amount in yuan as fen, rounded half away from zero.</summary>
        public long? Fen(int field) => row.Number(field) is { } yuan ? Money.FromYuan(yuan).Fen : null;

        /// <summary>A decimal for a text column, without trailing zeros.</summary>
        public string? Exact(int field) => row.Number(field)?.ToString("0.############", CultureInfo.InvariantCulture);

        /// <summary>A village, where the cell was understood as one.</summary>
        public AreaCode? Village(int field) => (field < 0 ? null : row.Values[field]) switch
        {
            AreaCode { Level: AreaLevel.Village } area => area,
            string text when AreaCode.TryParse(text, out var area) && area.Level == AreaLevel.Village => area,
            _ => null,
        };
    }

    /// <summary>The position of a field in a row's values, or -1 where the policy's feed has no such field.</summary>
    public static int Find(this FeedIntake intake, string field) => intake.Definition.Field(field) is null ? -1 : intake.Index(field);

    /// <summary>A number that gives nothing away, equal when the numbers are; null for none.</summary>
    public static string? KeyOf(this Secrets secrets, string? number) => secrets.Hash(number) is { } hash ? Convert.ToHexStringLower(hash) : null;
}
