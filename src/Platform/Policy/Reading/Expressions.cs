using System.Text.RegularExpressions;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;

namespace Shouwang.Platform.Policy.Reading;

/// <summary>Compiles every expression and looks at every placeholder of the packs.</summary>
/// <param name="features">Null when the modules' features are not known: then only the form is checked, not the names.</param>
internal sealed partial class Expressions(ISymbols? features, Findings findings)
{
    /// <summary>What a template may say without it being a name of the rule.</summary>
    private static readonly string[] Places = ["head", "village", "name", "n", "date", "year", "dept", "src"];

    /// <summary>The expressions of one pack, as they come out for its area on the layers' day.</summary>
    public void Check(Pack pack, Layers layers)
    {
        foreach (var (rule, parts) in layers.Rules())
            if (pack.Rules.Find(rule.Id) is not null)
                Rule(rule, parts);
        foreach (var suggestion in pack.Suggestions.All)
            foreach (var choice in suggestion.Entry.Value)
                Condition(choice.When, []);
        foreach (var guarantee in pack.Guarantees.All)
            Condition(guarantee.Entry.Value.When, []);
        foreach (var guard in pack.Elimination.All)
            Condition(guard.Entry.Value.When, []);
        foreach (var indicator in pack.Indicators.All.Select(i => i.Entry))
            Indicator(indicator, layers);
        foreach (var dimension in pack.Dimensions.All.Select(d => d.Entry))
            Dimension(dimension);
        foreach (var expression in pack.Campaigns.All.SelectMany(c => c.Entry.Value?.Expressions ?? []))
            Compiled(expression.Text, features is null ? null : PolicySymbols.For(features), expression.IsCondition ? RuleType.Bool : null);
        Forms(pack, layers);
    }

    private void Indicator(Located<IndicatorDraft> indicator, Layers layers)
    {
        foreach (var term in indicator.Value.Terms)
        {
            Condition(term.When, []);
            if (term.Sum is { } sum && Compiled(sum, features is null ? null : PolicySymbols.For(features), null) is { Type: not (RuleType.Int or RuleType.Decimal) } odd)
                findings.Add(sum.At, sum.Path, new($"“{odd}”不是数。", $"'{odd}' is no number."), new("请写一个数值特征，或由它们算出的数。", "Give a feature that is a number, or a calculation with such."));
        }
        var definition = indicator.Value.Definition;
        foreach (var (at, code) in definition.By.Index())
        {
            if (layers.Dimensions.FirstOrDefault(d => d.Code == code) is { } by && Unfit(definition, by, at) is { } why)
                findings.Add(indicator.At, $"{indicator.Path}/by", new($"不能按“{by.Title.Zh}”分：{why.Zh}。", $"It cannot be told apart by '{by.Title.En}': {why.En}."), new("请去掉这一分类，或改写指标。", "Leave the dimension out, or write the indicator otherwise."));
        }
        if (definition.Items.Count > 0 && definition.By.Count == 0)
            findings.Add(indicator.At, $"{indicator.Path}/by", new("由几项相加，却没有写按什么分类。", "It adds up several and does not say by which dimension they are told apart."), new("请写 by，第一个分类的值就是各项的编号。", "Give by; the values of its first dimension are the codes of the items."));
    }

    /// <summary>Why a figure cannot be told apart by a dimension; null where it can, and where modules tell it apart.</summary>
    private static Text? Unfit(IndicatorDefinition indicator, Dimension by, int at)
    {
        var terms = new[] { indicator.Of, indicator.Per }.OfType<IndicatorTerm>().ToList();
        return indicator switch
        {
            { Items.Count: > 0 } when at > 0 => new("由几项相加的指标只有一种分类", "what adds up several has one dimension"),
            { Items.Count: > 0 } when indicator.Items.FirstOrDefault(i => by.Own.All(o => o.Value != i.Value)) is { } odd => new($"它没有“{odd.Value}”这个值", $"it has no value '{odd.Value}'"),
            { Items.Count: > 0 } or { Of: null } => null,
            _ when by is { Of: null, Splits: null } => new("农户没有这一分类的特征", "no feature tells households apart by it"),
            _ when by.Splits is { } split && terms.Exists(t => t.Sum != split) => new($"它只分 {split} 之和", $"it shares out sums of {split} and nothing else"),
            _ => null,
        };
    }

