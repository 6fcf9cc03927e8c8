namespace Shouwang.Platform.Policy.Reading;

// Indicators: what figures are worked out, from which households, and what has to be so of them.
internal sealed partial class PackReader
{
    private void Indicators(Section file)
    {
        foreach (var item in file.Items("indicators", "code"))
        {
            var code = item.Word("code");
            var draft = item.Flag("off") ? new IndicatorDraft(new(code, default, default, 0, default, default), null, null, true) : Indicator(item, code);
            pack.Indicators.Put(code, draft, item);
            item.NothingElse();
        }
    }

    private IndicatorDraft Indicator(Section item, string code)
    {
        var (of, per) = (Term(item.Part("of")), Term(item.Part("per")));
        var kind = item.Choice<IndicatorKind>("kind", IndicatorKind.Count);
        var (module, waits) = (item.WordOrNull("module"), item.TextOrNull("waits"));
        if (new[] { of is not null, module is not null, waits is not null }.Count(b => b) != 1)
            item.Wrong("of", new("要写 of、module、waits 之一：由农户算、由模块算，或还缺什么。", "Exactly one of of, module and waits is needed: counted from households, by a module, or what it still lacks."),
                new("例如 of: {when: registry.registered}。", "For example of: {when: registry.registered}."));
        if (of is not null && (per is not null) == (kind == IndicatorKind.Count))
            item.Wrong("per", new("计数不写分母 per；比例和比值要写。", "A count has no denominator; shares and ratios need one."), new("请改 kind，或增删 per。", "Change kind, or add or remove per."));
        Refer(Referred.Indicator, item, "at_most");
        Refer(Referred.Indicator, item, "base");
        Refer(Referred.Indicator, item, "same");
        Refer(Referred.Indicator, item, "parts");
        var definition = new IndicatorDefinition(code, item.Text("title"), item.Text("unit"), item.Whole("decimals", kind == IndicatorKind.Count ? 0 : 2),
            (waits is null ? item.Text("formula") : item.TextOrNull("formula")) ?? new("", ""), kind)
        {
            Group = item.Choice<IndicatorGroup>("group"), Period = item.Choice<IndicatorPeriod>("period", IndicatorPeriod.Stock), Version = item.Whole("version", 1), Nature = item.Choice<IndicatorNature>("nature", IndicatorNature.Scale),
            Of = of?.Term, Per = per?.Term, By = item.WordOrNull("by"), Module = module, WaitsFor = waits, Source = Source(item).Text, Pack = pack.Title.Id,
            Limits = new(item.Words("parts"), item.WordOrNull("at_most"), item.WordOrNull("base"), item.WordOrNull("same"), item.NumberOrNull("least"), item.NumberOrNull("most")),
        };
        return new(definition, of, per, false);
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
