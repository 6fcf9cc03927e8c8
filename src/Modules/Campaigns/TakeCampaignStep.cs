using Shouwang.Kernel;
using Shouwang.Modules.Campaigns.Contracts;
using Shouwang.Modules.Campaigns.Counting;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Campaigns;

/// <summary>Moves a drive along its life. What should have been done before is named; going on without it takes a reason, and it stays on the list of what is open.</summary>
internal sealed class TakeCampaignStep(ShouwangDb db, FindCampaign find, CountCampaign count, Readiness readiness, Secrets secrets, Today today)
{
    public Task<Outcome<CampaignState>> Run(Actor actor, Guid id, StepRequest<CampaignEvent> request, CancellationToken cancel) => db.Atomically<CampaignState>(async () =>
    {
        if (await find.Open(actor, id, cancel) is null)
            return Refusals.NotFound;
        var found = await find.ToChange(actor, id, cancel);
        if (!found.Succeeded)
            return found.Problems.ToList();
        var campaign = found.Value;
        var checkedStep = CampaignStates.Life.Check(campaign.State, campaign.Version, request, actor, new(campaign.County), null);
        if (!checkedStep.Succeeded)
            return checkedStep.Problems.ToList();
        var (from, to) = (campaign.State, checkedStep.Value.To);
        // Also counted as the last word about a drive that ends here.
        var board = await count.Keep(campaign, cancel);
        if (string.IsNullOrWhiteSpace(request.Reason) && await readiness.Missing(campaign, request.Event, board, cancel) is { Count: > 0 } missing)
            return Refusals.Unfinished(missing);

        campaign.State = to;
        campaign.ClosedOn = CampaignStates.Life.IsFinal(to) ? today.Day : null;
        campaign.Version++;
        var (evidence, note) = StepNote.Keep(request, secrets);
        db.Add(new CampaignStep
        {
            County = campaign.County, Id = Guid.CreateVersion7(), CampaignId = id, Event = request.Event, FromState = from, ToState = to, UserId = actor.User, Actor = actor.DisplayName, HappenedOn = today.Day,
            RecordedAt = today.Clock.GetUtcNow(), Evidence = evidence, NoteEnc = note,
        });
        db.Log($"campaigns.step.{request.Event}", new(campaign.County), campaign.Code, actor.Name, today.Clock, new { From = from, To = to });
        return to;
    }, cancel);
}
