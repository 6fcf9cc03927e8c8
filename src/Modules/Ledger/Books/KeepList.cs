using System.Text;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Tables;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Ledger.Books;

/// <summary>A list of another level, with what could not be read of it.</summary>
/// <param name="Name">The file's name; null for what was pasted.</param>
/// <param name="Unread">Of what was pasted: lines without a code.</param>
/// <param name="Twice">Of what was pasted: codes that came more than once; the last line counts.</param>
internal sealed record OpenedList(
    string? Name, DateOnly TakenOn, string Actor, IReadOnlyList<BookEntry> Entries, IReadOnlyList<UnusedCell> Unused, IReadOnlyList<string> Compared, IReadOnlyList<string> Ignored,
    IReadOnlyList<string> Unread, IReadOnlyList<string> Twice);

/// <summary>Takes lists of other levels, as files or pasted, and opens them again.</summary>
internal sealed class KeepList(ShouwangDb db, Files files, Policies policies, Today today)
{
    /// <summary>Keeps a file that can be read as a list.</summary>
    /// <param name="name">The name the sender gave it.</param>
    /// <returns>The list's id.</returns>
    public async Task<Outcome<Guid>> Take(Actor actor, Stream content, string name, CancellationToken cancel)
    {
        if (!actor.May(Permissions.IssuesRead))
            return Steps.NotPermitted(Permissions.IssuesRead);
        var (hash, _) = await files.Store(content, cancel);
        var list = Read(hash, name, await policies.For(actor.Area, today.Day, cancel));
        return list.Succeeded ? await Keep(actor, hash, name, cancel) : list.Problems.ToList();
    }

    /// <summary>Keeps what was copied out of a spreadsheet.</summary>
    /// <returns>The list's id.</returns>
    public async Task<Outcome<Guid>> Paste(Actor actor, string text, CancellationToken cancel)
    {
        if (!actor.May(Permissions.IssuesRead))
            return Steps.NotPermitted(Permissions.IssuesRead);
        if (PastedList.Read(text).Entries.Count == 0)
            return Refusals.NothingPasted;
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var (hash, _) = await files.Store(content, cancel);
        return await Keep(actor, hash, null, cancel);
    }

    /// <summary>The latest lists of the actor's area.</summary>
    public async Task<IReadOnlyList<KeptList>> Latest(Actor actor, int take, CancellationToken cancel) =>
        await db.Set<KeptList>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).OrderByDescending(l => l.TakenAt).Take(take).ToListAsync(cancel);

    /// <summary>A kept list; a problem when there is none in the actor's area, or its file is gone.</summary>
    public async Task<Outcome<OpenedList>> Open(Actor actor, Guid id, CancellationToken cancel)
    {
        if (await db.Set<KeptList>().AsNoTracking().VisibleTo(actor, Permissions.IssuesRead).SingleOrDefaultAsync(l => l.Id == id, cancel) is not { } kept || !files.Has(kept.Hash))
            return Refusals.NoSuchList;
        if (kept.Name is null)
        {
            var pasted = PastedList.Read(await File.ReadAllTextAsync(files.PathOf(kept.Hash), cancel));
            return new OpenedList(null, kept.TakenOn, kept.Actor, pasted.Entries, [], [], [], pasted.Unread, pasted.Twice);
        }
        var list = Read(kept.Hash, kept.Name, await policies.For(actor.Area, today.Day, cancel));
        return list.Succeeded
            ? new OpenedList(kept.Name, kept.TakenOn, kept.Actor, list.Value.Entries, list.Value.Unused, list.Value.Compared, list.Value.Ignored, [], [])
            : list.Problems.ToList();
    }

    private Outcome<ListFile> Read(string hash, string name, Policy policy)
    {
        var opened = TableFile.Open(files.PathOf(hash), name, ListFile.Limits);
        if (!opened.Succeeded)
            return opened.Problems.ToList();
        using var file = opened.Value;
        return ListFile.Read(file, policy);
    }

    private async Task<Guid> Keep(Actor actor, string hash, string? name, CancellationToken cancel)
    {
        var kept = new KeptList
        {
            County = actor.County, Id = Guid.CreateVersion7(), Area = actor.Area.Digits, Name = name?[(name.LastIndexOfAny(['/', '\\']) + 1)..], Hash = hash, TakenOn = today.Day,
            TakenAt = today.Clock.GetUtcNow(), UserId = actor.User, Actor = actor.Name,
        };
        db.Add(kept);
        db.Log("ledger.list-taken", actor.Area, kept.Id.ToString(), actor.Name, today.Clock, new { kept.Name, kept.Hash });
        await db.SaveChangesAsync(cancel);
        return kept.Id;
    }
}
