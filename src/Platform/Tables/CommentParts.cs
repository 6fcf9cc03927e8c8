using System.Text;

namespace Shouwang.Platform.Tables;

/// <summary>The two parts a commented sheet needs: the texts, and the shapes that show them.</summary>
internal static class CommentParts
{
    public const string Author = "守望 Shouwang";
    public const string CommentsType = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
    public const string ShapesType = "application/vnd.openxmlformats-officedocument.vmlDrawing";

    private const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string CommentsId = "rIdNotes", ShapesId = "rIdNoteShapes";

    public static string CommentsPart(int sheet) => $"xl/notes{sheet}.xml";

    public static string ShapesPart(int sheet) => $"xl/drawings/notes{sheet}.vml";

    public static string CommentsRelation(int sheet) =>
        $"<Relationship xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\" Id=\"{CommentsId}\" Type=\"{Relation}/comments\" Target=\"/{CommentsPart(sheet)}\"/>";

    public static string ShapesRelation(int sheet) =>
        $"<Relationship xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\" Id=\"{ShapesId}\" Type=\"{Relation}/vmlDrawing\" Target=\"/{ShapesPart(sheet)}\"/>";

    /// <summary>The relations of a sheet that has none of its own.</summary>
    public static string Relations(int sheet) =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{CommentsRelation(sheet)}{ShapesRelation(sheet)}</Relationships>";

    /// <param name="prefix">The prefix of the sheet's own elements with its colon, or nothing.</param>
    public static string DrawingElement(string prefix) => $"<{prefix}legacyDrawing xmlns:r=\"{Relation}\" r:id=\"{ShapesId}\"/>";

    public static void Write(PackageWriter package, int sheet, IEnumerable<CellMarks.Mark> marks)
    {
        var list = marks.ToList();
        WriteComments(package, CommentsPart(sheet), list);
        WriteShapes(package, ShapesPart(sheet), sheet, list);
    }

    public static void WriteComments(PackageWriter package, string part, IReadOnlyList<CellMarks.Mark> marks)
    {
        using var stream = package.Start(part);
        using var xml = new XmlOut(stream);
        xml.Raw($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{SheetStyles.MainNamespace}\"><authors><author>{Author}</author></authors><commentList>");
        foreach (var mark in marks)
            Comment(xml, "", mark, 0);
        xml.Raw("</commentList></comments>"u8);
    }

    public static void Comment(XmlOut xml, string prefix, CellMarks.Mark mark, int author)
    {
        xml.Raw($"<{prefix}comment ref=\"{ColumnName.Of(mark.Column)}{mark.Row}\" authorId=\"{author}\"><{prefix}text>");
        Run(xml, prefix, mark.Comment);
        xml.Raw($"</{prefix}text></{prefix}comment>");
    }

    public static void Run(XmlOut xml, string prefix, string text) =>
        xml.Raw($"<{prefix}r><{prefix}t xml:space=\"preserve\">").Text(text).Raw($"</{prefix}t></{prefix}r>");

    public static void WriteShapes(PackageWriter package, string part, int sheet, IReadOnlyList<CellMarks.Mark> marks)
    {
        // Spreadsheets number shapes in blocks of 1,024 and want to know the blocks.
        var first = sheet * 64;
        var blocks = string.Join(',', Enumerable.Range(first, marks.Count / 1024 + 1));
        using var stream = package.Start(part);
        using var xml = new XmlOut(stream);
        xml.Raw($"<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{blocks}\"/></o:shapelayout>");
        xml.Raw(ShapeType);
        for (var i = 0; i < marks.Count; i++)
            xml.Raw(Shape(first * 1024 + i + 1, marks[i]));
        xml.Raw("</xml>"u8);
    }

    public const string ShapeType =
        "<v:shapetype xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

    public static string Shape(int id, CellMarks.Mark mark)
    {
        var lines = mark.Comment.Split('\n').Sum(l => 1 + l.Sum(c => c < 256 ? 1 : 2) / 44);
        var (left, right) = (mark.Column + 1, mark.Column + 5);
        var (top, bottom) = (Math.Max(0, mark.Row - 2), Math.Max(0, mark.Row - 2) + Math.Clamp(lines + 1, 4, 30));
        return new StringBuilder()
            .Append("<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"")
            .Append(null, $" id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">")
            .Append("<v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>")
            .Append(null, $"<x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{mark.Row - 1}</x:Row><x:Column>{mark.Column}</x:Column></x:ClientData></v:shape>")
            .ToString();
    }
}
