using System.Text.Json;
using Shouwang.Kernel;
using Shouwang.Platform;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight.Bulletins;

/// <summary>Writes a bulletin again from the figures that were kept, and says whether it comes out the same.</summary>
internal sealed class BulletinAgain(WriteBulletin writer, Policies policies)
{
    /// <returns>How many paragraphs and tables come out otherwise; words that people changed do not count, the numbers in them do.</returns>
    public async Task<int> Differences(Bulletin b, CancellationToken cancel)
    {
        var county = new AreaCode(b.County);
        var policy = await policies.For(county, b.AsOf, cancel);
        if ((b.Kind == BulletinKind.Monthly ? policy.Bulletins.Count(t => t.Code == b.Template) : policy.AppraisalSets.Count(s => s.Code == b.Template)) == 0)
            return 1;
        var again = await writer.Compose(county, policy, b.Kind, b.Template, b.Unit, new(b.PeriodFrom, b.PeriodTo), b.AsOf, cancel);
        // What the unit said came later and is of no figure.
        var (kept, anew) = (Parts(BulletinContent.Read(b.Content)), Parts(again));
        return kept.Zip(anew).Count(p => !Same(p.First, p.Second)) + Math.Abs(kept.Count - anew.Count);
    }

    private static List<ContentBlock> Parts(BulletinContent content) => [.. content.Sections.SelectMany(s => s.Blocks).Where(b => b.Paragraph is not { Edited: true, Fields.Count: 0 })];

    private static bool Same(ContentBlock kept, ContentBlock anew) => kept.Paragraph is { Edited: true } edited
        ? anew.Paragraph is { } paragraph && Text(edited.Fields) == Text(paragraph.Fields)
        : Text(kept) == Text(anew);

    private static string Text<T>(T part) => JsonSerializer.Serialize(part, JsonTexts.Options);
}
