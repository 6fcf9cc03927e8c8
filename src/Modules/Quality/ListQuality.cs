using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Quality;

/// <summary>Findings as people and programs list and explain them, inside the area of whoever asks.</summary>
internal sealed class ListQuality(ShouwangDb db, RunQuality runs, Secrets secrets, TimeProvider clock) : IQuality
{
    private const int LongestReason = 500;

    private static readonly Problem
        NotFound = new("quality.not-found", 404, new("没有这条疑点。", "There is no such finding."), new("它可能已经改正；请刷新列表。", "It may have been corrected; reload the list.")),
        NoReason = new("quality.no-reason", 422, new("没有填写说明。", "There is no reason."), new("请说明这条数据为什么是对的。", "Say why the data are correct as they stand.")),
        LongReason = new("quality.long-reason", 422,
            new($"说明超过{LongestReason}字。", $"The reason is longer than {LongestReason} characters."), new("请写得简短一些。", "Shorten it.")),
        NotAllowed = new("quality.not-allowed", 403, new("您的岗位不能说明疑点。", "Your post may not explain findings."), new("请村干部或乡镇经办人说明。", "Ask a village cadre or the township clerk."));

    private Dictionary<string, QualityRule>? _rules;

    public IReadOnlyList<QualityRule> Rules => runs.Rules;

    public Task<QualityResult> Run(AreaCode county, DateOnly asOf, string actor, CancellationToken cancel) => runs.Run(county.County, asOf, actor, cancel);

    public Task<bool> IsDue(AreaCode county, DateOnly asOf, CancellationToken cancel) => runs.IsDue(county.County.Digits, asOf, cancel);

    public async Task<QualityResult?> Last(AreaCode county, CancellationToken cancel) =>
        await runs.Last(county.County.Digits, cancel) is { } run ? new(run.AsOf, run.At, run.Actor, run.Findings, run.Opened, run.Closed) : null;

    public async Task<FindingPage> List(Actor actor, FindingFilter filter, CancellationToken cancel)
    {
        var rows = Listed(actor, filter);
        var page = await rows.OrderBy(f => f.Area).ThenBy(f => f.Rule).ThenBy(f => f.Subject).Skip(filter.Skip).Take(filter.Take).ToListAsync(cancel);
        return new([.. page.Select(Shown)], await rows.CountAsync(cancel));
    }

    public async Task<IReadOnlyList<FindingCount>> Counts(Actor actor, FindingFilter filter, CancellationToken cancel)
    {
        var counts = await Listed(actor, filter).GroupBy(f => new { f.Area, f.Rule, f.Severity })
            .Select(g => new { g.Key.Area, g.Key.Rule, g.Key.Severity, Count = g.Count(), Explained = g.Count(f => f.State == FindingState.Explained) })
            .ToListAsync(cancel);
        return [.. counts.OrderBy(c => c.Area, StringComparer.Ordinal).ThenBy(c => Number(c.Rule))
            .Select(c => new FindingCount(c.Area, c.Rule, TitleOf(c.Rule), c.Severity, c.Count, c.Explained))];
    }

    public async Task<Outcome<ListedFinding>> Explain(Actor actor, Guid finding, string reason, CancellationToken cancel)
    {
        var found = await db.Set<StoredFinding>().VisibleTo(actor, Permissions.QualityRead)
            .FirstOrDefaultAsync(f => f.Id == finding && f.ClosedOn == null, cancel);
        if (found is null)
            return NotFound;
        if (!actor.May(Permissions.QualityFix, new(found.Area), found.HouseholdId))
            return NotAllowed;
        if (string.IsNullOrWhiteSpace(reason))
            return NoReason;
        if (reason.Length > LongestReason)
            return LongReason;
        (found.State, found.ExplanationEnc, found.ExplainedBy, found.ExplainedAt) =
            (FindingState.Explained, secrets.Encrypt(reason.Trim()), actor.Name, clock.GetUtcNow());
        db.Log("quality.explained", new(found.Area), found.Id.ToString(), actor.Name, clock, new { found.Rule, found.Kind, found.Subject });
        await db.SaveChangesAsync(cancel);
        return Shown(found);
    }

    private IQueryable<StoredFinding> Listed(Actor actor, FindingFilter filter)
    {
        var rows = db.Set<StoredFinding>().AsNoTracking().VisibleTo(actor, Permissions.QualityRead).Where(f => f.ClosedOn == null);
        if (filter.Rule is { } rule)
            rows = rows.Where(f => f.Rule == rule);
        if (filter.Severity is { } severity)
            rows = rows.Where(f => f.Severity == severity);
        if (filter.State is { } state)
            rows = rows.Where(f => f.State == state);
        if (filter.Household is { } household)
            rows = rows.Where(f => f.HouseholdId == household);
        if (filter.Area is { } area)
        {
            var (from, to) = (area.Digits, area.RangeEnd);
            rows = rows.Where(f => string.Compare(f.Area, from) >= 0 && string.Compare(f.Area, to) < 0);
        }
        return rows;
    }

    private ListedFinding Shown(StoredFinding f) => new(
        f.Id, f.Rule, TitleOf(f.Rule), f.Severity, f.Kind, f.Subject, f.Area, f.HouseholdId, RunQuality.Read(secrets, f.MessageEnc),
        f.FirstOn, f.LastOn, f.State, secrets.Decrypt(f.ExplanationEnc), f.ExplainedBy);

    private Text TitleOf(string rule) =>
        (_rules ??= Rules.ToDictionary(r => r.Id)).TryGetValue(rule, out var found) ? found.Title : new(rule, rule);

    private static int Number(string rule) => int.Parse(rule.AsSpan(3), null);
}
