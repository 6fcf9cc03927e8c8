using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Screening;

/// <summary>Tries other lines, parameters and rules on the households of the actor's area, county by county. Changes nothing.</summary>
/// <remarks>
/// Each county keeps its own policy and gets only what is asked; so a line asked for a province meets the lines, packs and settings that
/// every county has for itself. Figures are added up afterwards.
/// </remarks>
internal sealed class Rehearse(IRuleSets engine, Policies policies, Counties counties, RuleCatalogue catalogue, RehearsalHistory history, AreaTable names, Today today) : IDisposable
{
    private const int MostVisits = 365;

    private readonly BorrowedSets _borrowed = new();

    // A page and its parts ask for the same within one request.
    private (Actor Actor, string Asked, Rehearsed Found)? _last;

    public async Task<Rehearsed> Run(Actor actor, RehearsalAsk ask, CancellationToken cancel)
    {
        if (_last is { } last && last.Actor == actor && last.Asked == ask.Query)
            return last.Found;
        var found = await Work(actor, ask, cancel);
        _last = (actor, ask.Query, found);
        return found;
    }

    /// <summary>What was found is read no more.</summary>
    public void Dispose() => _borrowed.Dispose();

    private async Task<Rehearsed> Work(Actor actor, RehearsalAsk ask, CancellationToken cancel)
    {
        var problems = new List<Problem>();
        var (areas, own) = await Areas(actor, ask, problems, cancel);
        var asked = areas.Select(a => a.County).ToList();
        var inForce = await policies.Of(asked, today.Day, cancel);
        var sets = await engine.For(asked, today.Day, cancel);
        var past = new List<RehearsalHistory.Past>();
        for (var i = 0; i < asked.Count; i++)
            past.Add(await history.Of(actor.In(asked[i]), sets[i], cancel));

        ask = ask.Without(inForce) with { Areas = own };
        var visits = Visits(ask, problems);
        var tried = new CountyRehearsed[asked.Count];
        Parallel.For(0, tried.Length, new() { CancellationToken = cancel }, i =>
            tried[i] = CountyRehearsed.Try(ask.For(inForce[i], inForce), inForce[i], catalogue, sets[i], areas[i].Parts, past[i], _borrowed));
        problems.AddRange(Together(tried));
        return new(ask, new(inForce.Count > 0 ? inForce : [await policies.For(actor.Area, today.Day, cancel)]), tried, visits, problems);
    }

    /// <returns>Each county with the parts of it that are asked for; and the areas as they have to be asked for again, none where it is all.</returns>
    private async Task<(List<(AreaCode County, IReadOnlyList<AreaCode> Parts)> Areas, IReadOnlyList<string> Own)> Areas(
        Actor actor, RehearsalAsk ask, List<Problem> problems, CancellationToken cancel)
    {
        var held = await counties.In(actor.Area, cancel);
        var asked = new List<AreaCode>();
        foreach (var text in ask.Areas)
            if (AreaCode.TryParse(text, out var area) && actor.Sees(area))
                asked.Add(area);
            else
                problems.Add(Refusals.OutsideArea(text));
        if (asked.Count == 0)
            return ([.. held.Select(c => (c, (IReadOnlyList<AreaCode>)[c.Contains(actor.Area) ? actor.Area : c]))], []);
        var found = held.Select(c => (County: c, Parts: (IReadOnlyList<AreaCode>)(asked.Any(a => a.Contains(c)) ? [c] : [.. asked.Where(c.Contains)]))).Where(c => c.Parts.Count > 0).ToList();
        var isAll = found.Count == held.Count && found.All(f => f.Parts is [var part] && (part == f.County || part == actor.Area));
        return (found, isAll ? [] : [.. asked.Select(a => a.Digits)]);
    }

    // What every county complains of is said once; what only some do, with their names.
    private IEnumerable<Problem> Together(CountyRehearsed[] tried) => tried.SelectMany(c => c.Problems.Distinct().Select(p => (Problem: p, c.County)))
        .GroupBy(p => p.Problem, p => p.County)
        .Select(g => g.Count() == tried.Length ? g.Key : g.Key with
        {
            What = new($"{string.Join('、', g.Select(NameOf))}：{g.Key.What.Zh}", $"{string.Join(", ", g.Select(NameOf))}: {g.Key.What.En}"),
        });

    private string NameOf(AreaCode county) => names.Find(county)?.ShortName ?? county.Digits;

    private static int Visits(RehearsalAsk ask, List<Problem> problems)
    {
        if (ask.Visits.Length == 0)
            return 1;
        if (int.TryParse(ask.Visits, NumberStyles.None, CultureInfo.InvariantCulture, out var visits) && visits <= MostVisits)
            return visits;
        problems.Add(Refusals.BadNumber("visits", ask.Visits));
        return 1;
    }
}
