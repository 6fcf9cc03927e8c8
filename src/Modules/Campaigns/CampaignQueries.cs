using Microsoft.EntityFrameworkCore;
using Shouwang.Platform.Components;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Campaigns;

/// <summary>What the pages of a drive show besides figures.</summary>
internal sealed class CampaignQueries(ShouwangDb db, Secrets secrets)
{
    /// <summary>The steps of a drive, the latest first.</summary>
    public async Task<IReadOnlyList<Timeline.Entry>> History(Campaign campaign, CancellationToken cancel)
    {
        var (county, id) = (campaign.County, campaign.Id);
        var steps = await db.Set<CampaignStep>().AsNoTracking().Where(s => s.County == county && s.CampaignId == id).OrderByDescending(s => s.RecordedAt).ThenByDescending(s => s.Id).ToListAsync(cancel);
        return [.. steps.Select(s =>
        {
            var note = StepNote.Read(s.NoteEnc, secrets);
            return new Timeline.Entry(Screen.Date(s.HappenedOn), CampaignStates.NameOf(s.Event), s.Actor, string.Join("；", note.Texts.Values.Prepend(note.Reason).OfType<string>()), Tone: Tone.Good);
        }), new Timeline.Entry(Screen.Date(campaign.StartedOn), new("发起", "started"), campaign.StartedByName)];
    }
}
