using Shouwang.Kernel;
using Shouwang.Modules.Insight.Contracts;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;
using Figure = Shouwang.Modules.Insight.Contracts.Figure;

namespace Shouwang.Modules.Insight.Bulletins;

/// <summary>Writes the text of a month's bulletin from the template and the figures that were kept; it comes out the same whenever it is written.</summary>
internal sealed class ComposeMonthly(IFigures figures, IAreas areas, LateLists late)
{
    private static readonly string[] Numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

    public async Task<BulletinContent> Compose(AreaCode county, Policy policy, BulletinTemplate template, BulletinPeriod period, DateOnly asOf, CancellationToken cancel)
    {
        var found = await Read(county, template, period, asOf, cancel);
        var (places, leftOut, sections) = (new FilledPlaces(found), 0, new List<ContentSection>());
        foreach (var section in template.Sections)
        {
            var blocks = new List<ContentBlock>();
            foreach (var part in section.Parts)
            {
                if (part.Late is { } kind)
                {
                    var table = await late.Of(kind, part.Title, county, policy, asOf, found.NameOf, cancel);
                    leftOut += table is null ? 1 : 0;
                    if (table is { Rows.Count: > 0 })
                        blocks.Add(new(null, table));
                }
                else if (part.Table.Count > 0)
                    blocks.Add(new(null, Table(part, found)));
                else if (Paragraph(part.Sentences, places, ref leftOut) is { } paragraph)
                    blocks.Add(new(paragraph, null));
            }
            if (blocks.Count > 0)
                sections.Add(new(Numbered(section.Title, sections.Count), blocks));
        }
        var name = found.NameOf(county);
        return new(new($"{name}{template.Title.Zh}（{period.Name.Zh}）", $"{name}: {template.Title.En}, {period.Name.En}"), template.To, sections, leftOut);
    }

    public static Text Numbered(Text title, int before) => new($"{(before < Numerals.Length ? Numerals[before] : $"{before + 1}")}、{title.Zh}", $"{before + 1}. {title.En}");

    private async Task<CountyFigures> Read(AreaCode county, BulletinTemplate template, BulletinPeriod period, DateOnly asOf, CancellationToken cancel)
    {
        var (actor, tree) = (Actor.System(county), await areas.Of(county.Digits, cancel));
        var codes = template.Codes.ToList();
        return new(county, asOf, period, await On(asOf), await Last(new(period.From.AddMonths(-1), period.From.AddDays(-1))), await Last(new(period.From.AddYears(-1), period.To.AddYears(-1))),
            await figures.Below(actor, county, codes, asOf, false, cancel), area => tree.Find(area)?.Name ?? area.Digits);

        async Task<IReadOnlyDictionary<string, Figure>> On(DateOnly day) => (await figures.Of(actor, county, day, cancel)).ToDictionary(f => f.Code);

        // The last day of a period for which figures were kept; comparisons say which day it was.
        async Task<IReadOnlyDictionary<string, Figure>> Last(BulletinPeriod before) =>
            await figures.LastBefore(county, before.To.AddDays(1), cancel) is { } day && day >= before.From ? await On(day) : new Dictionary<string, Figure>();
    }

    /// <summary>Sentences that hold and whose figures are all there, one after the other; null where none is left.</summary>
    private static ContentParagraph? Paragraph(IReadOnlyList<BulletinSentence> sentences, FilledPlaces places, ref int leftOut)
    {
        var (zh, en, fields) = (new List<string>(), new List<string>(), new Dictionary<string, ContentField>());
        foreach (var sentence in sentences.Where(s => places.Holds(s.When)))
        {
            var filled = BulletinPlace.In(sentence.Says.Zh).DistinctBy(p => p.Text).Select(p => (p.Text, Field: places.Fill(p))).ToList();
            if (filled.Exists(f => f.Field is null))
            {
                leftOut++;
                continue;
            }
            foreach (var (place, field) in filled)
                fields[place] = field!;
            zh.Add(sentence.Says.Zh);
            en.Add(sentence.Says.En);
        }
        return zh.Count == 0 ? null : new(new(string.Concat(zh), string.Join(' ', en)), [.. fields.Values], false);
    }

    private static ContentTable Table(BulletinPart part, CountyFigures found)
    {
        var titles = part.Table.Select(code => found.Now.GetValueOrDefault(code)?.Definition).ToList();
        var rows = found.Below.GroupBy(f => f.Area).OrderBy(g => g.Key).Select(g => (Area: g.Key, Figures: g.ToDictionary(f => f.Code)))
            .Append((Area: found.County, Figures: found.Now.ToDictionary(f => f.Key, f => f.Value)));
        return new(part.Title ?? new("各乡镇情况", "Townships"),
            [new(new("乡镇", "Township"), false), .. part.Table.Select((code, i) => new ContentColumn(titles[i] is { } d ? new($"{d.Title.Zh}（{d.Unit.Zh}）", $"{d.Title.En} ({d.Unit.En})") : new(code, code), true))],
            [.. rows.Select(r => (IReadOnlyList<ContentCell>)
            [
                r.Area == found.County ? new(new("全县", "County")) : ContentCell.Of(found.NameOf(r.Area)),
                .. part.Table.Select(code => r.Figures.GetValueOrDefault(code) is { Value: not null } f ? ContentCell.Of(FilledPlaces.Number(f)) with { Link = FilledPlaces.LinkOf(f) } : ContentCell.Empty),
            ])], 0);
    }
}
