using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>Keeps rehearsals and finds them again: everybody sees those of the own area.</summary>
internal sealed class SavedRehearsals(ShouwangDb db, Rehearse rehearse, Policies policies, Counties counties, Today today)
{
    public const int MaxTitle = 80;

    /// <summary>Keeps a rehearsal with its figures of today.</summary>
    public async Task<Outcome<Guid>> Save(Actor actor, string title, RehearsalAsk ask, CancellationToken cancel)
    {
        if (!actor.May(Permissions.RulesRead))
            return Refusals.NotPermitted(Permissions.RulesRead);
        if (title.Trim() is not { Length: > 0 and <= MaxTitle } name)
            return Refusals.NoRehearsalTitle();
        var rehearsed = await rehearse.Run(actor, ask, cancel);
        if (RehearsalReport.ProblemsOf(rehearsed) is { Count: > 0 } problems)
            return problems;
        if (rehearsed.Ask.IsEmpty)
            return Refusals.NothingRehearsed();
        if (rehearsed.Counties.Count == 0)
            return Refusals.NoCounties();
        var saved = new SavedRehearsal
        {
            County = actor.County, Id = Guid.CreateVersion7(today.Clock.GetUtcNow()), Area = actor.Area.Digits, Title = name, Asked = rehearsed.Ask.Query, AsOf = today.Day,
            Figures = JsonSerializer.Serialize(RehearsalReport.Figures(rehearsed, actor.Area, today.Day), JsonTexts.Options),
            MadeBy = actor.User, Maker = actor.Name, MadeAt = today.Clock.GetUtcNow(),
        };
        db.Add(saved);
        db.Log("rehearsals.saved", actor.Area, saved.Id.ToString(), actor.Name, today.Clock, new { saved.Title, saved.Asked });
        await db.SaveChangesAsync(cancel);
        return saved.Id;
    }

    /// <summary>The rehearsals of an actor's area, the latest first. What was published from one of them in a county is not told again.</summary>
    public async Task<IReadOnlyList<SavedRehearsal>> All(Actor actor, CancellationToken cancel)
    {
        var area = actor.Area.Digits;
        return await db.Set<SavedRehearsal>().AsNoTracking().VisibleTo(actor, Permissions.RulesRead).Where(r => r.FromArea == null || string.Compare(r.FromArea, area) < 0)
            .OrderByDescending(r => r.MadeAt).Take(500).ToListAsync(cancel);
    }

    public Task<SavedRehearsal?> Find(Actor actor, Guid id, CancellationToken cancel) => Find(db.Set<SavedRehearsal>().AsNoTracking(), actor, id, cancel);

    /// <summary>A rehearsal in the actor's area; of one and what was published from it, the one.</summary>
    internal static Task<SavedRehearsal?> Find(IQueryable<SavedRehearsal> all, Actor actor, Guid id, CancellationToken cancel) =>
        all.VisibleTo(actor, Permissions.RulesRead).Where(r => r.Id == id).OrderBy(r => r.Area).FirstOrDefaultAsync(cancel);

    /// <summary>The figures as they were when it was kept.</summary>
    public static RehearsalFigures FiguresOf(SavedRehearsal saved)
    {
        var figures = JsonSerializer.Deserialize<RehearsalFigures>(saved.Figures, JsonTexts.Options)!;
        // Those kept before several counties could be rehearsed say nothing about counties.
        return figures.Counties is null ? figures with { Counties = [] } : figures;
    }

    /// <summary>The policies that a rehearsal was tried against, or those of all of an actor's area.</summary>
    public async Task<InForce> InForceOf(Actor actor, SavedRehearsal? saved, DateOnly day, CancellationToken cancel)
    {
        var found = new SortedSet<AreaCode>();
        foreach (var area in saved?.AskBy(actor).Areas is { Count: > 0 } asked ? asked.Select(a => new AreaCode(a)) : [actor.Area])
            found.UnionWith(await counties.In(area, cancel));
        return new(found.Count > 0 ? await policies.Of([.. found], day, cancel) : [await policies.For(actor.Area, day, cancel)]);
    }

    /// <summary>Versions of the county's policy that begin after today, the next first.</summary>
    public async Task<IReadOnlyList<SavedRehearsal>> Coming(Actor actor, CancellationToken cancel)
    {
        var day = today.Day;
        return await db.Set<SavedRehearsal>().AsNoTracking().Where(r => r.County == actor.County && r.FromOn > day).OrderBy(r => r.FromOn).ToListAsync(cancel);
    }
}
