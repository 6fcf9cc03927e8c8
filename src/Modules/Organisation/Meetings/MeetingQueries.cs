using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Organisation.Evening;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Organisation.Meetings;

/// <summary>A row of the list of meetings.</summary>
/// <param name="Open">Decisions that are not struck off in the ledger.</param>
/// <param name="Points">How many points people of the village raised.</param>
public sealed record MeetingRow(
    Guid Id, string Code, string Kind, AreaCode Area, string Title, DateOnly HeldOn, MeetingState State, string Chair, int? Attended, int? Households, int Decisions, int Open, int Points);

/// <summary>A decision with what became of it.</summary>
/// <param name="Text"><see cref="Withheld.Notice"/> where the reader may not see it.</param>
/// <param name="Late">Its stage in the ledger is past its day.</param>
public sealed record DecisionRow(int Number, Text? Text, string? Household, Guid? HouseholdId, string Unit, string Person, DateOnly DueOn, IssueRef? Issue, bool Late);

/// <summary>A meeting in clear.</summary>
/// <param name="Minutes">Null where there are none, or where the reader may not see them.</param>
/// <param name="Points">One a line; empty as above.</param>
/// <param name="Review">Of an evening review, what lay before it.</param>
/// <param name="Reads">Minutes and points are open to the reader.</param>
public sealed record MeetingView(
    Meeting Meeting, IReadOnlyList<string> Units, string? Minutes, IReadOnlyList<string> Points, EveningReview? Review, IReadOnlyList<DecisionRow> Decisions, bool Reads);

/// <summary>What a list of meetings is narrowed to.</summary>
public sealed record MeetingFilter(AreaCode? Area = null, string? Kind = null, DateOnly? From = null, DateOnly? To = null, int Skip = 0, int Take = 50);

/// <summary>What the pages about meetings show.</summary>
internal sealed class MeetingQueries(ShouwangDb db, ILedger ledger, IHouseholds households, Secrets secrets, Shouwang.Platform.Today today)
{
    /// <summary>Meetings of the actor's area: those to come first, then the latest.</summary>
    public async Task<(IReadOnlyList<MeetingRow> Rows, int Total)> List(Actor actor, MeetingFilter filter, CancellationToken cancel)
    {
        var rows = db.Set<Meeting>().AsNoTracking().VisibleTo(actor, Permissions.MeetingsRead).Where(m => m.State != MeetingState.Cancelled);
        if (filter.Area is { } area)
        {
            var (from, to) = (area.Digits, area.RangeEnd);
            rows = rows.Where(m => string.Compare(m.Area, from) >= 0 && string.Compare(m.Area, to) < 0);
        }
        if (filter.Kind is { } kind)
            rows = rows.Where(m => m.Kind == kind);
        if (filter.From is { } first)
            rows = rows.Where(m => m.HeldOn >= first);
        if (filter.To is { } last)
            rows = rows.Where(m => m.HeldOn <= last);
        var total = await rows.CountAsync(cancel);
        var page = await rows.OrderBy(m => m.State != MeetingState.Planned).ThenByDescending(m => m.HeldOn).ThenByDescending(m => m.Code).Skip(filter.Skip).Take(filter.Take).ToListAsync(cancel);
        var ids = page.Select(m => m.Id).ToList();
        var decided = await db.Set<MeetingDecision>().AsNoTracking().Where(d => d.County == actor.County && ids.Contains(d.MeetingId)).Select(d => new { d.MeetingId, d.IssueId }).ToListAsync(cancel);
        var issues = await ledger.Find(actor.County, [.. decided.Select(d => d.IssueId)], cancel);
        var open = decided.Where(d => issues.TryGetValue(d.IssueId, out var issue) && !LedgerNames.IsEnded(issue.State)).ToLookup(d => d.MeetingId);
        var all = decided.ToLookup(d => d.MeetingId);
        return ([.. page.Select(m => new MeetingRow(m.Id, m.Code, m.Kind, new(m.Area), m.Title, m.HeldOn, m.State, m.Chair, m.Attended, m.Households, all[m.Id].Count(), open[m.Id].Count(),
            m.PointsEnc is null ? 0 : Lines(secrets.Decrypt(m.PointsEnc)).Count))], total);
    }

