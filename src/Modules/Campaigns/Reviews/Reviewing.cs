using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Campaigns.Reviews;

/// <summary>What people add to a review.</summary>
/// <param name="Present">Who was there.</param>
/// <param name="Passed">The work is in order; otherwise it is sent back.</param>
public sealed record NewReview(TeamDuty Duty, AreaCode Village, DateOnly On, string Present, string Conclusion, bool Passed);

/// <param name="Conclusion">Null for those who do not read what may speak of illness.</param>
public sealed record ReviewRow(Guid Id, TeamDuty Duty, AreaCode Village, DateOnly On, ReviewFigures Figures, bool Passed, string Present, string? Conclusion, string By);

/// <summary>Records the evening review of a village, prepared from the day's visits, and its examination by somebody else.</summary>
internal sealed class Reviewing(ShouwangDb db, FindCampaign find, CampaignScope scope, IVisitCourse visits, IIssueCourse issues, Secrets secrets, Today today)
{
    /// <summary>What a review of a village on a day would show.</summary>
    public async Task<ReviewFigures> Prepare(Campaign campaign, AreaCode village, DateOnly on, CancellationToken cancel)
    {
        var households = (await scope.Households(campaign, village, today.Day, null, cancel)).Select(h => h.Household).ToHashSet();
        var (then, sofar) = (new HashSet<Guid>(), new HashSet<Guid>());
        await visits.Read(village, campaign.FieldFrom, on, false, visit =>
        {
            if (visit.Mode != VisitMode.AtHome || !households.Contains(visit.Household))
                return;
            sofar.Add(visit.Household);
            if (visit.On == on)
                then.Add(visit.Household);
        }, cancel);
        var found = await issues.Found(village, on, on, cancel);
        return new(then.Count, found.Count, found.Count(i => i.State == IssueState.FixedOnSpot || i.PutRight && i.SubmittedOn == i.FoundOn), sofar.Count, households.Count, [.. found.Select(i => i.Code)]);
    }

    public Task<Outcome<Guid>> Record(Actor actor, Guid id, NewReview review, CancellationToken cancel) => db.Atomically<Guid>(async () =>
    {
        var permission = review.Duty == TeamDuty.Examination ? Permissions.CampaignsExamine : Permissions.CampaignsReview;
        var found = await find.ToChange(actor, id, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        var campaign = found.Value;
        if (!actor.May(permission, review.Village))
            return Steps.NotPermitted(permission);
        if (review.Village.Level != AreaLevel.Village || !campaign.Contains(review.Village))
            return Refusals.OutsideScope(review.Village.Digits);
        var last = today.Day < campaign.EndsOn ? today.Day : campaign.EndsOn;
        if (review.On < campaign.FieldFrom || review.On > last)
            return Refusals.NoReviewDay(campaign.FieldFrom, last);
        if (string.IsNullOrWhiteSpace(review.Present) || string.IsNullOrWhiteSpace(review.Conclusion))
            return Refusals.NoConclusion;
        var village = review.Village.Digits;
        if (review.Duty == TeamDuty.Examination && await db.Set<Review>().AnyAsync(r => r.County == campaign.County && r.CampaignId == id && r.Area == village
            && r.Duty == TeamDuty.JointReview && r.HeldOn == review.On && r.RecordedBy == actor.User, cancel))
            return Refusals.OwnReview;
        var row = new Review
        {
            County = campaign.County, Id = Guid.CreateVersion7(), CampaignId = id, Duty = review.Duty, Area = village, HeldOn = review.On,
            Figures = JsonSerializer.Serialize(await Prepare(campaign, review.Village, review.On, cancel), JsonTexts.Options), Passed = review.Passed, Present = review.Present.Trim(),
            ConclusionEnc = secrets.Encrypt(review.Conclusion.Trim())!, RecordedBy = actor.User, RecordedByName = actor.DisplayName, RecordedAt = today.Clock.GetUtcNow(),
        };
        db.Add(row);
        db.Log(review.Duty == TeamDuty.Examination ? "campaigns.examined" : "campaigns.reviewed", review.Village, campaign.Code, actor.Name, today.Clock, new { Review = row.Id, review.On, review.Passed });
        return row.Id;
    }, cancel);

    /// <summary>Reviews inside an area of the actor, the latest first.</summary>
    public async Task<IReadOnlyList<ReviewRow>> List(Actor actor, Guid campaign, AreaCode within, TeamDuty? duty, int limit, CancellationToken cancel)
    {
        var (from, to) = (within.Digits, within.RangeEnd);
        var rows = await db.Set<Review>().AsNoTracking().VisibleTo(actor, Permissions.CampaignsRead)
            .Where(r => r.CampaignId == campaign && (duty == null || r.Duty == duty) && string.Compare(r.Area, from) >= 0 && string.Compare(r.Area, to) < 0)
            .OrderByDescending(r => r.HeldOn).ThenBy(r => r.Area).ThenBy(r => r.Id).Take(limit).ToListAsync(cancel);
        return [.. rows.Select(r => new ReviewRow(r.Id, r.Duty, new(r.Area), r.HeldOn, r.FiguresOf(), r.Passed, r.Present, actor.SeesMasked ? null : secrets.Decrypt(r.ConclusionEnc), r.RecordedByName))];
    }

    /// <summary>How many reviews and examinations every village had.</summary>
    public async Task<IReadOnlyDictionary<(string Village, TeamDuty Duty), int>> Counts(Campaign campaign, CancellationToken cancel)
    {
        var (county, id) = (campaign.County, campaign.Id);
        return (await db.Set<Review>().AsNoTracking().Where(r => r.County == county && r.CampaignId == id).GroupBy(r => new { r.Area, r.Duty }).Select(g => new { g.Key.Area, g.Key.Duty, Count = g.Count() }).ToListAsync(cancel))
            .ToDictionary(g => (g.Area, g.Duty), g => g.Count);
    }
}
