using Shouwang.Kernel;

namespace Shouwang.Platform.Policy.Reading;

/// <summary>Reads the files of one pack. What a file is called does not matter; its top keys say what is in it.</summary>
internal sealed partial class PackReader(Findings findings, IReadOnlyDictionary<string, Citation> citations, Pack pack)
{
    /// <summary>The pack's own data, from the section <c>pack</c>.</summary>
    public static Pack? Header(IReadOnlyList<Section> files)
    {
        foreach (var file in files)
            if (file.Part("pack") is { } section)
            {
                var title = new PackTitle(section.Word("id"), section.Text("title"), section.Area("area"),
                    section.Date("from"), section.DateOrNull("to"));
                section.NothingElse();
                if (title.To < title.From)
                    section.Wrong("to", new("终止日期早于起始日期。", "The last day lies before the first."), new("请更正日期。", "Correct the dates."));
                return new() { Title = title, At = section.At };
            }
        if (files.Count > 0)
            files[0].Wrong("pack", new("这个目录没有“pack”一节。", "This folder has no section 'pack'."),
                new("请在 pack.yaml 中写明 id、title、area、from。", "Give id, title, area and from in pack.yaml."));
        return null;
    }

    /// <summary>The texts that the pack's values may refer to; read before everything else.</summary>
    public static void Citations(IReadOnlyList<Section> files, Pack pack)
    {
        foreach (var file in files)
            foreach (var item in file.Items("citations", "code"))
            {
                var code = item.Word("code");
                pack.Citations.Put(code, new(code, item.Word("grade"), item.TextHere(), item.WordOrNull("address")), item);
                item.NothingElse();
            }
    }

    /// <summary>Reads forms that stand alone: nothing but forms and their code lists.</summary>
    public void ReadForms(Section file)
    {
        Codes(file);
        Forms(file);
        file.NothingElse();
    }

    public void Read(Section file)
    {
        Lines(file);
        Terms(file);
        Clocks(file);
        Rules(file);
        Conditions(file);
        Sources(file);
        Codes(file);
        Feeds(file);
        Forms(file);
        Known(file);
        Ledger(file);
        Organisation(file);
        Indicators(file);
        Appraisal(file);
        Campaigns(file);
        file.NothingElse();
    }

    private void Lines(Section file)
    {
        foreach (var item in file.Items("lines", "from"))
        {
            var line = new LinePeriod(item.NumberOrNull("poverty"), item.NumberOrNull("monitoring"), item.Date("from"),
                item.DateOrNull("to"), Source(item).Text);
            item.NothingElse();
            if (line is { Poverty: null, Monitoring: null })
                item.Wrong("monitoring", new("没有给出任何一条线。", "Neither line is given."),
                    new("请写 poverty 或 monitoring（元/人·年）。", "Give poverty or monitoring, in yuan a head and year."));
            if (line.Poverty <= 0 || line.Monitoring <= 0 || line.Monitoring < line.Poverty)
                item.Wrong("monitoring", new("收入线必须为正，监测线不得低于扶贫标准。", "Lines are above zero, and the monitoring line is not below the poverty line."),
                    new("请按文件核对数额。", "Check the amounts against the document."));
            if (line.From < pack.Title.From || line.From > (pack.Title.To ?? DateOnly.MaxValue) || line.To < line.From
                || line.To > (pack.Title.To ?? DateOnly.MaxValue))
                item.Wrong("from", new("收入线的时段超出政策包的有效期，或起止颠倒。", "The line's period is not within the pack's, or ends before it begins."),
                    new("请更正 from、to。", "Correct from and to."));
            pack.Lines.Add(new(line, item.At, item.Path));
        }
    }

    /// <summary>The source of a value: codes of the citations, or a text of its own.</summary>
    private (Text Text, bool Assumed) Source(Section section) => SourceOrNull(section) ?? Absent(section);

    private static (Text, bool) Absent(Section section)
    {
        section.Wrong("source", new("没有写明来源。", "No source is given."),
            new("请写引用代码，如 source: U01；也可写 {zh: …, en: …}；没有文件依据的写 assumed。",
                "Give the code of a citation, such as source: U01, or a text {zh: …, en: …}; write assumed where no text sets the value."));
        return default;
    }

    private (Text Text, bool Assumed)? SourceOrNull(Section section)
    {
        if (!section.Has("source"))
            return null;
        var words = section.IsPart("source") ? [] : section.LocatedWords("source");
        if (words.Count == 0)
            return section.IsPart("source") ? (section.Text("source"), false) : null;
        var found = new List<Citation>();
        foreach (var word in words)
            if (citations.TryGetValue(word.Value, out var citation))
                found.Add(citation);
            else
                findings.Add(word.At, word.Path, new($"没有名为“{word.Value}”的引用。", $"There is no citation '{word.Value}'."),
                    new("请先在 citations 中登记，或直接写 {zh: …, en: …}。", "List it under citations, or give the text itself as {zh: …, en: …}."));
        return (new(string.Join("；", found.Select(c => c.Title.Zh)), string.Join("; ", found.Select(c => c.Title.En))),
            words.Any(w => w.Value == "assumed"));
    }

    private void Refer(Referred to, Section section, string key)
    {
        foreach (var word in section.LocatedWords(key))
            pack.References.Add(new(to, word.Value, word.At, word.Path));
    }

    private static Expression? When(Section section, string key) =>
        section.WordOrNull(key) is { } text ? new(text, section.TextOf(key), $"{section.Path}/{key}", section.IsFolded(key)) : null;
}
