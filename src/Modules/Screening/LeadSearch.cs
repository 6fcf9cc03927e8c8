using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>What a list of leads is narrowed to.</summary>
/// <param name="State">A state, <c>open</c>, <c>overdue</c>, <c>closed</c>, <c>confirmed</c> or <c>all</c>; nothing means open.</param>
/// <param name="Source">Raised by it, or joined by it later.</param>
/// <param name="From">The first day on which the lead was raised.</param>
/// <param name="To">The last such day.</param>
internal sealed record LeadFilter(
    string? State, RuleLevel? Level, AreaCode? Area, string? Rule, string? After, LeadSource? Source = null, DateOnly? From = null, DateOnly? To = null);

/// <param name="Rules">The ids of the rules that spoke; empty when people did.</param>
internal sealed record LeadRow(
    string Code, string Household, string Head, AreaCode Area, LeadState State, RuleLevel Level, LeadSource Source, IReadOnlyList<string> Rules,
    DateOnly Raised, DateOnly Due, DateOnly? StageDue, string? AssignedTo);

/// <summary>Lists leads page by page, the earliest deadline first, and opens one with its reasons and steps.</summary>
internal sealed class LeadSearch(ShouwangDb db, IHouseholds households, Secrets secrets, Today today)
{
    private const int PageSize = 50;

    public sealed record Page(IReadOnlyList<LeadRow> Rows, string? Next);

    /// <summary>Why a lead was opened or joined: a rule's explanation or a person's words.</summary>
    public sealed record Reason(DateOnly On, RuleLevel Level, string Source, string? Subject, string? ReportedBy, RuleExplanation? Explanation, string? Words);

    public sealed record Opened(Lead Lead, HouseholdRef Household, IReadOnlyList<Reason> Reasons, IReadOnlyList<LeadStep> Steps);

    public async Task<Page> List(Actor actor, LeadFilter filter, int take, CancellationToken cancel)
    {
        var leads = Narrow(db.Set<Lead>().AsNoTracking().VisibleTo(actor, Permissions.LeadsRead, l => l.HouseholdId), filter);
        if (filter.After?.Split('~') is [var day, var code] && DateOnly.TryParseExact(day, "yyyyMMdd", out var due))
            leads = leads.Where(l => l.DueOn > due || l.DueOn == due && string.Compare(l.Code, code) > 0);
        var found = await leads.OrderBy(l => l.DueOn).ThenBy(l => l.Code).Take(take + 1).ToListAsync(cancel);
        var next = found.Count > take ? string.Create(CultureInfo.InvariantCulture, $"{found[take - 1].DueOn:yyyyMMdd}~{found[take - 1].Code}") : null;
        return new(await Rows(actor, found.Take(take).ToList(), cancel), next);
    }

    public Task<Page> List(Actor actor, LeadFilter filter, CancellationToken cancel) => List(actor, filter, PageSize, cancel);

    public async Task<Opened?> Find(Actor actor, string codeOrId, CancellationToken cancel)
    {
        Guid? id = Guid.TryParse(codeOrId, out var parsed) ? parsed : null;
        var lead = await db.Set<Lead>().AsNoTracking().VisibleTo(actor, Permissions.LeadsRead, l => l.HouseholdId)
            .SingleOrDefaultAsync(l => id == null ? l.Code == codeOrId : l.Id == id, cancel);
        if (lead is null || (await households.Refs(actor.County, [lead.HouseholdId], cancel)).GetValueOrDefault(lead.HouseholdId) is not { } household)
            return null;
        var reasons = await db.Set<LeadReason>().AsNoTracking().Where(r => r.County == lead.County && r.LeadId == lead.Id).OrderByDescending(r => r.OnDay).ToListAsync(cancel);
        var steps = await db.Set<LeadStep>().AsNoTracking().Where(s => s.County == lead.County && s.LeadId == lead.Id).OrderByDescending(s => s.RecordedAt).ToListAsync(cancel);
        return new(lead, household, [.. reasons.Select(Read)], steps);
    }

    private Reason Read(LeadReason r) => new(r.OnDay, r.Level, r.Source, r.Subject, r.ReportedBy,
        secrets.Decrypt(r.ExplanationEnc) is { } json ? JsonSerializer.Deserialize<RuleExplanation>(json, JsonTexts.Options) : null,
        secrets.Decrypt(r.WordsEnc));

    private IQueryable<Lead> Narrow(IQueryable<Lead> leads, LeadFilter filter)
    {
        var day = today.Day;
        leads = filter.State switch
        {
            "overdue" => leads.Where(l => l.ClosedOn == null && LeadStates.Open.Contains(l.State) && (l.StageDueOn < day || l.DueOn < day)),
            "closed" => leads.Where(l => !LeadStates.Open.Contains(l.State)),
            "confirmed" => leads.Where(l => !LeadStates.Open.Contains(l.State) && l.State != LeadState.Dismissed),
            "all" => leads,
            _ when Enum.TryParse<LeadState>(filter.State, out var state) => leads.Where(l => l.State == state),
            // Open leads have no day of closing; saying so lets the database go through the index of deadlines.
            _ => leads.Where(l => l.ClosedOn == null && LeadStates.Open.Contains(l.State)),
        };
        if (filter.Level is { } level)
            leads = leads.Where(l => l.Level == level.ToString());
        if (filter.Area is { } area)
        {
            var (from, to) = (area.Digits, area.RangeEnd);
            leads = leads.Where(l => string.Compare(l.Area, from) >= 0 && string.Compare(l.Area, to) < 0);
        }
        if (filter.Rule is { Length: > 0 } rule)
        {
            var quoted = $"\"{rule}\"";
            leads = leads.Where(l => l.Rules.Contains(quoted));
        }
        if (filter.Source is { } source)
        {
            var name = source.ToString();
            leads = leads.Where(l => l.Source == source || db.Set<LeadReason>().Any(r => r.County == l.County && r.LeadId == l.Id && r.Source == name));
        }
        if (filter.From is { } first)
            leads = leads.Where(l => l.RaisedOn >= first);
        if (filter.To is { } last)
            leads = leads.Where(l => l.RaisedOn <= last);
        return leads;
    }

    private async Task<IReadOnlyList<LeadRow>> Rows(Actor actor, List<Lead> leads, CancellationToken cancel)
    {
        var refs = await households.Refs(actor.County, [.. leads.Select(l => l.HouseholdId).Distinct()], cancel);
        return [.. leads.Select(l => (Lead: l, Household: refs.GetValueOrDefault(l.HouseholdId))).Select(x => new LeadRow(
            x.Lead.Code, x.Household?.Code ?? "", x.Household?.HeadName ?? "", new(x.Lead.Area), x.Lead.State, Enum.Parse<RuleLevel>(x.Lead.Level), x.Lead.Source,
            JsonSerializer.Deserialize<List<string>>(x.Lead.Rules)!, x.Lead.RaisedOn, x.Lead.DueOn, x.Lead.StageDueOn, x.Lead.AssignedTo))];
    }
}
