using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouwang.Kernel;
using Shouwang.Platform.Storage;

namespace Shouwang.Platform.Workflow;

/// <summary>All or nothing, with conflicts told to the user.</summary>
public static class UnitOfWork
{
    extension(ShouwangDb db)
    {
        /// <summary>
        /// Does the work in one transaction and stores it, unless it gives problems. Within a larger unit of work it joins that.
        /// </summary>
        /// <returns>What the work gave; <see cref="Steps.ChangedMeanwhile"/> when somebody else changed the same rows first.</returns>
        public async Task<Outcome<T>> Atomically<T>(Func<Task<Outcome<T>>> work, CancellationToken cancel)
        {
            if (db.Database.CurrentTransaction is not null)
                return await work();

            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            try
            {
                var outcome = await work();
                if (outcome.Succeeded)
                {
                    await db.SaveChangesAsync(cancel);
                    await transaction.CommitAsync(cancel);
                    return outcome;
                }
                db.ChangeTracker.Clear();
                return outcome;
            }
            catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || IsDuplicate(e))
            {
                db.ChangeTracker.Clear();
                return Steps.ChangedMeanwhile;
            }
        }
    }

    // Two people opened the same thing at the same moment, and the index that allows only one stopped the second.
    private static bool IsDuplicate(DbUpdateException e) => e.InnerException
        is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } or SqliteException { SqliteExtendedErrorCode: 2067 or 1555 };
}
