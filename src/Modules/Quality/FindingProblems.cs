using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Quality.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Quality;

/// <summary>Findings as problems of the ledger. What somebody explained is none: the explanation stands beside the finding.</summary>
internal sealed class FindingProblems(ShouwangDb db, RunQuality quality) : IProblemSource
{
    public IReadOnlyCollection<IssueTrigger> Triggers => [IssueTrigger.Finding];

    public async Task<IReadOnlyList<StandingProblem>> Standing(AreaCode county, IssueRule rule, DateOnly today, CancellationToken cancel)
    {
        var key = county.Digits;
        var rows = db.Set<StoredFinding>().AsNoTracking().Where(f => f.County == key && f.ClosedOn == null && f.State == FindingState.Open);
        if (rule.Severe)
            rows = rows.Where(f => f.Severity == QualitySeverity.Error);
        if (rule.Checks.Count > 0)
        {
            var checks = rule.Checks.ToList();
            rows = rows.Where(f => checks.Contains(f.Rule));
        }
        var titles = quality.Rules.ToDictionary(r => r.Id, r => r.Title);
        return [.. (await rows.Select(f => new { f.Id, f.Rule, f.Area, f.HouseholdId, f.FirstOn }).ToListAsync(cancel))
            .Select(f => new StandingProblem(f.Id, f.Rule, Named(f.Rule, titles.GetValueOrDefault(f.Rule)), f.Area, f.HouseholdId, f.FirstOn))];
    }

    // A rule that a module no longer brings still has its number.
    private static Text Named(string rule, Text title) => title == default ? new(rule, rule) : new($"{rule} {title.Zh}", $"{rule} {title.En}");
}
