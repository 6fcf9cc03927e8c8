using Microsoft.EntityFrameworkCore;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;

namespace Shouwang.Platform.Workflow;

/// <summary>What a work list needs to know of a row.</summary>
public sealed class WorkRow<TState>
    where TState : struct, Enum
{
    public required Guid Id { get; init; }
    public string? Code { get; init; }
    public Guid? Household { get; init; }
    public required string Area { get; init; }
    public required TState State { get; init; }
    public DateOnly? DueOn { get; init; }
}

/// <summary>Reads off a state table who has to act on what.</summary>
public static class WorkQuery
{
    /// <param name="life">The table that says whose step it is.</param>
    /// <param name="open">The rows the actor can see and that are not closed.</param>
    /// <param name="kind">See <see cref="WorkItem"/>.</param>
    /// <param name="page">The page of the kind; the id follows.</param>
    /// <param name="skip">Events nobody waits for, such as withdrawing.</param>
    /// <param name="barred">Rows whose next step the actor's post takes and the actor may not, such as judging the own work: they wait for somebody else.</param>
    public static async Task<WorkPart> Work<TState, TEvent>(
        this LifeCycle<TState, TEvent> life, IQueryable<WorkRow<TState>> open, string kind, string page, IReadOnlyCollection<TEvent> skip, Actor actor, DateOnly today,
        int limit, CancellationToken cancel, IQueryable<Guid>? barred = null)
        where TState : struct, Enum
        where TEvent : struct, Enum
    {
        var next = life.Table.Where(s => !skip.Contains(s.Event)).GroupBy(s => s.From).ToDictionary(g => g.Key, g => g.ToList());
        var my = next.Where(n => n.Value.Any(s => actor.May(s.Permission))).Select(n => n.Key).ToList();
        var mine = open.Where(r => my.Contains(r.State));
        var others = open.Where(r => !my.Contains(r.State));
        if (barred is not null)
            (mine, others) = (mine.Where(r => !barred.Contains(r.Id)), open.Where(r => !my.Contains(r.State) || barred.Contains(r.Id)));

        var rows = await mine.OrderBy(r => r.DueOn == null).ThenBy(r => r.DueOn).ThenBy(r => r.Id).Take(limit).ToListAsync(cancel);
        var waiting = await others.OrderBy(r => r.DueOn == null).ThenBy(r => r.DueOn).ThenBy(r => r.Id).Take(limit).ToListAsync(cancel);
        var counts = await mine.GroupBy(_ => 1).Select(g => new
        {
            Overdue = g.Count(r => r.DueOn < today), DueToday = g.Count(r => r.DueOn == today), All = g.Count(),
        }).SingleOrDefaultAsync(cancel);
        return new([.. rows.Select(r => Item(r, true)), .. waiting.Where(r => next.ContainsKey(r.State)).Select(r => Item(r, false))],
            counts?.Overdue ?? 0, counts?.DueToday ?? 0, (counts?.All ?? 0) - (counts?.Overdue ?? 0) - (counts?.DueToday ?? 0),
            waiting.Count < limit ? waiting.Count : await others.CountAsync(cancel));

        WorkItem Item(WorkRow<TState> row, bool own)
        {
            var step = next[row.State].FirstOrDefault(s => actor.May(s.Permission)) ?? next[row.State][0];
            var who = WhoActs.For(step.Permission);
            // Of the own post, and yet not the actor: somebody else of those.
            return new(kind, row.Id, row.Code, row.Household, row.Area, life.NameOf(row.State), life.NameOf(step.Event), row.DueOn, UrgencyOf(row.DueOn, today), own,
                own || !actor.May(step.Permission) ? who : new($"他人（{who.Zh}）", $"somebody else ({who.En})"), $"{page}/{row.Id}");
        }
    }

    public static Urgency UrgencyOf(DateOnly? due, DateOnly today) =>
        due < today ? Urgency.Overdue : due == today ? Urgency.DueToday : Urgency.Later;
}
