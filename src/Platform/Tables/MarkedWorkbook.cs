using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Shouwang.Platform.Tables;

/// <summary>Copies a workbook part by part, and marks cells on the way. What is not marked keeps its bytes.</summary>
internal sealed partial class MarkedWorkbook(XlsxFile source, Dictionary<string, CellMarks> marks)
{
    private sealed record Sheet(int Number, CellMarks Marks, string? Comments, string? Shapes)
    {
        public Dictionary<(int Row, int Column), CellMarks.Mark> ByCell { get; } =
            Marks.Commented.ToDictionary(m => (m.Row, m.Column));

        /// <summary>Commented cells that already had a comment, and so a shape.</summary>
        public HashSet<(int Row, int Column)> HadComment { get; } = [];
    }

    private readonly Dictionary<string, Sheet> _sheets = new(StringComparer.OrdinalIgnoreCase);

    public async Task Write(Stream target, CancellationToken cancel)
    {
        using var package = new PackageWriter(target);
        var styles = StyleMarks.Read(source.Zip.Open(source.StylesPart!)!);
        var number = 0;
        foreach (var sheet in source.Sheets.Cast<XlsxSheet>())
        {
            number++;
            var own = marks.GetValueOrDefault(sheet.Name);
            var related = PackageParts.Related(source.Zip, sheet.Part).ToList();
            // A sheet without notes is still gone through when an earlier copy may have left its colours there.
            if (own is not null || styles.HasOwnColours)
                _sheets[sheet.Part] = new(number, own ?? CellMarks.Of([]), Find(related, "/comments"), Find(related, "/vmlDrawing"));
        }
        foreach (var part in source.Zip.Parts.Where(p => !Owned(p)))
        {
            using var from = source.Zip.Open(part)!;
            if (_sheets.TryGetValue(part, out var sheet))
                await SheetMarks.Write(package, part, from, sheet.Marks.Marks, styles, sheet.Shapes is null, cancel);
            else if (part.Equals(source.StylesPart, StringComparison.OrdinalIgnoreCase))
                styles.Write(package, part);
            else if (part.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase))
                package.Write(part, ContentTypes(Read(from)));
            else if (_sheets.FirstOrDefault(s => part.Equals(PackageParts.RelationsOf(s.Key), StringComparison.OrdinalIgnoreCase)).Value is { } related)
                package.Write(part, Relations(Read(from), related));
            else
                await Copy(package, part, from, cancel);
            await package.Drain(cancel);
        }
        foreach (var (part, sheet) in _sheets)
        {
            Comments(package, sheet);
            await package.Drain(cancel);
            if (sheet.Marks.Marks.Length > 0 && !source.Zip.Has(PackageParts.RelationsOf(part)))
                package.Write(PackageParts.RelationsOf(part), CommentParts.Relations(sheet.Number));
        }
        await package.Finish(cancel);
    }

    private static string? Find(List<PackageParts.Relation> related, string type) =>
        related.FirstOrDefault(r => r.Type.EndsWith(type, StringComparison.Ordinal)).Part;

    /// <summary>Whether a part is written at the end, after the sheets: comments and their shapes.</summary>
    private bool Owned(string part) => _sheets.Values.Any(s =>
        part.Equals(s.Comments, StringComparison.OrdinalIgnoreCase) || part.Equals(s.Shapes, StringComparison.OrdinalIgnoreCase));

    private static async Task Copy(PackageWriter package, string part, Stream from, CancellationToken cancel)
    {
        using var to = package.Start(part);
        var buffer = new byte[1 << 16];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            to.Write(buffer, 0, read);
            await package.Drain(cancel);
        }
    }

    private string ContentTypes(string xml)
    {
        var added = new StringBuilder();
        const string ns = "xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"";
        if (!VmlDefault().IsMatch(xml))
            added.Append(null, $"<Default {ns} Extension=\"vml\" ContentType=\"{CommentParts.ShapesType}\"/>");
        foreach (var sheet in _sheets.Values.Where(s => s.Comments is null && s.Marks.Marks.Length > 0))
            added.Append(null, $"<Override {ns} PartName=\"/{CommentParts.CommentsPart(sheet.Number)}\" ContentType=\"{CommentParts.CommentsType}\"/>");
        return BeforeEnd(xml, added.ToString());
    }

    private static string Relations(string xml, Sheet sheet) => sheet.Marks.Marks.Length == 0 ? xml : BeforeEnd(xml,
        (sheet.Comments is null ? CommentParts.CommentsRelation(sheet.Number) : "")
        + (sheet.Shapes is null ? CommentParts.ShapesRelation(sheet.Number) : ""));

    private void Comments(PackageWriter package, Sheet sheet)
    {
        var own = sheet.Marks.Commented.ToList();
        if (sheet.Comments is { } part && source.Zip.Open(part) is { } from)
        {
            using (from)
                CommentMarks.Merge(package, part, from, sheet.ByCell, sheet.HadComment);
            // A cell that had a comment has its shape.
            own.RemoveAll(m => sheet.HadComment.Contains((m.Row, m.Column)));
        }
        else if (own.Count > 0)
        {
            CommentParts.WriteComments(package, CommentParts.CommentsPart(sheet.Number), own);
        }
        if (sheet.Shapes is { } shapes && source.Zip.Open(shapes) is { } drawn)
        {
            using (drawn)
                package.Write(shapes, Shapes(Read(drawn), own));
        }
        else if (own.Count > 0)
        {
            CommentParts.WriteShapes(package, CommentParts.ShapesPart(sheet.Number), sheet.Number, own);
        }
    }

    /// <summary>Adds shapes to those of the sheet; as text, for this part often is not well-formed.</summary>
    private static string Shapes(string xml, List<CellMarks.Mark> own)
    {
        if (own.Count == 0)
            return xml;
        var id = ShapeId().Matches(xml).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty(1024).Max();
        var added = new StringBuilder(xml.Contains("\"_x0000_t202\"", StringComparison.Ordinal) ? "" : CommentParts.ShapeType);
        foreach (var mark in own)
            added.Append(CommentParts.Shape(++id, mark));
        return BeforeEnd(xml, added.ToString());
    }

    /// <summary>Puts elements in front of the end tag of the root, which may be a single empty tag.</summary>
    private static string BeforeEnd(string xml, string added)
    {
        var end = xml.LastIndexOf("</", StringComparison.Ordinal);
        if (end >= 0)
            return xml.Insert(end, added);
        if (EmptyRoot().Match(xml) is not { Success: true } root)
            throw new DamagedTable("a part without an end");
        return $"{xml[..root.Index]}<{root.Groups[1].Value}{root.Groups[2].Value}>{added}</{root.Groups[1].Value}>";
    }

    private static string Read(Stream part)
    {
        using var reader = new StreamReader(part, Encoding.UTF8);
        var text = new StringBuilder();
        var buffer = new char[1 << 14];
        for (int read; (read = reader.Read(buffer)) > 0;)
        {
            if (text.Append(buffer, 0, read).Length > 64 << 20)
                throw new DamagedTable("a part too large");
        }
        return text.ToString();
    }

    [GeneratedRegex("<([A-Za-z_][^\\s/>]*)([^<>]*)/>\\s*$")]
    private static partial Regex EmptyRoot();

    [GeneratedRegex("Extension\\s*=\\s*[\"']vml[\"']", RegexOptions.IgnoreCase)]
    private static partial Regex VmlDefault();

    [GeneratedRegex("_x0000_s([0-9]{1,8})\\b")]
    private static partial Regex ShapeId();
}