    /// <summary>Null when there is none in the actor's area.</summary>
    public async Task<MeetingView?> Open(Actor actor, Guid id, CancellationToken cancel)
    {
        if (await db.Set<Meeting>().AsNoTracking().VisibleTo(actor, Permissions.MeetingsRead).SingleOrDefaultAsync(m => m.Id == id, cancel) is not { } m)
            return null;
        var reads = m.IsReadBy(actor);
        var decisions = await db.Set<MeetingDecision>().AsNoTracking().Where(d => d.County == m.County && d.MeetingId == id).OrderBy(d => d.Number).ToListAsync(cancel);
        var issues = await ledger.Find(m.County, [.. decisions.Select(d => d.IssueId)], cancel);
        var tasks = await ledger.Words(actor, [.. decisions.Select(d => d.IssueId)], cancel);
        var review = m.PreparedEnc is not null && secrets.Decrypt(m.PreparedEnc) is { } json ? JsonSerializer.Deserialize<EveningReview>(json, JsonTexts.Options) : null;
        var homes = await households.Refs(m.County, [.. decisions.Select(d => d.HouseholdId).Concat(review?.Items.Select(i => i.Household) ?? []).OfType<Guid>().Distinct()], cancel);
        if (review is not null && actor.SeesMasked)
            review = review with { Items = [.. review.Items.Select(Masked)] };
        return new(m, JsonSerializer.Deserialize<List<string>>(m.Units, JsonTexts.Options)!, reads ? secrets.Decrypt(m.MinutesEnc) : null, reads ? Lines(secrets.Decrypt(m.PointsEnc)) : [], review,
            [.. decisions.Select(d => Row(d, issues.GetValueOrDefault(d.IssueId)))], reads);

        DecisionRow Row(MeetingDecision d, IssueRef? issue) => new(d.Number, Withheld.Shown(d.TextEnc, m.Reads(d, tasks.TryGetValue(d.IssueId, out var task) && task != Withheld.Notice, actor), secrets),
            d.HouseholdId is { } h ? Named(h) : null, d.HouseholdId, issue?.Unit ?? d.Unit, d.Person, d.DueOn, issue,
            issue is not null && !LedgerNames.IsEnded(issue.State) && issue.StageDueOn < today.Day);

        // What was kept names households in full.
        EveningItem Masked(EveningItem item) => item.Household is not { } h ? item : item with { Who = Named(h) ?? "", Words = item.Words is null ? null : Withheld.Notice };

        string? Named(Guid household) => homes.TryGetValue(household, out var home) ? $"{home.Village} {home.HeadFor(actor)}" : null;
    }

    /// <summary>The points that people of the villages raised, the latest meetings first; of a meeting whose words the actor does not read one row that says so.</summary>
    public async Task<IReadOnlyList<(MeetingRow Meeting, Text Point)>> Points(Actor actor, MeetingFilter filter, CancellationToken cancel)
    {
        var (rows, _) = await List(actor, filter, cancel);
        var ids = rows.Where(r => r.Points > 0).Select(r => r.Id).ToList();
        var said = (await db.Set<Meeting>().AsNoTracking().Where(m => m.County == actor.County && ids.Contains(m.Id)).ToListAsync(cancel)).ToDictionary(m => m.Id);
        return [.. rows.Where(r => r.Points > 0).SelectMany(r => said[r.Id].IsReadBy(actor)
            ? Lines(secrets.Decrypt(said[r.Id].PointsEnc)).Select(p => (r, new Text(p, p))) : [(r, Withheld.Notice)])];
    }

    /// <summary>What became of the decisions of a meeting, in a sentence.</summary>
    public async Task<Text> Handed(Actor actor, Guid id, CancellationToken cancel)
    {
        var decisions = (await Open(actor, id, cancel))?.Decisions ?? [];
        var waiting = decisions.Count(d => d.Issue?.State == IssueState.Registered);
        return decisions.Count == 0 ? new("没有议定事项。", "Nothing was decided.")
            : waiting == 0 ? new($"议定事项 {decisions.Count} 项，均已交办。", $"All {decisions.Count} decisions are assigned.")
            : new($"议定事项 {decisions.Count} 项：已交办 {decisions.Count - waiting} 项，{waiting} 项的责任人或单位不在本区域，待有交办权限的岗位交办。",
                $"{decisions.Count} decisions: {decisions.Count - waiting} assigned; {waiting} name somebody outside the area and wait for a post that assigns.");
    }

    /// <summary>Lines with words in them.</summary>
    public static IReadOnlyList<string> Lines(string? words) => words is null ? [] : [.. words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
