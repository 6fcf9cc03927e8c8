using Microsoft.EntityFrameworkCore;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Security;
using Shouwang.Platform.Storage;
using Shouwang.Platform.Workflow;

namespace Shouwang.Modules.Insight.Bulletins;

/// <param name="Number">Of the paragraph, from 0.</param>
/// <param name="Zh">As typed, with numbers in brackets.</param>
internal sealed record ParagraphGiven(int Number, string Zh, string En);

/// <summary>Changes the words of a draft. Numbers stay those of the figures.</summary>
internal sealed class EditBulletin(ShouwangDb db, BulletinQueries queries, Today today)
{
    private const int MostCharacters = 2_000;

    /// <returns>How many paragraphs have other words now.</returns>
    public async Task<Outcome<int>> Run(Actor actor, Guid id, long? version, IReadOnlyList<ParagraphGiven> given, CancellationToken cancel) => await db.Atomically<int>(async () =>
    {
        if (await queries.Visible(actor).SingleOrDefaultAsync(b => b.Id == id, cancel) is not { } b)
            return BulletinRefusals.NotFound;
        var checkedStep = BulletinStates.Life.Check(b.State, b.Version, new StepRequest<BulletinEvent>(BulletinEvent.Edit, Version: version), actor, new(b.Area), null);
        if (!checkedStep.Succeeded)
            return checkedStep.Problems.ToList();
        var (content, problems, changed) = (BulletinContent.Read(b.Content), new List<Problem>(), 0);
        var paragraphs = content.Paragraphs.ToDictionary(p => p.Number, p => p.Paragraph);
        foreach (var one in given.Where(g => paragraphs.ContainsKey(g.Number)))
        {
            var paragraph = paragraphs[one.Number];
            if (one.Zh.Trim().Length is 0 or > MostCharacters || one.En.Trim().Length is 0 or > MostCharacters)
            {
                problems.Add(BulletinRefusals.EmptyParagraph);
                continue;
            }
            var (zh, en) = (EditedText.Read(paragraph, Language.Zh, one.Zh), EditedText.Read(paragraph, Language.En, one.En));
            if (!zh.Succeeded || !en.Succeeded)
                problems.AddRange(zh.Problems.Concat(en.Problems).DistinctBy(p => p.What));
            else if (!EditedText.PlacesOf(zh.Value).SequenceEqual(EditedText.PlacesOf(en.Value)))
                problems.Add(BulletinRefusals.PlacesDiffer);
            else if (new Text(zh.Value, en.Value) is var says && says != paragraph.Says)
                (content, changed) = (content.With(one.Number, paragraph with { Says = says, Edited = true }), changed + 1);
        }
        if (problems.Count > 0)
            return problems;
        if (changed == 0)
            return 0;
        b.Content = content.Json;
        b.Version++;
        db.Add(TakeBulletinStep.StepOf(b, b.State, BulletinEvent.Edit, "[]", null, actor, today));
        db.Log($"insight.bulletin.{BulletinEvent.Edit}", new(b.Area), b.Code, actor.Name, today.Clock, new { Paragraphs = changed });
        return changed;
    }, cancel);
}
