namespace Shouwang.Platform.Policy.Reading;

// Indicators: what figures are worked out, from which households, how they are told apart, and what has to be so of them.
internal sealed partial class PackReader
{
    private void Indicators(Section file)
    {
        foreach (var item in file.Items("dimensions", "code"))
            Put(pack.Dimensions, item, code => Dimension(item, code));
        foreach (var item in file.Items("indicators", "code"))
        {
            var code = item.Word("code");
            var draft = item.Flag("off") ? new IndicatorDraft(new(code, default, default, 0, default, default), [], true) : Indicator(item, code);
            pack.Indicators.Put(code, draft, item);
            item.NothingElse();
        }
    }

    private IndicatorDraft Indicator(Section item, string code)
    {
        var (of, per) = (Term(item.Part("of")), Term(item.Part("per")));
        var items = item.Items("items", "code").Select(Summand).ToList();
        var kind = item.Choice<IndicatorKind>("kind", IndicatorKind.Count);
        var (module, waits) = (item.WordOrNull("module"), item.TextOrNull("waits"));
        if (new[] { of is not null, items.Count > 0, module is not null, waits is not null }.Count(b => b) != 1)
            item.Wrong("of", new("要写 of、items、module、waits 之一：由农户算、几项相加、由模块算，或还缺什么。", "Exactly one of of, items, module and waits is needed: counted from households, added up from several, by a module, or what it still lacks."),
                new("例如 of: {when: registry.registered}。", "For example of: {when: registry.registered}."));
        if (of is not null && (per is not null) == (kind == IndicatorKind.Count))
            item.Wrong("per", new("计数不写分母 per；比例和比值要写。", "A count has no denominator; shares and ratios need one."), new("请改 kind，或增删 per。", "Change kind, or add or remove per."));
        if (items.Exists(i => (i.Per is null) != (kind == IndicatorKind.Count)))
            item.Wrong("items", new("计数的各项不写分母 per；比例和比值的各项都要写。", "Items of a count have no denominator; those of shares and ratios all need one."), new("请改 kind，或增删 per。", "Change kind, or add or remove per."));
        Refer(Referred.Dimension, item, "by");
        Refer(Referred.Indicator, item, "at_most");
        Refer(Referred.Indicator, item, "base");
        Refer(Referred.Indicator, item, "same");
        Refer(Referred.Indicator, item, "parts");
        var definition = new IndicatorDefinition(code, item.Text("title"), item.Text("unit"), item.Whole("decimals", kind == IndicatorKind.Count ? 0 : 2),
            (waits is null ? item.Text("formula") : item.TextOrNull("formula")) ?? new("", ""), kind)
        {
            Group = item.Choice<IndicatorGroup>("group"), Period = item.Choice<IndicatorPeriod>("period", IndicatorPeriod.Stock), Version = item.Whole("version", 1), Nature = item.Choice<IndicatorNature>("nature", IndicatorNature.Scale),
            Of = of?.Term, Per = per?.Term, Items = [.. items.Select(i => new IndicatorItem(i.Value, i.Of.Term, i.Per?.Term))], By = item.Words("by"), OfWhole = item.Flag("of_whole"), Module = module, WaitsFor = waits, Source = Source(item).Text, Pack = pack.Title.Id,
            Limits = new(item.Words("parts"), item.WordOrNull("at_most"), item.WordOrNull("base"), item.WordOrNull("same"), item.NumberOrNull("least"), item.NumberOrNull("most")),
        };
        return new(definition, [.. items.SelectMany(i => new[] { i.Of, i.Per }).Append(of).Append(per).OfType<IndicatorTermDraft>()], false);
    }

    private static (string Value, IndicatorTermDraft Of, IndicatorTermDraft? Per) Summand(Section item)
    {
        var read = (item.Word("code"), Term(item.Part("of")) ?? new(new(null, null), null, null), Term(item.Part("per")));
        item.NothingElse();
        return read;
    }

    private Dimension Dimension(Section item, string code)
    {
        Refer(Referred.CodeList, item, "codes");
        var own = item.Items("values", "code").Select(v =>
        {
            var value = (v.Word("code"), v.TextHere());
            v.NothingElse();
            return value;
        }).ToList();
        var shares = item.Items("into", "code").Select(s =>
        {
            var share = new DimensionShare(s.Word("code"), s.Word("of"));
            s.NothingElse();
            return share;
        }).ToList();
        var dimension = new Dimension(code, item.TextHere(), item.Choice<DimensionNames>("names", DimensionNames.None), item.WordOrNull("of"), item.WordOrNull("splits"), shares)
        {
            Codes = item.WordOrNull("codes"), Own = own,
        };
        if (code.Contains('=', StringComparison.Ordinal) || code.Contains('/', StringComparison.Ordinal))
            item.Wrong("code", new("编号里不能有 = 和 /。", "Its code has neither = nor /."), new("请只用字母。", "Use letters only."));
        if ((dimension.Splits is null) != (shares.Count == 0) || dimension is { Of: not null, Splits: not null })
            item.Wrong("into", new("写 of（按一个特征分），或 splits 与 into（把一个数分给几个值），二者取一；由模块分的都不写。", "Give of, a feature to tell households apart by; or splits with into, a number shared out among values; neither where a module tells apart."),
                new("例如 splits: registry.size，into 的各项写 of: people.female 等。", "For example splits: registry.size, with entries of into such as of: people.female."));
        if (new[] { own.Count > 0, dimension.Codes is not null, dimension.Names != DimensionNames.None }.Count(b => b) > 1)
            item.Wrong("names", new("名称只能出自一处。", "Names come from one place."), new("请在 names、codes、values 中留一个。", "Keep one of names, codes and values."));
        return dimension;
    }

    private static IndicatorTermDraft? Term(Section? section)
    {
        if (section is null)
            return null;
        var (when, sum) = (When(section, "when"), When(section, "sum"));
        section.NothingElse();
        return new(new(when?.Text, sum?.Text), when, sum);
    }
}
