using System.Text.Json;

namespace Shouwang.Platform.Storage;

/// <summary>Conditions on long lists of keys: one parameter however many there are, on either database.</summary>
public static class Keys
{
    extension(ShouwangDb db)
    {
        /// <summary>The condition that a column is among the keys of a parameter made by <see cref="KeysOf{T}"/>.</summary>
        public string Among(string column, string parameter) => db.Dialect == Dialect.Postgres
            ? $"{column} = any({parameter})"
            : $"{column} in (select value from json_each({parameter}))";

        /// <summary>The keys of a parameter as a table <c>k</c> with the column <c>value</c>, to select or join from.</summary>
        public string KeyTable(string parameter) => db.Dialect == Dialect.Postgres
            ? $"unnest({parameter}) as k(value)"
            : $"json_each({parameter}) as k";

        /// <summary>The keys of two parameters, pair by pair, as a table <c>k</c> with the columns <c>one</c> and <c>other</c>.</summary>
        /// <remarks>Two conditions by <see cref="Among"/> would look up every combination.</remarks>
        public string PairTable(string one, string other) => db.Dialect == Dialect.Postgres
            ? $"unnest({one}, {other}) as k(one, other)"
            : $"(select a.value as one, b.value as other from json_each({one}) a join json_each({other}) b on b.key = a.key) as k";

        /// <summary>The parameter's value: texts or ids.</summary>
        public object KeysOf<T>(IEnumerable<T> keys) where T : notnull => db.Dialect == Dialect.Postgres
            ? keys.ToArray()
            // The embedded database holds ids as upper-case text.
            : JsonSerializer.Serialize(keys.Select(k => k is Guid id ? id.ToString().ToUpperInvariant() : k.ToString()));

        /// <summary>Marks households whose facts or records changed, so that their rules are looked at again.</summary>
        /// <remarks>The marks of one call become visible together. They are rows of their own: two writers never wait for each other here.</remarks>
        public async Task MarkDirty(string county, IReadOnlyCollection<Guid> households, TimeProvider clock, CancellationToken cancel)
        {
            if (households.Count == 0)
                return;
            await db.Execute($"""
                insert into dirty_marks (county, household_id, mark_id, since_at)
                select distinct @county, value, @mark, @at from {db.KeyTable("@households")}
                """, cancel, ("@county", county), ("@mark", Guid.CreateVersion7()), ("@at", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("@households", db.KeysOf(households)));
        }
    }
}
