using Microsoft.EntityFrameworkCore;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Ledger;

/// <summary>Data-quality rules about the ledger: DQ-103 of FIELDS §D.</summary>
internal sealed class IssueChecks(ShouwangDb db) : IQualityCheck
{
    public IReadOnlyList<QualityRule> Rules { get; } =
        [new("DQ-103", QualitySeverity.Error, new("销号无佐证", "closed without proof, or by its owner only"), "assumed")];

    public async Task Run(QualityScope scope, Action<QualityFinding> report, CancellationToken cancel)
    {
        var county = scope.County.Digits;
        var closed = db.Set<Issue>().AsNoTracking().Where(i => i.County == county && IssueStates.Ended.Contains(i.State));
        await foreach (var issue in closed.AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (issue.EffectEnc is not null && issue.SubmittedBy is not null && issue.ClosedBy is not null && issue.SubmittedBy != issue.ClosedBy)
                continue;
            report(new("DQ-103", null, null, issue.Code, issue.Area, issue.HouseholdId, new(
                $"问题 {issue.Code} 销号缺少佐证，或由整改人自行销号。", $"Problem {issue.Code} was closed without proof, or by whoever rectified it.")));
        }
    }
}
