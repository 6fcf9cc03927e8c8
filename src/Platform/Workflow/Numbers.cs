using Shouwang.Platform.Storage;

namespace Shouwang.Platform.Workflow;

/// <summary>Short numbers for people, such as <c>L2020-00012</c>: running through a year, without gaps where nothing failed.</summary>
public static class Numbers
{
    extension(ShouwangDb db)
    {
        /// <summary>Takes the next number of a series.</summary>
        /// <param name="letter">Tells kinds of things apart: L lead, C case, E elimination, N notice, P problem of the ledger, S listed object, D drive.</param>
        public async Task<string> TakeNumber(string county, char letter, DateOnly on, CancellationToken cancel) =>
            (await db.TakeNumbers(county, letter, on, 1, cancel))[0];

        /// <summary>Takes several at once, in order.</summary>
        public async Task<string[]> TakeNumbers(string county, char letter, DateOnly on, int count, CancellationToken cancel)
        {
            long last = 0;
            await db.Read("""
                insert into number_series (county, series, last) values (@county, @series, @count)
                on conflict (county, series) do update set last = number_series.last + @count
                returning last
                """, row => last = row.GetInt64(0), cancel, ("@county", county), ("@series", $"{letter}{on.Year}"), ("@count", (long)count));
            return [.. Enumerable.Range(1, count).Select(i => $"{letter}{on.Year}-{last - count + i:00000}")];
        }
    }
}
