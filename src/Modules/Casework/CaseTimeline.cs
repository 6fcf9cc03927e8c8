using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Casework;

/// <summary>Cases, plans, measures, visits and people in a household's history.</summary>
internal sealed class CaseTimeline(ShouwangDb db) : ITimelineSource
{
    public async Task<IReadOnlyList<TimelineEntry>> Of(string county, Guid household, CancellationToken cancel)
    {
        var steps = await db.Set<CaseStep>().AsNoTracking().Where(s => s.County == county && s.HouseholdId == household).ToListAsync(cancel);
        var cases = await db.Set<IdentificationCase>().AsNoTracking().Where(c => c.County == county && c.HouseholdId == household).ToListAsync(cancel);
        var visits = await db.Set<Visit>().AsNoTracking().Where(v => v.County == county && v.HouseholdId == household).ToListAsync(cancel);
        var people = await db.Set<Assignment>().AsNoTracking().Where(a => a.County == county && a.HouseholdId == household).ToListAsync(cancel);
        return
        [
            .. steps.Select(s => new TimelineEntry(s.HappenedOn, s.RecordedAt, s.Kind, TitleOf(s), null, s.Actor, LinkOf(s))),
            .. cases.Select(c => new TimelineEntry(c.OpenedOn, Start(c.OpenedOn), "case",
                new($"个案 {c.Code}：立案{(c.GreenChannel ? "（绿色通道）" : "")}", $"Case {c.Code}: opened{(c.GreenChannel ? " (green channel)" : "")}"), null, "system", $"/cases/{c.Id}")),
            .. visits.Select(v => new TimelineEntry(v.VisitedOn, v.RecordedAt, "visit",
                new($"走访（{v.VisitorCount} 人）{(v.HasProblem ? "，发现问题" : "")}", $"Visit by {v.VisitorCount}{(v.HasProblem ? ", problems found" : "")}"), null, v.RecordedByName, $"/visits/{v.Id}")),
            .. people.Select(a => new TimelineEntry(a.FromOn, Start(a.FromOn), "person",
                new($"{CaseWords.Of(a.Post).Zh}：{a.Person}（{a.Unit}）", $"{CaseWords.Of(a.Post).En}: {a.Person} ({a.Unit})"), null, a.SetBy, null)),
        ];
    }

    private static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8));

    private static Text TitleOf(CaseStep step)
    {
        var what = step.Kind switch
        {
            StepRecord.Case => (CaseStates.Life.Title, CaseStates.NameOf(Enum.Parse<CaseEvent>(step.Event))),
            StepRecord.Object => (ObjectStates.Life.Title, ObjectStates.NameOf(Enum.Parse<ObjectEvent>(step.Event))),
            StepRecord.Measure => (MeasureStates.Life.Title, MeasureStates.NameOf(Enum.Parse<MeasureEvent>(step.Event))),
            _ => (EliminationStates.Life.Title, EliminationStates.NameOf(Enum.Parse<EliminationEvent>(step.Event))),
        };
        return new($"{what.Title.Zh}：{what.Item2.Zh}", $"{what.Title.En}: {what.Item2.En}");
    }

    private static string? LinkOf(CaseStep step) => step.Kind switch
    {
        StepRecord.Case => $"/cases/{step.SubjectId}",
        StepRecord.Elimination => $"/eliminations/{step.SubjectId}",
        StepRecord.Measure => $"/measures/{step.SubjectId}",
        _ => $"/households/{step.HouseholdId}/plan",
    };
}
