using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Screening;

/// <summary>Makes a rehearsal the county's policy from a day on. Who made it is never who publishes it.</summary>
internal sealed class PublishRehearsal(ShouwangDb db, Policies policies, RuleCatalogue catalogue, Today today)
{
    private const int MaxSource = 300;

    /// <param name="from">The first day it holds; today or later.</param>
    /// <param name="source">The document that orders it.</param>
    /// <returns>The policy version.</returns>
    public async Task<Outcome<Guid>> Run(Actor actor, Guid id, DateOnly? from, string source, CancellationToken cancel) => await db.Atomically<Guid>(async () =>
    {
        var county = actor.Area.County;
        if (!actor.May(Permissions.RulesPublish, county))
            return Refusals.NotPermitted(Permissions.RulesPublish);
        var saved = await db.Set<SavedRehearsal>().VisibleTo(actor, Permissions.RulesRead).SingleOrDefaultAsync(r => r.Id == id, cancel);
        if (saved is null)
            return Refusals.NoRehearsal();
        if (!actor.Unlimited && saved.MadeBy == actor.User)
            return Steps.OwnWork(new("推演方案", "rehearsal"));
        if (saved.VersionId is not null)
            return Refusals.PublishedAlready();
        if (from is not { } day || day < today.Day)
            return Refusals.BadStart(today.Day);
        if (source.Trim() is not { Length: > 0 and <= MaxSource } document)
            return Refusals.NoSource();

        var policy = await policies.For(county, day, cancel);
        var ask = saved.Ask.Without(policy);
        var would = RehearsedPolicy.Make(ask, policy, catalogue);
        if (would.Problems.Count > 0 || would.Errors.Count > 0)
            return would.Problems.Count > 0 ? would.Problems.ToList() : Refusals.RuleDoesNotRead();
        if (ask.Lines.Count + ask.Parameters.Count + ask.Switched.Count + ask.Rules.Count == 0)
            return Refusals.NothingToPublish(day);

        var version = Version(actor, saved, ask, day, document, await OwnRules(county, cancel));
        db.Add(version);
        if (LineOf(actor, ask, would.Policy, day, document) is { } line)
            db.Add(line);
        (saved.FromOn, saved.VersionId, saved.PublishedBy, saved.PublishedOn, saved.Version) = (day, version.Id, actor.Name, today.Day, saved.Version + 1);
        db.Log("rehearsals.published", county, saved.Id.ToString(), actor.Name, today.Clock, new { saved.Title, saved.Asked, from = day, source = document, madeBy = saved.Maker });
        return version.Id;
    }, cancel);

    private PolicyVersion Version(Actor actor, SavedRehearsal saved, RehearsalAsk ask, DateOnly from, string source, int ownRules)
    {
        var changes = ask.Parameters.Keys.Select(p => p.Split('.')[0]).Union(ask.Switched.Keys).Order(StringComparer.Ordinal).Select(rule => new RuleChange(
            rule, ask.Switched.TryGetValue(rule, out var on) ? on ? RuleState.Live : RuleState.Shadow : null,
            ask.Parameters.Where(p => p.Key.StartsWith(rule + ".", StringComparison.Ordinal)).ToDictionary(p => p.Key[(rule.Length + 1)..], p => p.Value))).ToList();
        var rules = ask.Rules.Select((r, i) => RehearsedPolicy.RuleOf(r, $"C{ownRules + i + 1:00}")).ToList();
        return new()
        {
            County = actor.County, Id = Guid.CreateVersion7(today.Clock.GetUtcNow()), FromOn = from, Content = JsonSerializer.Serialize(new RuleChanges(changes, rules), JsonTexts.Options),
            Source = source, MadeBy = saved.Maker, PublishedBy = actor.Name, PublishedAt = today.Clock.GetUtcNow(),
        };
    }

    private PolicyLine? LineOf(Actor actor, RehearsalAsk ask, Policy policy, DateOnly from, string source) => ask.Lines.Count == 0 ? null : new()
    {
        County = actor.County, Id = Guid.CreateVersion7(today.Clock.GetUtcNow()), Area = actor.County, FromOn = from, Source = source, EnteredBy = actor.Name,
        EnteredAt = today.Clock.GetUtcNow(), PovertyFen = Fen("poverty", policy.PovertyLine, ask), MonitoringFen = Fen("monitoring", policy.MonitoringLine, ask),
    };

    private static long? Fen(string name, IncomeLine? line, RehearsalAsk ask) => ask.Lines.ContainsKey(name) && line is not null ? Money.FromYuan(line.YuanPerHead).Fen : null;

    private async Task<int> OwnRules(AreaCode county, CancellationToken cancel) =>
        (await db.Set<PolicyVersion>().AsNoTracking().Where(v => v.County == county.Digits).ToListAsync(cancel)).Sum(v => v.Changes.Rules.Count);
}
