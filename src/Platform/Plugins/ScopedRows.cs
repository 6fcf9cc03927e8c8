using System.Data.Common;
using Shouwang.Platform.Storage;

namespace Shouwang.Platform.Plugins;

/// <summary>Rows about the households of a scope, of a whole county or of a few.</summary>
public static class ScopedRows
{
    extension(ShouwangDb db)
    {
        /// <summary>Reads rows, each with its household's place in the scope; rows of other households are passed over.</summary>
        /// <param name="select">A query that gives the household first and ends with its conditions; the county is <c>@county</c>.</param>
        /// <param name="household">The household's column, as the conditions have to name it.</param>
        /// <param name="rest">What follows the conditions, such as a grouping.</param>
        public Task Scan(
            FeatureScope scope, string select, string household, Action<int, DbDataReader> read, CancellationToken cancel,
            (string Name, object? Value)[]? parameters = null, string rest = "")
        {
            List<(string, object?)> all = [("@county", scope.County.Digits), .. parameters ?? []];
            if (!scope.WholeCounty)
                all.Add(("@households", db.KeysOf(scope.Households)));
            var place = -1;
            return db.Scan($"{select} {(scope.WholeCounty ? "" : $"and {db.Among(household, "@households")}")} {rest}", row =>
            {
                place = scope.IndexOf(row.GetGuid(0), place);
                if (place >= 0)
                    read(place, row);
            }, cancel, [.. all]);
        }
    }
}
