using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Modules.Screening.Populations;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Screening;

/// <summary>Runs the warning rules over a county, over changed households, or over one household for a person to read.</summary>
internal sealed class RunScreening(
    ShouwangDb db, IFeatures features, RuleCatalogue catalogue, OpenLeads openLeads, ChangedHouseholds changes, IHouseholds households,
    SqlScreening sql, PopulationStore populations, PopulationVersions versions, IServiceScopeFactory scopes, TimeProvider clock) : IScreening
{
    /// <summary>How many households are explained at once: few enough for the memory, many enough that the questions about each piece weigh little.</summary>
    public int Piece { get; set; } = 2_000;

    public async Task<ScreeningResult> Run(AreaCode county, DateOnly asOf, string actor, ScreeningEngine? engine, IProgress<double>? progress, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        // Read before the facts: what changes while they are being read stays on the list.
        var marks = await changes.Marks(county.Digits, cancel);
        var version = await versions.Now(county.Digits, cancel);
        var values = await features.LoadValues(county, asOf, cancel);
        progress?.Report(0.4);
        var columns = CountyPopulation.Of(values, clock.GetUtcNow());
        var rules = catalogue.For(values.Policy);
        var evaluated = await sql.IsChosen(engine, cancel)
            ? await sql.Run(values, rules, cancel)
            : Evaluation.Scan(values, columns.Table, rules);
        progress?.Report(0.5);

        using var turn = await populations.Turn(county, cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // From here on no other process screens the county: whoever reads facts last also writes what they mean.
        var next = await versions.Next(county.Digits, cancel);
        var hit = evaluated.Hits.Select(h => values.Scope.Households[h.Index]).Distinct().ToList();
        var (opened, joined) = await Take(county, asOf, hit, rules, progress, cancel);
        await changes.Strike(county.Digits, marks, cancel);
        var result = new ScreeningResult(asOf, values.Count, evaluated.Counts, opened, joined);
        db.Add(new ScreeningRun
        {
            County = county.Digits, Id = Guid.CreateVersion7(), AsOf = asOf, At = clock.GetUtcNow(), Actor = actor, Households = result.Households,
            Opened = opened, Joined = joined, TookMs = watch.ElapsedMilliseconds, Counts = JsonSerializer.Serialize(result.Rules, JsonTexts.Options),
        });
        db.Log("screening.run", county, county.Digits, actor, clock, new { asOf, result.Households, opened, joined });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        // If households were screened while the facts were being read, the columns may hold what they were before.
        if (next == version + 1)
            await populations.Take(columns.At(next), cancel);
        progress?.Report(1);
        return result;
    }

    /// <summary>Stores the hits of a county, and opens or joins leads, piece by piece: where values come from is known of few households at a time.</summary>
    /// <remarks>
    /// What changed since the scan is on the list of changed households. Here a household is asked again, so that its hits, their levels and
    /// their explanations are about the same values.
    /// </remarks>
    /// <param name="hit">Those for which a rule held, in the order of their codes.</param>
    private async Task<(int Opened, int Joined)> Take(
        AreaCode county, DateOnly asOf, IReadOnlyList<Guid> hit, IReadOnlyList<ReadyRule> rules, IProgress<double>? progress, CancellationToken cancel)
    {
        var (opened, joined, done) = (0, 0, 0);
        await openLeads.Forget(county.Digits, hit, cancel);
        foreach (var piece in hit.Chunk(Piece))
        {
            var population = await Load(county, piece, asOf, cancel);
            var (o, j) = await openLeads.Take(population, Evaluation.Hits(population, rules), cancel);
            (opened, joined, done) = (opened + o, joined + j, done + piece.Length);
            progress?.Report(0.5 + 0.5 * done / hit.Count);
        }
        return (opened, joined);
    }

    /// <summary>Runs the rules over changed households in the open transaction.</summary>
    /// <returns>The households as they are now, for <see cref="PopulationStore.Follow"/> once the transaction is committed.</returns>
    public async Task<(Population Population, long Version)> Rescreened(AreaCode county, IReadOnlyCollection<Guid> changed, DateOnly asOf, CancellationToken cancel)
    {
        var version = await versions.Next(county.Digits, cancel);
        var population = await Load(county, changed, asOf, cancel);
        var (opened, joined) = await openLeads.Take(population, Evaluation.Hits(population, catalogue.For(population.Policy)), cancel);
        if (opened + joined > 0)
            db.Log("screening.rescreened", county, county.Digits, "system", clock, new { asOf, households = changed.Count, opened, joined });
        await db.SaveChangesAsync(cancel);
        return (population, version);
    }

    // Over connections of their own, several at once: features do not depend on what the open transaction wrote.
    private async Task<Population> Load(AreaCode county, IReadOnlyCollection<Guid> households, DateOnly asOf, CancellationToken cancel)
    {
        await using var reading = scopes.CreateAsyncScope();
        return await reading.ServiceProvider.GetRequiredService<IFeatures>().Load(county, asOf, households, cancel);
    }

    public async Task<HouseholdExplanation?> Explain(Actor actor, Guid household, DateOnly asOf, CancellationToken cancel)
    {
        if (await households.Find(actor, household.ToString(), cancel) is not { } found)
            return null;
        var population = await features.Load(actor.Area.County, asOf, [household], cancel);
        if (population.Households.Count == 0)
            return null;

        var values = features.All.Values.OrderBy(f => f.Name, StringComparer.Ordinal)
            .Select(f => Screening.Explain.Value(population, 0, f.Symbol)).ToList();
        return new(found.Code, found.Area.Digits, asOf, values, [.. catalogue.For(population.Policy).Select(r => Outcome(population, r))]);
    }

    private static RuleOutcomeExplained Outcome(Population population, ReadyRule rule)
    {
        var definition = rule.Definition;
        if (rule.Blocked is { } blocked)
            return new(definition.Id, definition.Title, definition.State, null, null, definition.NeedsMonitoringLine ? ["line.monitoring"] : ["line.poverty"], blocked, null);
        var inputs = population.Inputs(rule.Constants);
        var trace = rule.When.Explain(inputs);
        if (trace.Holds != true)
            return new(definition.Id, definition.Title, definition.State, trace.Holds, null, [.. trace.Missing.Select(s => s.Name)], null, null);
        var (level, category) = (Evaluation.LevelOf(rule, inputs), Evaluation.CategoryOf(rule, inputs));
        return new(definition.Id, definition.Title, definition.State, true, level, [], null, Screening.Explain.Of(population, 0, rule, level, category));
    }
}
