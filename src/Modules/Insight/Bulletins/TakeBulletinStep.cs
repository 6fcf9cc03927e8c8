using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;
using static Shouwang.Modules.Insight.Bulletins.BulletinEvent;

namespace Shouwang.Modules.Insight.Bulletins;

/// <summary>Moves a bulletin along: put forward, answered by the unit, signed by somebody who did not write it, published with its digest.</summary>
internal sealed class TakeBulletinStep(ShouwangDb db, BulletinQueries queries, PublishedSets sets, Policies policies, Secrets secrets, Today today)
{
    public async Task<Outcome<BulletinState>> Run(Actor actor, Guid id, StepRequest<BulletinEvent> request, CancellationToken cancel) => await db.Atomically<BulletinState>(async () =>
    {
        if (await queries.Visible(actor).SingleOrDefaultAsync(b => b.Id == id, cancel) is not { } b)
            return BulletinRefusals.NotFound;
        var checkedStep = BulletinStates.Life.Check(b.State, b.Version, request, actor, new(b.Area), null);
        if (!checkedStep.Succeeded)
            return checkedStep.Problems.ToList();
        if (await Refused(b, request, actor, cancel) is { } refusal)
            return refusal;

        var (evidence, note) = StepNote.Keep(request, secrets);
        var step = StepOf(b, checkedStep.Value.To, request.Event, evidence, note, actor, today);
        switch (request.Event)
        {
            case Submit:
                b.SubmittedOn = today.Day;
                break;
            case BulletinEvent.Remark or Answer:
                b.Content = WithRemark(b, request.Of(EvidenceKinds.Remark)!.Text!.Trim(), request.Event == Answer).Json;
                break;
            case Sign:
                (b.SignedBy, b.SignedByName, b.SignedOn) = (actor.User, actor.DisplayName, today.Day);
                b.Digest = BulletinSeal.DigestOf(b);
                break;
            case Return:
                (b.SignedBy, b.SignedByName, b.SignedOn, b.Digest) = (null, null, null, null);
                break;
            case Publish:
                b.PublishedOn = today.Day;
                await Replaced(b, actor, cancel);
                break;
            case Write or Edit or Withdraw or Replace or Discard:
                break;
        }
        Take(b, step, actor);
        return b.State;
    }, cancel);

    private void Take(Bulletin b, BulletinStep step, Actor actor)
    {
        b.State = step.ToState;
        b.Version++;
        db.Add(step);
        db.Log($"insight.bulletin.{step.Event}", new(b.Area), b.Code, actor.Name, today.Clock, new { From = step.FromState, To = step.ToState, b.Digest });
    }

    public static BulletinStep StepOf(Bulletin b, BulletinState to, BulletinEvent happening, string evidence, byte[]? note, Actor actor, Today today) => new()
    {
        County = b.County, Id = Guid.CreateVersion7(today.Clock.GetUtcNow()), BulletinId = b.Id, Event = happening, FromState = b.State, ToState = to, UserId = actor.User, Actor = actor.DisplayName,
        HappenedOn = today.Day, RecordedAt = today.Clock.GetUtcNow(), Evidence = evidence, NoteEnc = note,
    };

    private async Task<Problem?> Refused(Bulletin b, StepRequest<BulletinEvent> request, Actor actor, CancellationToken cancel)
    {
        switch (request.Event)
        {
            // Words are changed paragraph by paragraph, and a correction replaces by being published.
            case Edit or Replace:
                return Steps.ChangedMeanwhile;
            // Whoever reads a number can open it, whenever that is.
            case Submit when !await sets.Opens(new(b.County), b.AsOf, cancel):
                return BulletinRefusals.OpensNothing(b.AsOf);
            case BulletinEvent.Remark when !BulletinQueries.IsOwnCard(b, actor):
            case Answer when b.Kind != BulletinKind.Appraisal:
                return BulletinRefusals.NotYours;
            case Sign when await db.Set<BulletinStep>().AnyAsync(s => s.County == b.County && s.BulletinId == b.Id && s.UserId == actor.User
                    && (s.Event == Write || s.Event == Edit || s.Event == Submit || s.Event == Answer), cancel):
                return Steps.OwnWork(BulletinStates.NameOf(b.Kind));
            case Sign when b.Kind == BulletinKind.Appraisal:
                return await StillSpeaks(b, cancel) is { } until ? BulletinRefusals.ReplyOpen(until) : null;
            case Publish when BulletinSeal.DigestOf(b) != b.Digest:
                return BulletinRefusals.Changed;
            default:
                return null;
        }
    }

    /// <summary>The last day on which a unit may still answer its card; null when it did, or its time is over.</summary>
    private async Task<DateOnly?> StillSpeaks(Bulletin b, CancellationToken cancel)
    {
        var policy = await policies.For(new(b.County), b.AsOf, cancel);
        if (policy.AppraisalSets.FirstOrDefault(s => s.Code == b.Template) is not { ReplyDays: > 0 } set || b.SubmittedOn is not { } since)
            return null;
        var until = policy.WorkCalendar.AddWorkdays(since, set.ReplyDays);
        return today.Day > until || await db.Set<BulletinStep>().AnyAsync(s => s.County == b.County && s.BulletinId == b.Id && s.Event == BulletinEvent.Remark && s.HappenedOn >= since, cancel) ? null : until;
    }

    private async Task Replaced(Bulletin b, Actor actor, CancellationToken cancel)
    {
        if (b.ReplacesId is { } id && await db.Set<Bulletin>().SingleOrDefaultAsync(o => o.County == b.County && o.Id == id && o.State == BulletinState.Published, cancel) is { } old)
            Take(old, StepOf(old, BulletinState.Replaced, Replace, "[]", null, actor, today), actor);
    }

    // What the unit says becomes part of the card, so that it is signed and published with it.
    private static BulletinContent WithRemark(Bulletin b, string words, bool answers)
    {
        var content = BulletinContent.Read(b.Content);
        var text = words.Replace('{', '｛').Replace('}', '｝');
        var block = new ContentBlock(new(answers ? new($"县级答复：{text}", $"The county answers: {text}") : new($"单位陈述：{text}", $"The unit says: {text}"), [], true), null);
        var isRemarks = (ContentSection s) => s.Title.Zh.EndsWith(Remarks.Zh, StringComparison.Ordinal);
        return content with
        {
            Sections = content.Sections.Any(isRemarks) ? [.. content.Sections.Select(s => isRemarks(s) ? s with { Blocks = [.. s.Blocks, block] } : s)]
                : [.. content.Sections, new(ComposeMonthly.Numbered(Remarks, content.Sections.Count), [block])],
        };
    }

    private static Text Remarks => new("单位陈述与答复", "The unit's view, and the answer");
}
