using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight;

/// <summary>Publishes all figures of a county, as they are today or were at the end of a month: checked against each other, kept with the households behind them.</summary>
internal sealed class PublishFigures(ShouwangDb db, IFigures figures, WorkOut work, PublishedSets sets, CrossChecks checks, Today today)
{
    /// <param name="asOf">Today, for which they are worked out anew, or the end of a month whose households were kept.</param>
    /// <returns>The set with what the cross-checks found: doubts are shown with it, they do not hold it up.</returns>
    public async Task<Outcome<SetSummary>> Publish(Actor actor, DateOnly asOf, CancellationToken cancel)
    {
        var county = actor.Area.County;
        if (!actor.May(Permissions.IndicatorsPublish, county))
            return Refusals.NotPermitted(Permissions.IndicatorsPublish);
        if (await sets.Has(county, asOf, cancel))
            return Refusals.Published(asOf);
        // Who put a figure in place of a computed one is not the one who publishes it.
        if (await db.Set<IndicatorEntry>().AsNoTracking().AnyAsync(e => e.County == county.Digits && e.AsOf == asOf && e.Adjusts && e.UserId == actor.User, cancel))
            return Refusals.OwnAdjustment();

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (asOf == today.Day)
            await figures.Compute(county, asOf, cancel);
        if (await sets.Digest(county, asOf, cancel) is not { } digest)
        {
            if (asOf != today.Day)
                return Refusals.NotKept(asOf);
            digest = await sets.Keep(county, asOf, await SetContents.Collect(part => work.Each(county, asOf, null, part, cancel)), cancel);
        }
        var found = await checks.Of(county, asOf, cancel);
        db.Add(new IndicatorSet
        {
            County = county.Digits, AsOf = asOf, PublishedAt = today.Clock.GetUtcNow(), PublishedBy = actor.DisplayName,
            Checks = JsonSerializer.Serialize(found, JsonTexts.Options), Digest = digest,
        });
        db.Log("insight.published", county, asOf.ToString("O", System.Globalization.CultureInfo.InvariantCulture), actor.Name, today.Clock, new { asOf, digest, doubts = found.Sum(f => f.Findings.Count) });
        await db.SaveChangesAsync(cancel);
        if (await sets.Again(county, asOf, cancel) is { Count: > 0 })
            return Refusals.Moving();
        await transaction.CommitAsync(cancel);
        return new SetSummary(asOf, today.Clock.GetUtcNow(), actor.DisplayName, found);
    }
}
