using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Access;

/// <summary>Reads the event log of an actor's area, the latest first.</summary>
internal sealed class AuditTrail(ShouwangDb db)
{
    /// <param name="What">The beginning of an event's name.</param>
    /// <param name="From">First day, on China's calendar.</param>
    /// <param name="To">Last day, included.</param>
    public sealed record Filter(string? Who = null, string? What = null, string? Subject = null, DateOnly? From = null, DateOnly? To = null);

    /// <param name="Next">Where the next page begins, or null.</param>
    public sealed record Page(IReadOnlyList<Event> Rows, string? Next);

    public async Task<Page> Read(Actor actor, Filter filter, string? after, int take, CancellationToken cancel)
    {
        var (county, from, to) = (actor.County, actor.Area.Digits, actor.Area.RangeEnd);
        var events = db.Set<Event>().AsNoTracking()
            .Where(e => e.County == county && string.Compare(e.Area, from) >= 0 && string.Compare(e.Area, to) < 0);
        if (filter.Who?.Trim() is { Length: > 0 } who)
            events = events.Where(e => e.Actor == who);
        if (filter.Subject?.Trim() is { Length: > 0 } subject)
            events = events.Where(e => e.Subject == subject);
        if (filter.What?.Trim() is { Length: > 0 } what)
            events = events.Where(e => e.Name.StartsWith(what));
        if (filter.From is { } first)
            events = events.Where(e => e.At >= Midnight(first));
        if (filter.To is { } last)
            events = events.Where(e => e.At < Midnight(last.AddDays(1)));
        if (long.TryParse(after, CultureInfo.InvariantCulture, out var before))
            events = events.Where(e => e.Seq < before);
        var rows = await events.OrderByDescending(e => e.Seq).Take(take + 1).ToListAsync(cancel);
        return rows.Count <= take ? new(rows, null)
            : new(rows[..take], rows[take - 1].Seq.ToString(CultureInfo.InvariantCulture));
    }

    // Days begin at midnight in China.
    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8));
}
