using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Screening;

/// <summary>Makes a rehearsal the policy of its counties from a day on. Who made it is never who publishes it.</summary>
/// <remarks>
/// One document orders it, so it is published for every county that was rehearsed or for none. Each county gets a version of its own, with
/// what differs from its own policy, in its own event chain; from then on it is that county's policy like any other (decision 34).
/// </remarks>
internal sealed class PublishRehearsal(ShouwangDb db, Policies policies, Counties counties, RuleCatalogue catalogue, Rehearse rehearse, AreaTable names, Today today)
{
    private const int MaxSource = 300;

    /// <param name="from">The first day it holds; today or later.</param>
    /// <param name="source">The document that orders it.</param>
    /// <returns>The counties whose policy it is from that day on; those for which it changes nothing are not among them.</returns>
    public async Task<Outcome<List<AreaCode>>> Run(Actor actor, Guid id, DateOnly? from, string source, CancellationToken cancel) => await db.Atomically<List<AreaCode>>(async () =>
    {
        if (!actor.May(Permissions.RulesPublish))
            return Refusals.NotPermitted(Permissions.RulesPublish);
        var saved = await SavedRehearsals.Find(db.Set<SavedRehearsal>(), actor, id, cancel);
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

        var chosen = await ChosenBy(saved, cancel);
        if (chosen.Any(c => !actor.May(Permissions.RulesPublish, c)))
            return Refusals.NotPermitted(Permissions.RulesPublish);
        var inForce = await policies.Of(chosen, day, cancel);
        var plans = inForce.Select(policy => (Policy: policy, Ask: saved.Ask.For(policy, inForce).Without(policy) with { Areas = [] }))
            .Select(p => new Plan(p.Policy.Area, p.Ask, RehearsedPolicy.Make(p.Ask, p.Policy, catalogue))).ToList();
        if (plans.Exists(p => p.Would.Errors.Count > 0))
            return Refusals.RuleDoesNotRead();
        if (plans.SelectMany(p => p.Would.Problems.Select(problem => plans.Count == 1 ? problem : Refusals.InCounty(problem, NameOf(p.County)))).ToList() is { Count: > 0 } problems)
            return problems;
        if (plans.RemoveAll(p => p.ChangesNothing) == chosen.Count)
            return Refusals.NothingToPublish(day);

        await Publish(actor, saved, plans, day, document, cancel);
        return plans.Select(p => p.County).ToList();
    }, cancel);

    /// <summary>What one county would get.</summary>
    private sealed record Plan(AreaCode County, RehearsalAsk Ask, RehearsedPolicy Would)
    {
        /// <summary>Its policy says all of it already, or only costs were tried.</summary>
        public bool ChangesNothing => Ask.Lines.Count + Ask.Parameters.Count + Ask.Switched.Count + Ask.Rules.Count == 0;
    }

    /// <summary>The counties of what was rehearsed; a part of a county stands for all of it, since rules hold in whole counties.</summary>
    private async Task<IReadOnlyList<AreaCode>> ChosenBy(SavedRehearsal saved, CancellationToken cancel)
    {
        var areas = saved.Ask.Areas is { Count: > 0 } asked ? asked.Select(a => new AreaCode(a)) : [new AreaCode(saved.Area)];
        var found = new SortedSet<AreaCode>();
        foreach (var area in areas)
            found.UnionWith(await counties.In(area, cancel));
        return [.. found];
    }

    private async Task Publish(Actor actor, SavedRehearsal saved, List<Plan> plans, DateOnly day, string source, CancellationToken cancel)
    {
        var isOfCounty = plans is [var only] && only.County.Digits == saved.County;
        var rehearsed = isOfCounty ? null : await rehearse.Run(actor, saved.AskBy(actor), cancel);
        foreach (var plan in plans)
        {
            var version = Version(actor, saved, plan, day, source, await OwnRules(plan.County, cancel));
            db.Add(version);
            if (LineOf(actor, plan, day, source) is { } line)
                db.Add(line);
            var ofCounty = isOfCounty ? saved : CopyFor(plan, saved, rehearsed!);
            Mark(ofCounty, actor, day, version.Id);
            db.Log("rehearsals.published", plan.County, saved.Id.ToString(), actor.Name, today.Clock, new { saved.Title, ofCounty.Asked, from = day, source, madeBy = saved.Maker });
        }
        if (isOfCounty)
            return;
        Mark(saved, actor, day, Guid.CreateVersion7(today.Clock.GetUtcNow()));
        db.Log("rehearsals.published", new(saved.Area), saved.Id.ToString(), actor.Name, today.Clock,
            new { saved.Title, saved.Asked, from = day, source, madeBy = saved.Maker, counties = plans.Select(p => p.County.Digits) });
    }

