namespace Shouwang.Platform.Policy.Reading;

// Bulletins, and the sets of indicators by which units are ranked and appraised.
internal sealed partial class PackReader
{
    private void Appraisal(Section file)
    {
        foreach (var item in file.Items("indicator_sets", "code"))
            Put(pack.AppraisalSets, item, code => Unless(item, () => Set(item, code)));
        foreach (var item in file.Items("bulletins", "code"))
            Put(pack.Bulletins, item, code => Unless(item, () => Bulletin(item, code)));
    }

    private AppraisalSet Set(Section item, string code)
    {
        var (source, assumed) = Source(item);
        var items = item.Items("items", "indicator").Select(Item).ToList();
        var set = new AppraisalSet(code, item.Text("title"), item.Choice<SetUse>("use"), item.Choice<UnitKind>("units"), item.Whole("least"), item.NumberOrNull("spread") ?? 1,
            item.Whole("reply_days", 0), items, source, assumed);
        if (items.Sum(i => i.Weight) != 100 || items.Exists(i => i.Weight <= 0))
            item.Wrong("items", new($"权重合计为 {items.Sum(i => i.Weight)}，应为100，且每项大于0。", $"The weights add up to {items.Sum(i => i.Weight)}; they have to come to 100, each above 0."),
                new("请调整各项 weight。", "Change the weights."));
        if (set.Least < 1 || set.Spread < 1 || set.ReplyDays is < 0 or > 60)
            item.Wrong("least", new("least 至少为1，spread 不小于1，reply_days 在0至60之间。", "least is 1 or more, spread not below 1, reply_days from 0 to 60."), new("请更正。", "Correct it."));
        return set;
    }

    private SetItem Item(Section item)
    {
        Refer(Referred.Indicator, item, "indicator");
        Refer(Referred.Indicator, item, "per");
        var found = new SetItem(item.Word("indicator"), item.WordOrNull("per"), item.Whole("weight"), item.NumberOrNull("target") ?? -1, item.NumberOrNull("nought") ?? -1,
            item.Flag("monthly"), item.Text("reason"));
        var up = item.Choice<Direction>("direction") == Direction.Up;
        if (found.Target is < 0 or > 100 || found.Nought is < 0 or > 100 || found.Target == found.Nought || found.HigherIsBetter != up)
            item.Wrong("target", new("target 和 nought 应在0至100之间：越高越好时目标高于零分线，越低越好时低于零分线。",
                    "target and nought lie from 0 to 100: the target above nought where more is better, below it where less is."),
                new("例如 direction: up, target: 95, nought: 60。", "For example direction: up, target: 95, nought: 60."));
        item.NothingElse();
        // A stand-in that divides by nothing, so that everything else can still be checked.
        return found.Target == found.Nought ? found with { Target = 100, Nought = 0 } : found;
    }

    private enum Direction { Up, Down }

    private BulletinTemplate Bulletin(Section item, string code) =>
        new(code, item.Text("title"), item.Text("to"), [.. item.Items("sections", "title").Select(PartsOf)], Source(item).Text);

    private BulletinSection PartsOf(Section section)
    {
        var found = new BulletinSection(section.Text("title"), [.. section.Items("parts", "title").Select(PartOf)]);
        section.NothingElse();
        return found;
    }

    private BulletinPart PartOf(Section part)
    {
        Refer(Referred.Indicator, part, "table");
        var found = new BulletinPart(part.TextOrNull("title"), [.. part.Items("sentences", "id").Select(Sentence)], part.Words("table"), part.Has("late") ? part.Choice<LateKind>("late") : null);
        if (new[] { found.Sentences.Count > 0, found.Table.Count > 0, found.Late is not null }.Count(b => b) != 1)
            part.Wrong("sentences", new("每一部分要写 sentences、table、late 之一。", "A part has exactly one of sentences, table and late."), new("请分成几部分。", "Make several parts of it."));
        part.NothingElse();
        return found;
    }

    private BulletinSentence Sentence(Section sentence)
    {
        var (says, when) = (sentence.TextHere(), sentence.WordOrNull("when"));
        var (zh, en) = (BulletinPlace.In(says.Zh).ToList(), BulletinPlace.In(says.En).ToList());
        if (!zh.Select(p => p.Text).Order(StringComparer.Ordinal).SequenceEqual(en.Select(p => p.Text).Order(StringComparer.Ordinal)))
            sentence.Wrong("en", new("中英文里的数字位置不一致。", "The two languages have other places for figures."), new("请让两种文字引用同样的数字。", "Let both refer to the same figures."));
        foreach (var place in zh.Concat(en).DistinctBy(p => p.Text))
        {
            if (!place.IsKnown)
                sentence.Wrong("zh", new($"不认识的位置 {place.Text}。", $"The place {place.Text} is not known."),
                    new("可用：{编号}，后加 :parts、:month、:year、:most、:least；{day}、{month}、{county}。", "Known: {CODE}, with :parts, :month, :year, :most or :least; {day}, {month}, {county}."));
            else if (place.Code is { } code)
                pack.References.Add(new(Referred.Indicator, code.Split('/')[0], sentence.At, sentence.Path));
        }
        var condition = when is null ? null : BulletinCondition.Parse(when);
        if (when is not null && condition is null)
            sentence.Wrong("when", new($"“{when}”不是条件。", $"'{when}' is no condition."), new("例如 M12o > 0 && M01h:month < 0。", "For example M12o > 0 && M01h:month < 0."));
        foreach (var clause in condition?.Clauses ?? [])
            pack.References.Add(new(Referred.Indicator, clause.Code, sentence.At, $"{sentence.Path}/when"));
        sentence.NothingElse();
        return new(says, condition);
    }
}
