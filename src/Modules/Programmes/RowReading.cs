using System.Data.Common;
using System.Globalization;
using Shouwang.Kernel;

namespace Shouwang.Modules.Programmes;

/// <summary>Reads columns that may be null.</summary>
internal static class RowReading
{
    extension(DbDataReader row)
    {
        public string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        public Guid? Id(int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
        public int? Whole(int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
        public bool? Flag(int column) => row.IsDBNull(column) ? null : row.GetBoolean(column);
        public DateOnly? Date(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);
        public Money? Fen(int column) => row.IsDBNull(column) ? null : new Money(row.GetInt64(column));

        /// <summary>A decimal kept as text.</summary>
        public decimal? Exact(int column) =>
            row.IsDBNull(column) ? null : decimal.Parse(row.GetString(column), NumberStyles.Number, CultureInfo.InvariantCulture);
    }
}

internal static class Ages
{
    /// <summary>Full years on a day; someone born on 29 February is a year older on 1 March.</summary>
    public static int On(DateOnly born, DateOnly day) =>
        day.Year - born.Year - ((day.Month, day.Day).CompareTo((born.Month, born.Day)) < 0 ? 1 : 0);

    /// <summary>Full months from one day to a later one.</summary>
    public static int MonthsBetween(DateOnly from, DateOnly to) =>
        (to.Year - from.Year) * 12 + to.Month - from.Month - (to.Day < from.Day ? 1 : 0);
}
