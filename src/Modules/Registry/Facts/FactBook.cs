using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry.Facts;

/// <summary>The door as others see it, and what stands behind it read back fact by fact.</summary>
internal sealed class FactBook(
    ShouwangDb db, Secrets secrets, StatementStore statements, ISourceRanks ranks, Door door, Withdrawal withdrawal, Areas areas) : IFacts
{
    public async Task<int> State(StatementContext context, IReadOnlyList<Statement> stated, CancellationToken cancel)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        var households = await Incoming(Subject.Households, context.County, [.. stated.Where(s => s.Member is null)], s => s.Household, cancel);
        var members = await Incoming(Subject.Members, context.County, [.. stated.Where(s => s.Member is not null)], s => s.Member!.Value, cancel);
        var count = 0;
        if (households.Count > 0)
            count += await door.Households(context, households, new(await areas.Of(context.County, cancel)), empty: false, cancel);
        if (members.Count > 0)
            count += await door.Members(context, members, [], empty: false, cancel);
        if (own is not null)
            await own.CommitAsync(cancel);
        return count;
    }

    public async Task<IReadOnlyList<Fact>> Of(string county, Guid household, bool history, CancellationToken cancel)
    {
        var subjects = new List<(Guid, Guid?)> { (household, null) };
        await db.Read("select id from members where county = @county and household_id = @household order by code",
            row => subjects.Add((household, row.GetGuid(0))), cancel, ("@county", county), ("@household", household));
        return await About(county, subjects, history, cancel);
    }

    public Task<IReadOnlyList<Fact>> About(string county, IReadOnlyCollection<(Guid Household, Guid? Member)> subjects, CancellationToken cancel) =>
        About(county, subjects, false, cancel);

    private async Task<IReadOnlyList<Fact>> About(string county, IReadOnlyCollection<(Guid Household, Guid? Member)> subjects, bool history, CancellationToken cancel)
    {
        var facts = new List<Fact>();
        foreach (var kind in subjects.GroupBy(s => Subject.Of(s.Member is not null)).OrderBy(g => g.Key.IsMember))
        {
            var live = await statements.Live(kind.Key, county, [.. kind.Select(s => s.Member ?? s.Household)], cancel);
            foreach (var (household, member) in kind)
            {
                var id = member ?? household;
                if (live.TryGetValue(id, out var of) && Resolution.Of(kind.Key, county, of, ranks) is { } resolution)
                    facts.AddRange(Facts(kind.Key, household, id, of, resolution, history));
            }
        }
        return facts;
    }

    public async Task<IReadOnlyList<Disagreement>> Disagreements(string county, Guid household, CancellationToken cancel)
    {
        var found = new List<Disagreement>();
        await db.Read("""
            select member_id, attribute, source, value_enc, observed_on, since_at, settled_at from disagreements
            where county = @county and household_id = @household order by settled_at is not null, member_id, attribute, source, since_at
            """, row => found.Add(new(household, row.IsDBNull(0) ? null : row.GetGuid(0), row.GetString(1), row.GetString(2),
                secrets.Decrypt((byte[])row.GetValue(3)), row.GetFieldValue<DateOnly>(4), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
                row.IsDBNull(6) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)))),
            cancel, ("@county", county), ("@household", household));
        return found;
    }

    public async Task Withdraw(string county, Guid import, string actor, CancellationToken cancel)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        await withdrawal.Run(new(new AreaCode(county), actor, import), import, cancel);
        if (own is not null)
            await own.CommitAsync(cancel);
    }

    private static IEnumerable<Fact> Facts(
        Subject subject, Guid household, Guid id, List<KeptStatement> statements, Resolution resolution, bool history)
    {
        var told = new HashSet<(string, string)>();
        foreach (var statement in Enumerable.Reverse(statements))
        {
            foreach (var (field, value) in statement.Said.All)
            {
                if (!told.Add((statement.Source, field)) && !history)
                    continue;
                var position = subject.IndexOf(field);
                yield return new(household, subject.IsMember ? id : null, $"{subject.Prefix}.{field}", value, statement.Source, statement.Reference,
                    statement.ObservedOn, DateTimeOffset.FromUnixTimeMilliseconds(statement.RecordedAt), statement.RecordedBy,
                    Current: position < 0 || resolution.WinnerOf(position) == statement,
                    Differs: position >= 0 && value is not null && value != resolution.Values[position]);
            }
        }
    }

    /// <summary>Statements with the code of their subject: the one it is listed under, or the one its values name.</summary>
    private async Task<List<Incoming>> Incoming(
        Subject subject, string county, IReadOnlyList<Statement> stated, Func<Statement, Guid> idOf, CancellationToken cancel)
    {
        if (stated.Count == 0)
            return [];
        var codes = new Dictionary<Guid, string>();
        // A number is for life: those listed come first, then those that are retired.
        await db.Read($"""
            select id, code, 0 as place from {subject.Table} where county = @county and {db.Among("id", "@ids")}
            union all
            select id, code, 1 from retired_codes where county = @county and {db.Among("id", "@ids")}
            order by place
            """, row => codes.TryAdd(row.GetGuid(0), row.GetString(1)), cancel, ("@county", county), ("@ids", db.KeysOf(stated.Select(idOf).Distinct())));
        var incoming = new List<Incoming>(stated.Count);
        foreach (var statement in stated)
        {
            var said = new Said(subject);
            foreach (var (field, value) in statement.Values)
                said.Set(field, Canonical.Of(value));
            var id = idOf(statement);
            if (!codes.TryGetValue(id, out var code))
                codes[id] = code = said.Values[subject.Key]
                    ?? throw new ArgumentException($"The {subject.Prefix} {id} is not in the register, and the statement does not give its code.", nameof(stated));
            incoming.Add(new(code, id, statement.Source, statement.Reference, statement.ObservedOn, said, statement.By));
        }
        return incoming;
    }
}