    // So that the county sees what it was given, with its own figures, where it looks for its own.
    private SavedRehearsal CopyFor(Plan plan, SavedRehearsal saved, Rehearsed rehearsed)
    {
        var copy = new SavedRehearsal
        {
            County = plan.County.Digits, Id = saved.Id, Area = plan.County.Digits, FromArea = saved.Area, Title = saved.Title, Asked = plan.Ask.Query, AsOf = today.Day,
            Figures = JsonSerializer.Serialize(RehearsalReport.Figures(rehearsed.Only(plan.County, plan.Ask), plan.County, today.Day), JsonTexts.Options),
            MadeBy = saved.MadeBy, Maker = saved.Maker, MadeAt = saved.MadeAt,
        };
        db.Add(copy);
        return copy;
    }

    private void Mark(SavedRehearsal saved, Actor actor, DateOnly day, Guid version) =>
        (saved.FromOn, saved.VersionId, saved.PublishedBy, saved.PublishedOn, saved.Version) = (day, version, actor.Name, today.Day, saved.Version + 1);

    private PolicyVersion Version(Actor actor, SavedRehearsal saved, Plan plan, DateOnly from, string source, int ownRules)
    {
        var ask = plan.Ask;
        var changes = ask.Parameters.Keys.Select(p => p.Split('.')[0]).Union(ask.Switched.Keys).Order(StringComparer.Ordinal).Select(rule => new RuleChange(
            rule, ask.Switched.TryGetValue(rule, out var on) ? on ? RuleState.Live : RuleState.Shadow : null,
            ask.Parameters.Where(p => p.Key.StartsWith(rule + ".", StringComparison.Ordinal)).ToDictionary(p => p.Key[(rule.Length + 1)..], p => p.Value))).ToList();
        var rules = ask.Rules.Select((r, i) => RehearsedPolicy.RuleOf(r, $"C{ownRules + i + 1:00}")).ToList();
        return new()
        {
            County = plan.County.Digits, Id = Guid.CreateVersion7(today.Clock.GetUtcNow()), FromOn = from, Content = JsonSerializer.Serialize(new RuleChanges(changes, rules), JsonTexts.Options),
            Source = source, MadeBy = saved.Maker, PublishedBy = actor.Name, PublishedAt = today.Clock.GetUtcNow(),
        };
    }

    private PolicyLine? LineOf(Actor actor, Plan plan, DateOnly from, string source) => plan.Ask.Lines.Count == 0 ? null : new()
    {
        County = plan.County.Digits, Id = Guid.CreateVersion7(today.Clock.GetUtcNow()), Area = plan.County.Digits, FromOn = from, Source = source, EnteredBy = actor.Name,
        EnteredAt = today.Clock.GetUtcNow(), PovertyFen = Fen("poverty", plan), MonitoringFen = Fen("monitoring", plan),
    };

    private static long? Fen(string name, Plan plan) =>
        plan.Ask.Lines.ContainsKey(name) && plan.Would.Policy.Line(name) is { } line ? Money.FromYuan(line.YuanPerHead).Fen : null;

    private string NameOf(AreaCode county) => names.Find(county)?.ShortName ?? county.Digits;

    private async Task<int> OwnRules(AreaCode county, CancellationToken cancel) =>
        (await db.Set<PolicyVersion>().AsNoTracking().Where(v => v.County == county.Digits).ToListAsync(cancel)).Sum(v => v.Changes.Rules.Count);
}
