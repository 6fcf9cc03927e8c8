using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Shouwang.Kernel;
using Text = Shouwang.Kernel.Text;

namespace Shouwang.Modules.Insight.Bulletins.Word;

/// <param name="Site">The address of this installation, such as <c>https://shouwang.example</c>; null leaves numbers without links.</param>
/// <param name="Mark">Who took the file out, when, and that it is not to be passed on: stands at the head of every page.</param>
/// <param name="Corrects">The number of the issue that this one corrects.</param>
internal sealed record WordAsk(Bulletin Bulletin, BulletinContent Content, Language Language, Uri? Site, string Mark, string? Corrects);

/// <summary>A bulletin as a Word file (.docx), laid out as offices lay out their papers: A4, 仿宋, numbers linked to the figures behind them.</summary>
internal sealed class WordFile
{
    private readonly WordAsk _ask;
    private readonly MainDocumentPart _main;
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);

    private WordFile(WordAsk ask, MainDocumentPart main) => (_ask, _main) = (ask, main);

    public static byte[] Write(WordAsk ask)
    {
        using var bytes = new MemoryStream();
        using (var package = WordprocessingDocument.Create(bytes, WordprocessingDocumentType.Document))
        {
            var main = package.AddMainDocumentPart();
            WordStyles.AddTo(main, ask.Language);
            main.Document = new Document(new Body([.. new WordFile(ask, main).Parts(), WordStyles.Page(main, ask.Mark)]));
            package.PackageProperties.Title = ask.Content.Title.In(ask.Language);
            package.PackageProperties.Identifier = ask.Bulletin.Code;
        }
        return bytes.ToArray();
    }

    private IEnumerable<OpenXmlElement> Parts()
    {
        var (b, content) = (_ask.Bulletin, _ask.Content);
        yield return Paragraph("Title", Plain(Say(content.Title)));
        yield return Paragraph("Number", Plain(NumberLine(b)));
        if (Say(content.To).Length > 0)
            yield return Paragraph("Addressee", Plain(Say(content.To)));
        foreach (var section in content.Sections)
        {
            yield return Paragraph("Heading1", Plain(Say(section.Title)));
            foreach (var block in section.Blocks)
            {
                foreach (var part in block.Table is { } table ? TableOf(table) : [ParagraphOf(block.Paragraph!)])
                    yield return part;
            }
        }
        if (b.SignedByName is { } signer)
        {
            yield return Paragraph("Signature", Plain(Say(new($"签发：{signer}", $"Signed: {signer}"))));
            yield return Paragraph("Signature", Plain(Say(BulletinDates.Of(b.PublishedOn ?? b.SignedOn!.Value))));
            yield return Paragraph("Small", Plain($"SHA-256 {b.Digest}"));
        }
    }

    private string NumberLine(Bulletin b)
    {
        var state = b.State is BulletinState.Published ? "" : Say(new($"（{BulletinStates.NameOf(b.State).Zh}）", $" ({BulletinStates.NameOf(b.State).En})"));
        return $"{b.Code}{state}{(_ask.Corrects is { } old ? Say(new($"　更正 {old}", $", corrects {old}")) : "")}";
    }

    private Paragraph ParagraphOf(ContentParagraph paragraph) =>
        Paragraph("BodyText", [.. EditedText.Cut(paragraph, _ask.Language).Select(p => Linked(p.Words, p.Field?.Link?.Address))]);

    private IEnumerable<OpenXmlElement> TableOf(ContentTable table)
    {
        yield return Paragraph("Caption", Plain(Say(table.Title)));
        // Wide tables get smaller letters, so that they stay on the page.
        var style = table.Columns.Count > 6 ? "TableSmall" : "TableText";
        yield return new Table([
            new TableProperties(
                new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
                new TableBorders(
                    new TopBorder { Val = BorderValues.Single, Size = 6 }, new LeftBorder { Val = BorderValues.Single, Size = 4 }, new BottomBorder { Val = BorderValues.Single, Size = 6 },
                    new RightBorder { Val = BorderValues.Single, Size = 4 }, new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4 }, new InsideVerticalBorder { Val = BorderValues.Single, Size = 4 }),
                new TableCellMarginDefault(new TableCellLeftMargin { Width = 80, Type = TableWidthValues.Dxa }, new TableCellRightMargin { Width = 80, Type = TableWidthValues.Dxa })),
            new TableGrid([.. table.Columns.Select(_ => new GridColumn { Width = $"{WordStyles.TextWidth / table.Columns.Count}" })]),
            new TableRow([new TableRowProperties(new CantSplit(), new TableHeader()), .. table.Columns.Select(c => Cell($"{style}Head", c.Numeric, Plain(Say(c.Title)), head: true))]),
            .. table.Rows.Select(row => new TableRow([new TableRowProperties(new CantSplit()), .. row.Select((cell, i) => Cell(style, table.Columns[i].Numeric, Linked(Say(cell.Shown), cell.Link?.Address ?? cell.Href)))]))]);
        yield return Paragraph("AfterTable", Plain(table.More > 0 ? Say(new($"另有 {table.More} 条，见系统。", $"{table.More} more; see the system.")) : ""));
    }

    private static TableCell Cell(string style, bool numeric, OpenXmlElement words, bool head = false) => new(
        [.. head ? [new TableCellProperties(new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = "EFEFEF" })] : Array.Empty<OpenXmlElement>(),
            new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = style }, new Justification { Val = numeric && !head ? JustificationValues.Right : head ? JustificationValues.Center : JustificationValues.Left }), words)]);

    private static Paragraph Paragraph(string style, params OpenXmlElement[] words) => new([new ParagraphProperties(new ParagraphStyleId { Val = style }), .. words]);

    private static Run Plain(string text) => new(new DocumentFormat.OpenXml.Wordprocessing.Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve });

    private OpenXmlElement Linked(string text, string? address)
    {
        if (address is null || _ask.Site is not { } site)
            return Plain(text);
        if (!_links.TryGetValue(address, out var id))
            _links.Add(address, id = _main.AddHyperlinkRelationship(new Uri(site, address), true).Id);
        return new Hyperlink(new Run(new RunProperties(new RunStyle { Val = "Hyperlink" }), new DocumentFormat.OpenXml.Wordprocessing.Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve })) { Id = id, History = true };
    }

    // What a person typed may hold characters that XML cannot.
    private static string Clean(string text) => text.All(c => System.Xml.XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)) ? text : string.Concat(text.Where(c => System.Xml.XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));

    private string Say(Text text) => text.In(_ask.Language);
}
