using System.Text;

namespace Shouwang.Platform.Tables;

/// <summary>Adds notes to the comments a sheet has. Comments of an earlier copy of ours are replaced, others kept.</summary>
internal static class CommentMarks
{
    private const string Settled = "（已无问题）\n(no problem any more)";

    /// <param name="had">Takes the noted cells that already have a comment.</param>
    public static void Merge(PackageWriter package, string part, Stream from,
        Dictionary<(int Row, int Column), CellMarks.Mark> marks, HashSet<(int Row, int Column)> had)
    {
        using var stream = package.Start(part);
        using var to = new XmlOut(stream);
        using var xml = new XmlScanner(from);
        var (prefix, authors, mine) = ("", 0, -1);
        var author = new StringBuilder();
        while (xml.Read())
        {
            if (xml.IsStart("comments"u8))
            {
                prefix = xml.Prefix;
            }
            else if (xml.IsStart("author"u8))
            {
                author.Clear();
                authors += 1;
            }
            else if (xml.Kind == XmlToken.Text && authors > 0 && mine < 0)
            {
                author.Append(XmlText.Decode(xml.Text));
            }
            else if (xml.IsEnd("author"u8) && author.ToString() == CommentParts.Author)
            {
                mine = authors - 1;
            }
            else if (xml.IsEnd("authors"u8) || (xml.IsStart("authors"u8) && xml.IsEmpty))
            {
                var adds = mine < 0 ? $"<{prefix}author>{CommentParts.Author}</{prefix}author>" : "";
                mine = mine < 0 ? authors : mine;
                to.Raw(xml.IsEmpty ? $"<{prefix}authors>" : "").Raw(adds).Raw($"</{prefix}authors>");
                continue;
            }
            else if (xml.IsStart("comment"u8))
            {
                Comment(xml, to, prefix, mine, marks, had);
                continue;
            }
            else if (xml.IsEnd("commentList"u8) || (xml.IsStart("commentList"u8) && xml.IsEmpty))
            {
                to.Raw(xml.IsEmpty ? $"<{prefix}commentList>" : "");
                foreach (var (cell, mark) in marks)
                {
                    if (!had.Contains(cell))
                        CommentParts.Comment(to, prefix, mark, Math.Max(0, mine));
                }
                to.Raw($"</{prefix}commentList>");
                continue;
            }
            to.Raw(xml.Raw);
        }
    }

    private static void Comment(XmlScanner xml, XmlOut to, string prefix, int mine,
        Dictionary<(int Row, int Column), CellMarks.Mark> marks, HashSet<(int Row, int Column)> had)
    {
        to.Raw(xml.Raw);
        var isMine = xml.Attribute("authorId"u8) is { } id && id == mine.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var hasPlace = MergeScan.TryCell(Encoding.ASCII.GetBytes(xml.Attribute("ref"u8) ?? ""), out var row, out var column);
        CellMarks.Mark? mark = hasPlace && marks.TryGetValue((row, column), out var found) ? found : null;
        if (mark is not null)
            had.Add((row, column));
        if (xml.IsEmpty)
            return;
        var outside = xml.Depth - 1;
        while (xml.Depth > outside && xml.Read())
        {
            if (xml.IsStart("text"u8) && isMine)
            {
                xml.Skip();
                to.Raw($"<{prefix}text>");
                CommentParts.Run(to, prefix, mark?.Comment ?? Settled);
                to.Raw($"</{prefix}text>");
                continue;
            }
            if (xml.IsEnd("text"u8) && mark is { } added && !isMine)
                CommentParts.Run(to, prefix, "\n" + added.Comment);
            to.Raw(xml.Raw);
        }
    }
}
