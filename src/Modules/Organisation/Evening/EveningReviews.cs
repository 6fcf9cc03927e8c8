using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Components;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Organisation.Evening;

/// <summary>What an evening review goes over, in this order.</summary>
public enum EveningPart
{
    /// <summary>Households that were visited, with what was found.</summary>
    Visits,

    /// <summary>Values of the register that visits of the day changed.</summary>
    Changes,

    /// <summary>Leads raised on the day.</summary>
    Leads,

    /// <summary>Problems entered in the ledger on the day.</summary>
    Problems,

    /// <summary>What meetings of the day decided: tasks of the ledger, in which nothing is wrong.</summary>
    Tasks,

    /// <summary>What the visits left open or said in two ways.</summary>
    Unclear,

    /// <summary>What has to be done next about the households visited.</summary>
    ToDo,
}

/// <summary>A line of an evening review.</summary>
/// <param name="Who">The household, or the place where there is none.</param>
/// <param name="Words">What was said; only for who may see health details.</param>
/// <param name="Link">The page about it.</param>
public sealed record EveningItem(EveningPart Part, Guid? Household, string Who, Text What, Text? Words, string? Link);

/// <summary>The visits of a day in a village or township, with all that came of them, put together without anybody typing it.</summary>
/// <param name="Visits">How many visits.</param>
public sealed record EveningReview(string Area, DateOnly Day, int Visits, IReadOnlyList<EveningItem> Items)
{
    /// <summary>The lines of a part.</summary>
    public IReadOnlyList<EveningItem> Of(EveningPart part) => [.. Items.Where(i => i.Part == part)];
}

/// <summary>Prepares evening reviews 夜会商 from what other modules hold of the day.</summary>
internal sealed class EveningReviews(
    IVisitDays visits, IHouseholds households, IAreas areas, ICurrentFacts current, IChangedFacts changed, ILeadQueue leads, ILedger ledger, IWork work, Policies policies)
{
    private const int MostWork = 500;

    public async Task<EveningReview> Prepare(Actor actor, AreaCode area, DateOnly day, CancellationToken cancel)
    {
        var policy = await policies.For(area, day, cancel);
        var made = await visits.Of(actor, area, day, cancel);
        var (raised, found) = (await leads.RaisedOn(actor, area, day, cancel), await ledger.FoundOn(actor, area, day, cancel));
        var visited = made.Select(v => v.Household).ToHashSet();
        var homes = await households.Refs(actor.County, [.. visited.Concat(raised.Select(l => l.Household)).Concat(found.Select(i => i.Household).OfType<Guid>()).Distinct()], cancel);
        var items = new List<EveningItem>();
        items.AddRange(made.Select(v => new EveningItem(EveningPart.Visits, v.Household, Who(v.Household), EveningWords.Of(v), Said(v), $"/visits/{v.Id}")));
        items.AddRange((await Changes(actor, day, visited, policy, cancel)).Select(c => c with { Who = Who(c.Household!.Value) }));
        items.AddRange(raised.Select(l => new EveningItem(EveningPart.Leads, l.Household, Who(l.Household), EveningWords.Of(l), null, $"/leads/{l.Code}")));
        var (words, tree) = (await ledger.Words(actor, [.. found.Select(i => i.Id)], cancel), await areas.Of(actor.County, cancel));
        items.AddRange(found.Select(i => new EveningItem(i.Source == Meetings.Meeting.Source ? EveningPart.Tasks : EveningPart.Problems, i.Household, i.Household is { } h ? Who(h) : tree.NameOf(new(i.Area)),
            EveningWords.Of(i, policy), words[i.Id], $"/ledger/{i.Id}")));
        items.AddRange(made.SelectMany(v => EveningWords.Doubts(v, found.Any(i => i.Household == v.Household)).Select(d => new EveningItem(EveningPart.Unclear, v.Household, Who(v.Household), d, null, $"/visits/{v.Id}"))));
        var list = await work.Of(actor, MostWork, cancel);
        foreach (var item in list.Mine.Concat(list.Waiting).Where(w => w.Household is { } h && visited.Contains(h)))
            items.Add(new(item.Kind == "conflict" ? EveningPart.Unclear : EveningPart.ToDo, item.Household, Who(item.Household!.Value), EveningWords.Of(item), null, item.Link));
        return new(area.Digits, day, made.Count, items);

        string Who(Guid household) => homes.TryGetValue(household, out var home) ? $"{home.Village} {home.HeadName}" : "";

        Text? Said(DayVisit visit) => !actor.SeesMasked && EveningWords.Said(visit) is { } words ? new(words, words) : null;
    }

    /// <summary>What visits of the day changed in the register: old and new value, without numbers, phones and health.</summary>
    private async Task<IReadOnlyList<EveningItem>> Changes(Actor actor, DateOnly day, IReadOnlyCollection<Guid> visited, Policy policy, CancellationToken cancel)
    {
        if (visited.Count == 0)
            return [];
        var subjects = (await current.Of(actor.County, visited, cancel)).Select(f => new WatchedSince(f.Household, f.Member, day.AddDays(-1))).ToList();
        return [.. (await changed.Of(actor.County, subjects, cancel)).Where(c => c.Source == "visit" && c.On == day)
            .Select(c => new EveningItem(EveningPart.Changes, c.Household, "", policy.TitleOf(Attribute(c)), actor.SeesMasked ? null : EveningWords.Changed(c, policy, Attribute(c)), $"/households/{c.Household}"))];
    }

    private static string Attribute(ChangedFact change) => $"{(change.Member is null ? "household" : "member")}.{change.Field}";
}
