using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Shouwang.Kernel;
using Text = DocumentFormat.OpenXml.Wordprocessing.Text;

namespace Shouwang.Modules.Insight.Bulletins.Word;

/// <summary>How a bulletin looks on paper. Margins, letters and page numbers follow the national standard for official papers (GB/T 9704—2012).</summary>
internal static class WordStyles
{
    // Twentieths of a point. A4, with the margins of the standard: 37, 26, 35 and 28 mm.
    private const int Width = 11906, Height = 16838, Top = 2098, Right = 1474, Bottom = 1984, Left = 1588;

    /// <summary>Between the margins, in twentieths of a point.</summary>
    public const int TextWidth = Width - Left - Right;

    private const string Body = "仿宋", Head = "黑体", Title = "宋体", Latin = "Times New Roman";

    public static void AddTo(MainDocumentPart main, Language language)
    {
        main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles([
            new DocDefaults(
                new RunPropertiesDefault(new RunPropertiesBaseStyle(Fonts(Body), new FontSize { Val = "32" }, new FontSizeComplexScript { Val = "32" },
                    new Languages { Val = language == Language.Zh ? "zh-CN" : "en-GB", EastAsia = "zh-CN" })),
                new ParagraphPropertiesDefault()),
            Style("Normal", "Normal", null, true),
            Style("Title", "Title", new(Fonts(Title), new Bold(), new FontSize { Val = "40" }), after: 200, centred: true),
            Style("Number", "Number", new(new FontSize { Val = "24" }), after: 240, centred: true),
            Style("Addressee", "Addressee", null, after: 120),
            Style("Heading1", "heading 1", new(Fonts(Head), new FontSize { Val = "32" }), before: 200, after: 80, keep: true, level: 0),
            Style("BodyText", "Body Text", null, indent: true, line: 560),
            Style("Caption", "caption", new(Fonts(Head), new FontSize { Val = "24" }), before: 160, after: 60, keep: true, centred: true),
            Style("TableText", "Table Text", new(new FontSize { Val = "21" })),
            Style("TableTextHead", "Table Text Head", new(Fonts(Head), new FontSize { Val = "21" })),
            Style("TableSmall", "Table Small", new(new FontSize { Val = "16" })),
            Style("TableSmallHead", "Table Small Head", new(Fonts(Head), new FontSize { Val = "16" })),
            Style("AfterTable", "After Table", new(new FontSize { Val = "18" }), after: 60),
            Style("Signature", "Signature", null, before: 120, right: true),
            Style("Small", "Small", new(new FontSize { Val = "14" }), before: 240),
            Style("Header", "header", new(new Color { Val = "808080" }, new FontSize { Val = "15" }), centred: true),
            Style("Footer", "footer", new(new FontSize { Val = "28" }), centred: true),
            new Style(new StyleName { Val = "Hyperlink" }, new UIPriority { Val = 99 }, new StyleRunProperties(new Color { Val = "1F4E5F" })) { Type = StyleValues.Character, StyleId = "Hyperlink" },
        ]);
        // A machine without these letters takes the others.
        main.AddNewPart<FontTablePart>().Fonts = new Fonts(
            Font(Body, "FangSong"), Font(Head, "SimHei"), Font(Title, "SimSun"), new Font(new FontCharSet { Val = "00" }, new FontFamily { Val = FontFamilyValues.Roman }) { Name = Latin });
        main.AddNewPart<DocumentSettingsPart>().Settings = new Settings(new Zoom { Percent = "100" }, new DefaultTabStop { Val = 420 }, new CharacterSpacingControl { Val = CharacterSpacingValues.CompressPunctuation });
    }

    /// <summary>Paper, margins, the mark at the head of every page, and its number at the foot: — 1 —.</summary>
    public static SectionProperties Page(MainDocumentPart main, string mark)
    {
        var (head, foot) = (main.AddNewPart<HeaderPart>(), main.AddNewPart<FooterPart>());
        head.Header = new Header(new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "Header" }), new Run(new Text(mark))));
        foot.Footer = new Footer(new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "Footer" }),
            new Run(new Text("— ") { Space = SpaceProcessingModeValues.Preserve }), new SimpleField(new Run(new Text("1"))) { Instruction = " PAGE " }, new Run(new Text(" —") { Space = SpaceProcessingModeValues.Preserve })));
        return new(
            new HeaderReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(head) }, new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(foot) },
            new PageSize { Width = Width, Height = Height },
            new PageMargin { Top = Top, Right = Right, Bottom = Bottom, Left = Left, Header = 851, Footer = 992, Gutter = 0 });
    }

    private static RunFonts Fonts(string name) => new() { Ascii = Latin, HighAnsi = Latin, EastAsia = name, ComplexScript = Latin };

    private static Font Font(string name, string other) => new(new AltName { Val = other }, new FontCharSet { Val = "86" }, new FontFamily { Val = FontFamilyValues.Auto }) { Name = name };

    private static Style Style(
        string id, string name, StyleRunProperties? letters, bool isDefault = false, int before = 0, int after = 0, int? line = null, bool indent = false, bool keep = false, bool centred = false, bool right = false, int? level = null)
    {
        var style = new Style { Type = StyleValues.Paragraph, StyleId = id };
        if (isDefault)
            style.Default = true;
        style.Append(new StyleName { Val = name });
        if (!isDefault)
            style.Append(new BasedOn { Val = "Normal" });
        style.Append(new PrimaryStyle());
        var shape = new StyleParagraphProperties();
        if (keep)
            shape.Append(new KeepNext());
        shape.Append(line is { } exact ? new SpacingBetweenLines { Before = $"{before}", After = $"{after}", Line = $"{exact}", LineRule = LineSpacingRuleValues.Exact }
            : new SpacingBetweenLines { Before = $"{before}", After = $"{after}" });
        // Two characters, as Chinese paragraphs begin.
        if (indent)
            shape.Append(new Indentation { FirstLine = "640", FirstLineChars = 200 });
        if (centred || right)
            shape.Append(new Justification { Val = right ? JustificationValues.Right : JustificationValues.Center });
        if (level is { } outline)
            shape.Append(new OutlineLevel { Val = outline });
        style.Append(shape);
        if (letters is not null)
            style.Append(letters);
        return style;
    }
}