    private void Dimension(Located<Dimension> dimension)
    {
        if (features is null)
            return;
        if (dimension.Value.Of is { } of && features.Find(of)?.Type != RuleType.Text)
            findings.Add(dimension.At, $"{dimension.Path}/of", new($"“{of}”不是文字特征。", $"'{of}' is no feature of texts."), Checks.Remedy(of, features.Names.Where(n => features.Find(n)?.Type == RuleType.Text)));
        foreach (var number in dimension.Value.Shares.Select(s => s.Feature).Append(dimension.Value.Splits).OfType<string>().Where(f => features.Find(f)?.Type is not (RuleType.Int or RuleType.Decimal)))
            findings.Add(dimension.At, $"{dimension.Path}/into", new($"“{number}”不是数值特征。", $"'{number}' is no feature that is a number."), Checks.Remedy(number, features.Names.Where(n => features.Find(n)?.Type is RuleType.Int or RuleType.Decimal)));
    }

    private void Forms(Pack pack, Layers layers)
    {
        if (pack.FormConditions.Count == 0)
            return;
        var (ofHousehold, ofMember, lists) = (Names(false), Names(true), ListsOf(layers));
        foreach (var condition in pack.FormConditions)
        {
            var compiled = Condition(condition.When, condition.PerMember ? ofMember : ofHousehold);
            Codes(condition.When, compiled, lists);
            // A limit that does not look at the answer could not be kept by answering otherwise.
            if (condition.Answer is { } answer && compiled?.Symbols.Any(s => s.Name == answer) == false)
                findings.Add(condition.When.At, condition.When.Path, new($"条件没有用到所填的“{answer}”。", $"The condition does not look at the answer, '{answer}'."),
                    new($"请在条件里写 {answer}；只决定是否显示的条件请写在 visible。", $"Use {answer} in it; what only says whether a question is shown belongs under visible."));
        }

        ISymbols? Names(bool perMember) => features is null ? null : FormSymbols.Of(layers.Feeds, layers.Sections, features, perMember);
    }

