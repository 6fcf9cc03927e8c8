using Shouwang.Kernel;

namespace Shouwang.Platform.Tables;

/// <summary>An .xlsx workbook (ECMA-376, transitional or strict), whoever wrote it.</summary>
internal sealed class XlsxFile : TableFile
{
    private readonly BoundedZip _zip;
    private SharedStrings? _strings;

    public XlsxFile(BoundedZip zip, string name, ReadLimits limits)
    {
        (_zip, Name, Limits) = (zip, name, limits);
        WorkbookPart = PackageParts.Related(zip, "", "/officeDocument").FirstOrDefault().Part ?? "xl/workbook.xml";
        var related = PackageParts.Related(zip, WorkbookPart).ToList();
        var parts = related.DistinctBy(r => r.Id).ToDictionary(r => r.Id);
        var sheets = new List<XlsxSheet>();
        using (var xml = new XmlScanner(zip.Open(WorkbookPart) ?? throw new DamagedTable("no workbook")))
        {
            while (xml.Read())
            {
                if (xml.IsStart("workbookPr"u8))
                    From1904 = xml.Attribute("date1904"u8) is "1" or "true";
                else if (xml.IsStart("sheet"u8) && parts.TryGetValue(xml.Attribute("id"u8) ?? "", out var part)
                    && part.Type.EndsWith("/worksheet", StringComparison.Ordinal) && zip.Has(part.Part))
                    sheets.Add(new(this, xml.Attribute("name"u8) ?? "", xml.Attribute("state"u8) is "hidden" or "veryHidden", part.Part));
                if (sheets.Count > limits.Sheets)
                    throw new DamagedTable("too many sheets");
            }
        }
        if (sheets.Count == 0)
            throw new TableRefusal(FileProblems.NoSheet(name));
        Sheets = sheets;
        StringsPart = PartOf(related, "/sharedStrings");
        StylesPart = PartOf(related, "/styles");
        DateStyles = XlsxStyles.Dates(StylesPart is null ? null : zip.Open(StylesPart), out var complete);
        CanBeMarked = complete;
    }

    public override string Name { get; }
    public override TableFormat Format => TableFormat.Xlsx;
    public override IReadOnlyList<TableSheet> Sheets { get; }

    internal BoundedZip Zip => _zip;
    internal ReadLimits Limits { get; }
    internal string WorkbookPart { get; }
    internal string? StylesPart { get; }
    internal bool From1904 { get; }

    /// <summary>
    /// Whether a copy can be marked part by part: there are styles, fills among them, and the vocabulary is the common one.
    /// </summary>
    internal bool CanBeMarked { get; }

    /// <summary>By style number: whether it shows a number as a day.</summary>
    internal bool[] DateStyles { get; }

    /// <summary>Loaded when the first cell asks for one: many files have none.</summary>
    internal SharedStrings Strings =>
        _strings ??= new SharedStrings(StringsPart is null ? null : _zip.Open(StringsPart), Name, Limits);

    private string? StringsPart { get; }

    private string? PartOf(List<PackageParts.Relation> related, string type) =>
        related.FirstOrDefault(r => r.Type.EndsWith(type, StringComparison.Ordinal)).Part is { } part && _zip.Has(part) ? part : null;

    protected override void Dispose(bool disposing) => _zip.Dispose();
}

/// <summary>A worksheet.</summary>
internal sealed class XlsxSheet(XlsxFile file, string name, bool hidden, string part) : TableSheet
{
    private Outcome<MergedRange[]>? _merged;

    public override string Name => name;
    public override bool Hidden => hidden;
    internal string Part => part;

    public override Outcome<MergedRange[]> MergedRanges => _merged ??= ReadMerged();

    public override RowReader Rows(MergeFill fill = MergeFill.None) => new XlsxRows(file, this, fill);

    internal Stream Open() => file.Zip.Open(part) ?? throw new DamagedTable("no sheet");

    private Outcome<MergedRange[]> ReadMerged()
    {
        try
        {
            using var content = Open();
            return MergeScan.Read(content, file.Limits.MergedRanges) is { } ranges
                ? ranges
                : FileProblems.TooManyMerges(file.Name);
        }
        catch (Exception e) when (BadInput.Covers(e))
        {
            return BadInput.Explain(e, file.Name);
        }
    }
}

/// <summary>Which part of a package points to which.</summary>
internal static class PackageParts
{
    public readonly record struct Relation(string Id, string Type, string Part);

    /// <param name="source">The part that points; empty for the package itself.</param>
    /// <param name="type">How the wanted types end; empty for all.</param>
    public static IEnumerable<Relation> Related(BoundedZip zip, string source, string type = "")
    {
        if (zip.Open(RelationsOf(source)) is not { } content)
            yield break;
        using var xml = new XmlScanner(content);
        while (xml.Read())
        {
            if (!xml.IsStart("Relationship"u8) || xml.Attribute("TargetMode"u8) == "External")
                continue;
            var relation = new Relation(xml.Attribute("Id"u8) ?? "", xml.Attribute("Type"u8) ?? "",
                Resolve(source, xml.Attribute("Target"u8) ?? ""));
            if (relation.Type.EndsWith(type, StringComparison.Ordinal))
                yield return relation;
        }
    }

    /// <summary>The part that holds the relations of another: <c>xl/_rels/workbook.xml.rels</c>.</summary>
    public static string RelationsOf(string part)
    {
        var slash = part.LastIndexOf('/') + 1;
        return $"{part[..slash]}_rels/{part[slash..]}.rels";
    }

    private static string Resolve(string source, string target)
    {
        target = target.Replace('\\', '/');
        var steps = new List<string>(target.StartsWith('/') ? [] : source.Split('/')[..^1]);
        foreach (var step in target.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == ".." && steps.Count > 0)
                steps.RemoveAt(steps.Count - 1);
            else if (step is not (".." or "."))
                steps.Add(step);
        }
        return string.Join('/', steps);
    }
}
