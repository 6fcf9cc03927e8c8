using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight;

/// <summary>A figure as somebody enters it.</summary>
/// <param name="Numerator">As typed.</param>
/// <param name="Denominator">As typed; empty for counts, and where the base of a share is not known.</param>
/// <param name="Reason">Why a computed figure is wrong; of a reported one who says it, in which document.</param>
internal sealed record FigureGiven(AreaCode Area, string Code, DateOnly AsOf, string Numerator, string Denominator, string Reason);

/// <summary>Reports a figure the program has no data for, or puts one in place of a computed one; always with a reason.</summary>
internal sealed class EnterFigure(ShouwangDb db, IndicatorCatalogue catalogue, Policies policies, PublishedSets sets, Today today)
{
    public async Task<Outcome<Guid>> Enter(Actor actor, FigureGiven given, CancellationToken cancel)
    {
        if (!actor.May(Permissions.IndicatorsEdit, given.Area))
            return Refusals.NotPermitted(Permissions.IndicatorsEdit);
        var policy = await policies.For(given.Area.County, given.AsOf, cancel);
        if (catalogue.Find(policy, given.Code) is not { } definition)
            return Refusals.NoIndicator(given.Code);
        if (await sets.Has(given.Area.County, given.AsOf, cancel))
            return Refusals.Published(given.AsOf);
        var adjusts = definition.WaitsFor is null;
        var problems = Check(definition, given).ToList();
        if (given.AsOf > today.Day)
            problems.Add(Refusals.InFuture());
        if (adjusts && !await IsComputed(given, cancel))
            problems.Add(Refusals.NothingToAdjust());
        if (problems.Count > 0)
            return problems;

        var entry = new IndicatorEntry
        {
            County = given.Area.County.Digits, Id = Guid.CreateVersion7(today.Clock.GetUtcNow()), AsOf = given.AsOf, Area = given.Area.Digits, Code = given.Code, Adjusts = adjusts,
            Numerator = Exact.Text(Number(given.Numerator)!.Value), Denominator = Number(given.Denominator) is { } d && definition.Kind != IndicatorKind.Count ? Exact.Text(d) : null,
            Reason = given.Reason.Trim(), UserId = actor.User, EnteredBy = actor.DisplayName, EnteredAt = today.Clock.GetUtcNow(),
        };
        db.Add(entry);
        db.Log(adjusts ? "insight.adjusted" : "insight.reported", given.Area, entry.Id.ToString(), actor.Name, today.Clock, new { entry.AsOf, entry.Code, entry.Numerator, entry.Denominator, entry.Reason });
        await db.SaveChangesAsync(cancel);
        return entry.Id;
    }

    private Task<bool> IsComputed(FigureGiven given, CancellationToken cancel)
    {
        var (county, area) = (given.Area.County.Digits, given.Area.Digits);
        return db.Set<IndicatorValue>().AsNoTracking().AnyAsync(v => v.County == county && v.AsOf == given.AsOf && v.Area == area && v.Code == given.Code, cancel);
    }

    private static IEnumerable<Problem> Check(IndicatorDefinition definition, FigureGiven given)
    {
        var (numerator, denominator) = (Number(given.Numerator), Number(given.Denominator));
        if (numerator is not (>= -1_000_000_000_000 and <= 1_000_000_000_000))
            yield return Refusals.BadNumerator();
        if (given.Denominator.Trim().Length > 0 && definition.Kind != IndicatorKind.Count && denominator is not (> 0 and <= 1_000_000_000_000))
            yield return Refusals.BadDenominator();
        if (given.Reason.Trim().Length is 0 or > 500)
            yield return Refusals.NoReason();
    }

    private static decimal? Number(string text) => decimal.TryParse(text.Trim(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}