    /// <summary>The closed code lists of coded attributes and questions.</summary>
    private static Dictionary<string, CodeList> ListsOf(Layers layers)
    {
        var attributes = layers.Feeds.Where(f => f.Kind is "households" or "members")
            .SelectMany(f => f.Fields.Select(x => (Name: (f.Kind == "members" ? FormSymbols.Member : FormSymbols.Household) + x.Name, x.CodeList)));
        return attributes.Concat(layers.Sections.SelectMany(s => s.Fields).Where(f => !f.OfRegister).Select(f => (f.Name, f.CodeList))).Where(f => f.CodeList is not null)
            .Select(f => (f.Name, List: layers.CodeList(f.CodeList!))).Where(f => f.List is { Open: false }).DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => f.List!);
    }

    private void Codes(Expression expression, RuleExpression? compiled, Dictionary<string, CodeList> lists)
    {
        if (compiled is null)
            return;
        foreach (var (name, code) in CodesInConditions.In(compiled.Root))
            if (lists.TryGetValue(name, out var list) && list.Items.All(i => i.Code != code.Value.AsText))
                findings.Add(expression.IsFolded ? expression.At : expression.At with { Column = expression.At.Column + code.Place.Start }, expression.Path,
                    new($"代码表“{list.Title.Zh}”没有代码“{code.Value.AsText}”。", $"The code list '{list.Name}' has no code '{code.Value.AsText}'."),
                    new($"可用：{string.Join("、", list.Items.Select(i => $"{i.Code} {i.Title.Zh}"))}。", $"Use one of: {string.Join(", ", list.Items.Select(i => i.Code))}."));
    }

    private void Rule(RuleDefinition rule, RuleLayers parts)
    {
        Condition(parts.When, rule.Parameters.Values);
        foreach (var level in parts.Levels ?? [])
            Condition(level.When, rule.Parameters.Values);
        Template(rule, parts);
        Unused(rule, parts);
    }

    private void Condition(Expression? expression, IEnumerable<RuleParameter> parameters)
    {
        if (expression is not null)
            Condition(expression, features is null ? null : PolicySymbols.For(features, parameters));
    }

    /// <param name="names">Null where they are not known: then only the form is checked.</param>
    private RuleExpression? Condition(Expression expression, ISymbols? names) => Compiled(expression, names, RuleType.Bool);

    /// <param name="type">The type it has to have; null for any.</param>
    private RuleExpression? Compiled(Expression expression, ISymbols? names, RuleType? type)
    {
        var compiled = names is null ? null : RuleExpression.Compile(expression.Text, names, type);
        var errors = compiled?.Errors ?? RuleExpression.Parse(expression.Text).Errors;
        foreach (var error in errors)
            findings.Add(At(expression, error), expression.Path, error.What, error.Remedy);
        return compiled is { Succeeded: true } ? compiled.Expression : null;
    }

    // Of a text folded over several lines only the beginning is known.
    private static Spot At(Expression expression, RuleError error) => expression.IsFolded ? expression.At : error.Line == 1
        ? expression.At with { Column = expression.At.Column + error.Column - 1 }
        : expression.At with { Line = expression.At.Line + error.Line - 1, Column = error.Column };

    private void Template(RuleDefinition rule, RuleLayers parts)
    {
        if (rule.Template.Zh is null)
            return;
        HashSet<string> zh = [.. Names(rule.Template.Zh)], en = [.. Names(rule.Template.En)];
        if (!zh.SetEquals(en))
            findings.Add(parts.Nearest.At, $"{parts.Nearest.Path}/template",
                new($"中英文占位符不一致：{Difference(zh, en)}。", $"The two languages have different places: {Difference(zh, en)}."),
                new("请让两种语言使用相同的占位符。", "Use the same places in both languages."));
        foreach (var name in zh.Where(n => !Places.Contains(n) && !Known(n, rule)))
            findings.Add(parts.Nearest.At, $"{parts.Nearest.Path}/template",
                new($"占位符“{{{name}}}”没有对应的值。", $"Nothing fills the place '{{{name}}}'."),
                new($"可用：{string.Join("、", Places)}，以及指标名、line.…、param.…。", $"Use {string.Join(", ", Places)}, names of features, line.… or param.…."));
    }

    private bool Known(string name, RuleDefinition rule) => name.StartsWith("param.", StringComparison.Ordinal)
        ? rule.Parameters.ContainsKey(name["param.".Length..])
        : features is null ? name.Contains('.', StringComparison.Ordinal) : PolicySymbols.For(features).Find(name) is not null;

    private static string Difference(HashSet<string> a, HashSet<string> b) =>
        string.Join(", ", a.Except(b).Concat(b.Except(a)).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Names(string template) => Place().Matches(template).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Place();

    private void Unused(RuleDefinition rule, RuleLayers parts)
    {
        var texts = string.Join(' ', rule.Levels.Select(l => l.When).Append(rule.When));
        foreach (var parameter in parts.Parameters)
            if (!Regex.IsMatch(texts, $@"\bparam\.{Regex.Escape(parameter.Name)}\b"))
                findings.Add(parameter.At, $"{parts.Nearest.Path}/parameters/{parameter.Name}",
                    new($"规则没有用到参数“{parameter.Name}”。", $"The rule does not use the parameter '{parameter.Name}'."),
                    new($"可用的参数：{string.Join("、", Used(texts))}。", $"It uses: {string.Join(", ", Used(texts))}."));
    }

    private static IEnumerable<string> Used(string texts) =>
        ParameterName().Matches(texts).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\bparam\.(\w+)")]
    private static partial Regex ParameterName();
}
