using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>Keeps rehearsals and finds them again: everybody sees those of the own area.</summary>
internal sealed class SavedRehearsals(ShouwangDb db, Rehearse rehearse, Today today)
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

    public async Task<IReadOnlyList<SavedRehearsal>> All(Actor actor, CancellationToken cancel) =>
        await db.Set<SavedRehearsal>().AsNoTracking().VisibleTo(actor, Permissions.RulesRead).OrderByDescending(r => r.MadeAt).Take(500).ToListAsync(cancel);

    public Task<SavedRehearsal?> Find(Actor actor, Guid id, CancellationToken cancel) =>
        db.Set<SavedRehearsal>().AsNoTracking().VisibleTo(actor, Permissions.RulesRead).SingleOrDefaultAsync(r => r.Id == id, cancel);

    /// <summary>Versions of the county's policy that begin after today, the next first.</summary>
    public async Task<IReadOnlyList<SavedRehearsal>> Coming(Actor actor, CancellationToken cancel)
    {
        var day = today.Day;
        return await db.Set<SavedRehearsal>().AsNoTracking().Where(r => r.County == actor.County && r.FromOn > day).OrderBy(r => r.FromOn).ToListAsync(cancel);
    }
}
