using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Imports.Contracts;
using Shouwang.Modules.Imports.Recognition;
using Shouwang.Platform;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Imports;

/// <summary>File intake: one use case a file.</summary>
internal sealed partial class Intake(
    ShouwangDb db, IServiceScopeFactory scopes, IEnumerable<IFeed> feeds, Files files, Policies policies, Secrets secrets, Today today) : IImports
{
    private readonly Dictionary<string, IFeed> _feeds = feeds.ToDictionary(f => f.Kind);

    private DateTimeOffset Now => today.Clock.GetUtcNow();

    /// <summary>Imports an actor may see; departments see the files of their own subject.</summary>
    private async Task<IQueryable<Import>> Visible(Actor actor, string permission, CancellationToken cancel)
    {
        var imports = db.Set<Import>().VisibleTo(actor, permission);
        if (actor.ReachOf(permission) is not { } reach || !reach.HasFlag(Reach.Subject))
            return imports;
        var policy = await policies.For(actor.Area, today.Day, cancel);
        var kinds = policy.Feeds.Where(f => f.Department == actor.Department).Select(f => f.Kind).ToList();
        return imports.Where(i => i.Kind == null ? i.UploadedBy == actor.Name : kinds.Contains(i.Kind));
    }

    private async Task<Import?> Visible(Actor actor, string permission, Guid id, CancellationToken cancel) =>
        await (await Visible(actor, permission, cancel)).FirstOrDefaultAsync(i => i.Id == id, cancel);

    private async Task<Text?> TitleOf(Import import, CancellationToken cancel) => import.Kind is null ? null
        : (await policies.For(new(import.Area), import.AsOfOn, cancel)).Feeds.FirstOrDefault(f => f.Kind == import.Kind)?.Title;

    private async Task<ImportSummary> Summary(Import import, CancellationToken cancel, bool repeated = false) =>
        import.Summary(await TitleOf(import, cancel), repeated);

    private int OrderOf(Import import) => import.Kind is { } kind && _feeds.TryGetValue(kind, out var feed) ? feed.Order : int.MaxValue;

    private async Task<List<LearnedMapping>> Learned(string county, string sender, CancellationToken cancel)
    {
        var remembered = await db.Set<RememberedMapping>().AsNoTracking().Where(m => m.County == county && m.Sender == sender)
            .OrderByDescending(m => m.AcceptedAt).Take(200).ToListAsync(cancel);
        return [.. remembered.Select(m => JsonSerializer.Deserialize<LearnedMapping>(m.Mapping, JsonTexts.Options)!)];
    }

    private static FeedDefinition? FeedOf(Policy policy, string? kind) => policy.Feeds.FirstOrDefault(f => f.Kind == kind);
}
