using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>Lets a county confirm a shadow rule, silence a live one, or move a threshold; always with a reason.</summary>
internal sealed class RuleSettings(ShouwangDb db, Policies policies, RuleCatalogue catalogue, Today today) : IRuleSettings
{
    public async Task<Outcome<bool>> Change(
        Actor actor, string rule, RuleState? state, IReadOnlyDictionary<string, string> parameters, string reason, CancellationToken cancel)
    {
        if (!actor.May(Permissions.RulesEdit))
            return Refusals.NotPermitted(Permissions.RulesEdit);
        var policy = await policies.For(actor.Area.County, today.Day, cancel);
        if (policy.Rule(rule) is not { } definition)
            return Refusals.NoRule(rule);

        var problems = parameters.Where(p => !Fits(definition, p.Key, p.Value)).Select(p => Refusals.BadParameter(rule, p.Key, p.Value)).ToList();
        if (string.IsNullOrWhiteSpace(reason))
            problems.Add(Refusals.NoReason());
        if (problems.Count > 0)
            return problems;

        var county = actor.County;
        var setting = await db.Set<RuleSetting>().SingleOrDefaultAsync(s => s.County == county && s.RuleId == rule, cancel);
        var kept = setting is null ? [] : await Kept(setting, cancel);
        foreach (var (name, value) in parameters)
            kept[name] = value.Trim();
        if (setting is null)
            db.Add(setting = new() { County = county, RuleId = rule, Parameters = "", Reason = "", SetBy = "", SetAt = default });
        setting.State = state ?? setting.State;
        setting.Parameters = JsonSerializer.Serialize(kept, JsonTexts.Options);
        (setting.Reason, setting.SetBy, setting.SetAt, setting.SetOn) = (reason.Trim(), actor.Name, today.Clock.GetUtcNow(), today.Day);
        db.Log("rules.changed", actor.Area.County, rule, actor.Name, today.Clock, new { state, parameters, reason });
        await db.SaveChangesAsync(cancel);
        return true;
    }

    public async Task<IReadOnlyList<RuleOverview>> All(AreaCode county, DateOnly asOf, CancellationToken cancel)
    {
        var policy = await policies.For(county, asOf, cancel);
        var last = await db.Set<ScreeningRun>().AsNoTracking().Where(r => r.County == county.Digits).OrderByDescending(r => r.At).FirstOrDefaultAsync(cancel);
        var counts = last is null ? [] : JsonSerializer.Deserialize<List<RuleCount>>(last.Counts, JsonTexts.Options)!.ToDictionary(c => c.Id);
        var settings = await db.Set<RuleSetting>().AsNoTracking().Where(s => s.County == county.Digits).ToDictionaryAsync(s => s.RuleId, cancel);
        return [.. catalogue.For(policy).Select(r =>
        {
            var count = counts.GetValueOrDefault(r.Definition.Id);
            return new RuleOverview(r.Definition, Explain.Words(r), r.Blocked, last?.At, count?.Hits, count?.Unknown,
                settings.TryGetValue(r.Definition.Id, out var s) ? new(s.State, s.Reason, s.SetBy, s.SetAt) : null);
        })];
    }

    // A change keeps what an earlier one set, unless a published version has replaced that meanwhile.
    private async Task<Dictionary<string, string>> Kept(RuleSetting setting, CancellationToken cancel)
    {
        var kept = setting.Values.ToDictionary();
        var (since, now) = (setting.FromOn, today.Day);
        var versions = await db.Set<PolicyVersion>().AsNoTracking()
            .Where(v => v.County == setting.County && v.FromOn >= since && v.FromOn <= now).ToListAsync(cancel);
        foreach (var change in versions.Where(v => (v.FromOn, v.PublishedAt).CompareTo((since, setting.SetAt)) > 0)
                     .SelectMany(v => v.Changes.Changes).Where(c => c.Rule == setting.RuleId))
        {
            foreach (var name in change.Parameters.Keys)
                kept.Remove(name);
            if (change.State is not null)
                setting.State = null;
        }
        return kept;
    }

    /// <summary>The rule has such a parameter, and the text is a value of its kind.</summary>
    internal static bool Fits(RuleDefinition rule, string name, string value)
    {
        if (!rule.Parameters.TryGetValue(name, out var parameter))
            return false;
        try
        {
            RuleSetting.Parse(value.Trim(), parameter.Value);
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return false;
        }
    }
}
