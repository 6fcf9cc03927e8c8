using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Organisation.Meetings;

/// <summary>A meeting that the rhythm asks for.</summary>
/// <param name="DueOn">The last day of the period.</param>
/// <param name="Planned">It is called for a day of the period; null where it is not.</param>
public sealed record DueMeeting(MeetingKind Kind, AreaCode Area, DateOnly From, DateOnly DueOn, Guid? Planned);

/// <summary>How far a rhythm is kept in the areas of a level.</summary>
/// <param name="Held">Areas that held it in the period of the day.</param>
/// <param name="Last">The last one; null before the first.</param>
public sealed record RhythmRow(MeetingKind Kind, DateOnly From, DateOnly To, int Areas, int Held, DateOnly? Last);

/// <summary>Meetings that are due and not held: of the present period, and of the last one where there had been such meetings before.</summary>
internal sealed class DueMeetings(ShouwangDb db, Policies policies, IVisitDays visits)
{
    /// <summary>What the actor's own area owes.</summary>
    public async Task<IReadOnlyList<DueMeeting>> Of(Actor actor, DateOnly today, CancellationToken cancel)
    {
        var (county, area) = (actor.County, actor.Area.Digits);
        var kinds = (await policies.For(actor.Area, today, cancel)).MeetingKinds.Where(k => k.Every != MeetingRhythm.None && k.Levels[0] == actor.Area.Level).ToList();
        if (kinds.Count == 0)
            return [];
        var codes = kinds.Select(k => k.Code).ToList();
        var known = (await db.Set<Meeting>().AsNoTracking().Where(m => m.County == county && m.Area == area && codes.Contains(m.Kind) && m.State != MeetingState.Cancelled)
            .Select(m => new { m.Id, m.Kind, m.HeldOn, m.State }).ToListAsync(cancel)).ToLookup(m => m.Kind);
        var visited = kinds.Exists(k => k.Every == MeetingRhythm.VisitDay) ? (await visits.Count(actor, actor.Area, today.AddDays(-1), today, cancel)).Select(v => v.On).ToHashSet() : [];
        var due = new List<DueMeeting>();
        foreach (var kind in kinds)
        {
            var now = kind.Period(today)!.Value;
            var last = kind.Period(now.From.AddDays(-1))!.Value;
            foreach (var (from, to) in ((DateOnly, DateOnly)[])[last, now])
            {
                var there = known[kind.Code].Where(m => m.HeldOn >= from && m.HeldOn <= to).ToList();
                if (there.Exists(m => m.State != MeetingState.Planned))
                    continue;
                // Where no such meeting was ever held nobody is behind with the last one.
                if (kind.Every == MeetingRhythm.VisitDay ? visited.Contains(from) : to >= today || known[kind.Code].Any(m => m.HeldOn < from && m.State != MeetingState.Planned))
                    due.Add(new(kind, actor.Area, from, to, there.FirstOrDefault()?.Id));
            }
        }
        return [.. due.OrderBy(d => d.DueOn).ThenBy(d => d.Kind.Code, StringComparer.Ordinal)];
    }

    /// <summary>How far each rhythm is kept below the actor.</summary>
    /// <param name="below">The areas inside the actor's, the actor's own with them.</param>
    public async Task<IReadOnlyList<RhythmRow>> Rhythm(Actor actor, IReadOnlyList<AreaCode> below, DateOnly today, CancellationToken cancel)
    {
        var rows = new List<RhythmRow>();
        foreach (var kind in (await policies.For(actor.Area, today, cancel)).MeetingKinds.Where(k => k.Every is not (MeetingRhythm.None or MeetingRhythm.VisitDay)))
        {
            var areas = below.Where(a => a.Level == kind.Levels[0]).Select(a => a.Digits).ToHashSet();
            if (areas.Count == 0)
                continue;
            var (from, to) = kind.Period(today)!.Value;
            var held = await db.Set<Meeting>().AsNoTracking().VisibleTo(actor, Permissions.MeetingsRead).Where(m => m.Kind == kind.Code && (m.State == MeetingState.Held || m.State == MeetingState.Signed))
                .GroupBy(m => m.Area).Select(g => new { g.Key, Last = g.Max(m => m.HeldOn) }).ToListAsync(cancel);
            rows.Add(new(kind, from, to, areas.Count, held.Count(h => areas.Contains(h.Key) && h.Last >= from && h.Last <= to), held.Where(h => areas.Contains(h.Key)).Max(h => (DateOnly?)h.Last)));
        }
        return rows;
    }
}

/// <summary>Meetings in the work lists of those who hold them: due by the rhythm, called for a day that has come, minutes to sign.</summary>
internal sealed class MeetingWork(ShouwangDb db, DueMeetings due, Policies policies) : IWorkSource
{
    // Further ahead nobody needs to be told.
    private const int DaysAhead = 7;

    public async Task<WorkPart> Of(Actor actor, DateOnly today, int limit, CancellationToken cancel)
    {
        var items = new List<WorkItem>();
        var own = actor.Area.Digits;
        if (actor.May(Permissions.MeetingsHold) && actor.Area.Level >= AreaLevel.County)
        {
            foreach (var d in (await due.Of(actor, today, cancel)).Where(d => d.DueOn <= today.AddDays(DaysAhead)))
            {
                var link = d.Kind.Evening ? $"/organisation/meetings/evening?area={own}&day={d.From:yyyy-MM-dd}" : d.Planned is { } planned ? $"/organisation/meetings/{planned}" : $"/organisation/meetings/new?kind={d.Kind.Code}";
                items.Add(Item(d.Planned ?? Guid.Empty, null, own, d.Kind.Title, d.Kind.Evening ? new("确认夜会商（已备好）", "confirm the evening review, which is prepared") : new("召开会议", "hold the meeting"), d.DueOn, today, Permissions.MeetingsHold, link));
            }
        }
        var rows = await db.Set<Meeting>().AsNoTracking().VisibleTo(actor, Permissions.MeetingsRead).Where(m => m.Area == own)
            .Where(m => m.State == MeetingState.Held || m.State == MeetingState.Planned && m.HeldOn <= today).OrderBy(m => m.HeldOn).Take(limit).ToListAsync(cancel);
        foreach (var m in rows.Where(m => items.TrueForAll(i => i.Subject != m.Id)))
        {
            var signs = m.State == MeetingState.Held;
            if (signs ? actor.May(Permissions.MeetingsSign) && m.RecordedBy != actor.User : actor.May(Permissions.MeetingsHold))
                items.Add(Item(m.Id, m.Code, own, MeetingStates.NameOf(m.State), signs ? new("签发纪要", "sign the minutes") : new("登记召开", "record it"),
                    signs ? (await policies.For(actor.Area, today, cancel)).Due(MeetingStates.SignClock, m.HeldOn) : m.HeldOn, today, signs ? Permissions.MeetingsSign : Permissions.MeetingsHold, $"/organisation/meetings/{m.Id}") with { About = new(m.Title, m.Title) });
        }
        return new([.. items.OrderBy(i => i.DueOn).Take(limit)], items.Count(i => i.Urgency == Urgency.Overdue), items.Count(i => i.Urgency == Urgency.DueToday), items.Count(i => i.Urgency == Urgency.Later), 0);
    }

    private static WorkItem Item(Guid id, string? code, string area, Text state, Text toDo, DateOnly on, DateOnly today, string permission, string link) =>
        new("meeting", id, code, null, area, state, toDo, on, WorkQuery.UrgencyOf(on, today), true, WhoActs.For(permission), link);
}
