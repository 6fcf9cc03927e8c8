using System.Text.Json;
using System.Text.Json.Serialization;
using Shouwang.Kernel;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Insight.Bulletins;

/// <summary>What a bulletin says, in both languages, with the figure behind every number.</summary>
/// <param name="To">Whom it is addressed to; empty for none.</param>
/// <param name="LeftOut">Sentences and lists of the template that were left out since a figure for them is not there.</param>
public sealed record BulletinContent(Text Title, Text To, IReadOnlyList<ContentSection> Sections, int LeftOut)
{
    [JsonIgnore]
    public string Json => JsonSerializer.Serialize(this, JsonTexts.Options);

    public static BulletinContent Read(string json) => JsonSerializer.Deserialize<BulletinContent>(json, JsonTexts.Options)!;

    /// <summary>Paragraphs with the number by which a page names each.</summary>
    [JsonIgnore]
    public IEnumerable<(int Number, ContentParagraph Paragraph)> Paragraphs =>
        Sections.SelectMany(s => s.Blocks).Select(b => b.Paragraph).OfType<ContentParagraph>().Select((p, i) => (i, p));

    /// <summary>The same with another paragraph in place of one.</summary>
    public BulletinContent With(int number, ContentParagraph paragraph)
    {
        var at = -1;
        return this with
        {
            Sections = [.. Sections.Select(s => s with { Blocks = [.. s.Blocks.Select(b => b.Paragraph is not null && ++at == number ? new ContentBlock(paragraph, null) : b)] })],
        };
    }
}

public sealed record ContentSection(Text Title, IReadOnlyList<ContentBlock> Blocks);

/// <summary>One of the two.</summary>
public sealed record ContentBlock(ContentParagraph? Paragraph, ContentTable? Table);

/// <param name="Says">With places such as <c>{M01h}</c>, each of which is among the fields.</param>
/// <param name="Edited">Somebody changed the words that the template gave.</param>
public sealed record ContentParagraph(Text Says, IReadOnlyList<ContentField> Fields, bool Edited);

/// <summary>What stands in a place of a paragraph.</summary>
/// <param name="Place">As in the text, with its brackets.</param>
/// <param name="Link">The figure behind it; null for words such as the name of the county.</param>
public sealed record ContentField(string Place, Text Shown, FigureLink? Link);

/// <summary>The figure that a number was taken from.</summary>
public sealed record FigureLink(string Code, string Area, DateOnly On)
{
    [JsonIgnore]
    public string Address
    {
        get
        {
            var (whole, part) = IndicatorCatalogue.Split(Code);
            return $"/overview/{whole}?area={Area}{(part is null ? "" : $"&part={part}")}&on={On:yyyy-MM-dd}#behind";
        }
    }
}

/// <param name="More">Rows that are not shown.</param>
public sealed record ContentTable(Text Title, IReadOnlyList<ContentColumn> Columns, IReadOnlyList<IReadOnlyList<ContentCell>> Rows, int More);

public sealed record ContentColumn(Text Title, bool Numeric);

/// <param name="Link">The figure behind a number.</param>
/// <param name="Href">Another page of ours, such as a problem of the ledger.</param>
public sealed record ContentCell(Text Shown, FigureLink? Link = null, string? Href = null)
{
    public static ContentCell Of(string text) => new(new Text(text, text));

    public static ContentCell Empty { get; } = Of("—");
}
