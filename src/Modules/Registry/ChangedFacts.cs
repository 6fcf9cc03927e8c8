using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Registry.Facts;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Registry;

/// <summary>Compares what the register goes by with what it would go by if nothing had been observed after a day.</summary>
internal sealed class ChangedFacts(ShouwangDb db, StatementStore statements, ISourceRanks ranks) : IChangedFacts
{
    public async Task<IReadOnlyList<ChangedFact>> Of(string county, IReadOnlyCollection<WatchedSince> about, CancellationToken cancel)
    {
        var changed = new List<ChangedFact>();
        foreach (var (subject, watched) in new[] { (Subject.Households, about.Where(a => a.Member is null)), (Subject.Members, about.Where(a => a.Member is not null)) })
        {
            var by = watched.ToDictionary(a => a.Member ?? a.Household);
            // Most households have not changed since somebody was there, and who came since is new: their statements are not opened.
            var touched = await Touched(county, by, cancel);
            foreach (var (id, all) in await statements.Live(subject, county, touched, cancel))
                changed.AddRange(Between(subject, county, by[id], all));
        }
        return changed;
    }

    private async Task<HashSet<Guid>> Touched(string county, Dictionary<Guid, WatchedSince> by, CancellationToken cancel)
    {
        var touched = new HashSet<Guid>();
        if (by.Count > 0)
            await db.Read($"""
                select s.subject_id, max(s.observed_on) from statements s
                where s.county = @county and {db.Among("s.subject_id", "@ids")} and s.observed_on > @since
                    and exists (select 1 from statements b where b.county = s.county and b.subject_id = s.subject_id and b.observed_on <= @until)
                group by s.subject_id
                """, row =>
            {
                if (row.GetFieldValue<DateOnly>(1) > by[row.GetGuid(0)].Since)
                    touched.Add(row.GetGuid(0));
            }, cancel, ("@county", county), ("@ids", db.KeysOf(by.Keys)), ("@since", by.Values.Min(a => a.Since)), ("@until", by.Values.Max(a => a.Since)));
        return touched;
    }

    private IEnumerable<ChangedFact> Between(Subject subject, string county, WatchedSince about, List<KeptStatement> all)
    {
        // Somebody who was not on the register then is new, and not changed.
        if (Resolution.Of(subject, county, [.. all.Where(s => s.ObservedOn <= about.Since)], ranks) is not { } before || Resolution.Of(subject, county, all, ranks) is not { } now)
            yield break;
        for (var i = 0; i < subject.Columns.Length; i++)
        {
            if (before.Values[i] == now.Values[i])
                continue;
            var (at, later) = (i, now.WinnerOf(i) is { } winner && winner.ObservedOn > about.Since ? winner : null);
            later ??= all.FindLast(s => s.ObservedOn > about.Since && s.Said.Speaks(at));
            if (later is not null)
                yield return new(about.Household, about.Member, subject.Columns[i].Field, before.Values[i], now.Values[i], later.ObservedOn, later.Source);
        }
    }
}
