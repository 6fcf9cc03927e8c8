using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using YamlDotNet.RepresentationModel;

namespace Shouwang.Platform.Policy.Reading;

/// <summary>
/// A mapping of a file that is being read. Every getter notes what is wrong and returns a stand-in, so that one reading
/// finds everything; a book is made only when nothing was wrong.
/// </summary>
internal sealed class Section(Findings findings, string file, YamlMappingNode node, string path)
{
    private readonly HashSet<string> _read = [];

    public Findings Findings => findings;
    public string Path => path;
    public Spot At => Where(node);

    private Spot Where(YamlNode at) => new(file, (int)at.Start.Line, (int)at.Start.Column);

    public IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value ?? "");

    public bool Has(string key) => Find(key) is not null;

    /// <summary>The key holds a mapping.</summary>
    public bool IsPart(string key) => Find(key) is YamlMappingNode;

    private YamlNode? Find(string key)
    {
        _read.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value)
            && value is not YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: null or "" or "~" or "null" }
            ? value : null;
    }

    private string Below(string key) => path.Length == 0 ? key : $"{path}/{key}";

    public void Wrong(string key, Text what, Text remedy)
    {
        var keyNode = node.Children.Keys.FirstOrDefault(k => k is YamlScalarNode s && s.Value == key);
        findings.Add(Where(keyNode ?? node), Below(key), what, remedy);
    }

    private void WrongValue(string key, YamlNode value, Text what, Text remedy) => findings.Add(Where(value), Below(key), what, remedy);

    private T Missing<T>(string key, T standIn)
    {
        findings.Add(At, Below(key), new($"缺少“{key}”。", $"'{key}' is missing."), new($"请补上“{key}”。", $"Add '{key}'."));
        return standIn;
    }

    private string? Scalar(string key)
    {
        switch (Find(key))
        {
            case null: return null;
            case YamlScalarNode scalar: return scalar.Value?.Trim() ?? "";
            case var other:
                WrongValue(key, other, new($"“{key}”应是单个值。", $"'{key}' has to be a single value."),
                    new("不要写成列表或映射。", "Do not write a list or a mapping here."));
                return null;
        }
    }

    public string Word(string key) =>
        Scalar(key) is { Length: > 0 } word ? word : Find(key) is null or YamlScalarNode ? Missing(key, "") : "";

    public string? WordOrNull(string key) => Scalar(key) is { Length: > 0 } word ? word : null;

    public bool Flag(string key, bool standard = false)
    {
        var word = Scalar(key);
        if (word is null or "true" or "false")
            return word is null ? standard : word == "true";
        WrongValue(key, Find(key)!, new($"“{word}”不是 true 或 false。", $"'{word}' is neither true nor false."),
            new("请写 true 或 false。", "Write true or false."));
        return standard;
    }

    public int Whole(string key, int? standard = null) => (int)(Number(key, standard, wholeOnly: true) ?? 0);

    public decimal? NumberOrNull(string key) => Has(key) ? Number(key, null, wholeOnly: false) : null;

    private decimal? Number(string key, decimal? standard, bool wholeOnly)
    {
        var word = Scalar(key);
        if (word is null)
            return standard ?? (Find(key) is null ? Missing<decimal?>(key, null) : null);
        if (decimal.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && (!wholeOnly || (number == decimal.Truncate(number) && Math.Abs(number) <= int.MaxValue)))
            return number;
        WrongValue(key, Find(key)!,
            wholeOnly ? new($"“{word}”不是整数。", $"'{word}' is not a whole number.") : new($"“{word}”不是数。", $"'{word}' is not a number."),
            new("请写成 6000 或 0.4 的样子，不带单位和千分位。", "Write it like 6000 or 0.4, without unit or thousands separator."));
        return null;
    }

    public DateOnly Date(string key) => Has(key) ? DateOrNull(key) ?? default : Missing(key, default(DateOnly));

    public DateOnly? DateOrNull(string key)
    {
        var word = Scalar(key);
        if (word is null || DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return word is null ? null : DateOnly.ParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        WrongValue(key, Find(key)!, new($"“{word}”不是日期。", $"'{word}' is not a date."),
            new("请写成 2020-06-30 的样子。", "Write it like 2020-06-30."));
        return null;
    }

    public AreaCode Area(string key)
    {
        if (Scalar(key) is not { } word)
            return Missing<AreaCode>(key, default);
        if (word is "nation" or "全国")
            return default;
        if (word.Length > 0 && AreaCode.TryParse(word, out var area))
            return area;
        WrongValue(key, Find(key)!, new($"“{word}”不是行政区划代码。", $"'{word}' is not an area code."),
            new("请写 nation（全国）或 2、4、6、9、12 位代码。", "Write nation, or a code of 2, 4, 6, 9 or 12 digits."));
        return default;
    }

    /// <param name="standard">Taken when the key is absent; without it the key has to be there.</param>
    public T Choice<T>(string key, T? standard = null) where T : struct, Enum
    {
        var word = Scalar(key);
        if (word is null && standard is { } value)
            return value;
        if (word is null)
            return Find(key) is null ? Missing(key, default(T)) : default;
        foreach (var choice in Enum.GetValues<T>())
            if (SnakeCase(choice.ToString()) == word)
                return choice;
        var known = string.Join(", ", Enum.GetNames<T>().Select(SnakeCase));
        WrongValue(key, Find(key)!, new($"不认识“{word}”。", $"'{word}' is not known here."),
            new($"可用：{known}。", $"Use one of: {known}."));
        return default;
    }

    /// <summary>A unit of the rule language under its own name, such as <c>YuanPerHead</c>.</summary>
    public Unit? Unit(string key)
    {
        if (Scalar(key) is not { } word)
            return null;
        if (Enum.TryParse<Unit>(word, out var unit) && Enum.IsDefined(unit) && !char.IsDigit(word[0]))
            return unit;
        var known = string.Join(", ", Enum.GetNames<Unit>());
        WrongValue(key, Find(key)!, new($"不认识单位“{word}”。", $"'{word}' is no unit."), new($"可用：{known}。", $"Use one of: {known}."));
        return null;
    }

    /// <summary>A name of the code as files write it.</summary>
    internal static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    /// <summary>The text in both languages under <paramref name="key"/>.</summary>
    public Text Text(string key)
    {
        if (Part(key) is not { } part)
            return Has(key) ? default : Missing<Text>(key, default);
        var text = part.TextHere();
        part.NothingElse();
        return text;
    }

    public Text? TextOrNull(string key) => Has(key) ? Text(key) : null;

    /// <summary>The text whose languages are the keys of this very section.</summary>
    public Text TextHere() => new(Word("zh"), Word("en"));

    public Section? Part(string key)
    {
        switch (Find(key))
        {
            case null: return null;
            case YamlMappingNode map: return new(findings, file, map, Below(key));
            case var other:
                WrongValue(key, other, new($"“{key}”应是“键: 值”。", $"'{key}' has to hold 'key: value' pairs."),
                    new("文字请写成 {zh: …, en: …}。", "Write texts as {zh: …, en: …}."));
                return null;
        }
    }

    /// <summary>The mappings of a list; each is named in problems by its <paramref name="name"/> key.</summary>
    public IEnumerable<Section> Items(string key, string name)
    {
        if (Sequence(key) is not { } list)
            yield break;
        for (var i = 0; i < list.Children.Count; i++)
            if (list.Children[i] is YamlMappingNode map)
            {
                var label = map.Children.TryGetValue(new YamlScalarNode(name), out var id) && id is YamlScalarNode { Value: { } word }
                    ? word : $"{i + 1}";
                yield return new(findings, file, map, $"{Below(key)}/{label}");
            }
            else
                WrongValue(key, list.Children[i], new("列表的每一项应是“键: 值”。", "Every entry of this list has to hold 'key: value' pairs."),
                    new($"请写成 - {name}: … 。", $"Write '- {name}: …'."));
    }

    /// <summary>The mappings under each key of the mapping at <paramref name="key"/>.</summary>
    public IEnumerable<(string Name, Section Section)> Parts(string key)
    {
        if (Part(key) is not { } part)
            yield break;
        foreach (var name in part.Keys.ToList())
            if (part.Part(name) is { } inner)
                yield return (name, inner);
    }

    public IReadOnlyList<string> Words(string key) => LocatedWords(key).Select(w => w.Value).ToList();

    public IReadOnlyList<Located<string>> LocatedWords(string key)
    {
        if (Find(key) is YamlScalarNode { Value: { Length: > 0 } single } scalar)
            return [new(single, Where(scalar), Below(key))];
        if (Sequence(key) is not { } list)
            return [];
        var words = new List<Located<string>>();
        foreach (var item in list.Children)
            if (item is YamlScalarNode { Value: { Length: > 0 } word })
                words.Add(new(word.Trim(), Where(item), Below(key)));
            else
                WrongValue(key, item, new("列表的每一项应是一个词。", "Every entry of this list has to be a word."),
                    new("含逗号、括号的词请加引号。", "Put words with commas or brackets in quotes."));
        return words;
    }

    /// <summary>A list whose entries are words or lists of words.</summary>
    public IReadOnlyList<IReadOnlyList<string>> WordLists(string key)
    {
        if (Sequence(key) is not { } list)
            return [];
        var found = new List<IReadOnlyList<string>>();
        foreach (var entry in list.Children)
        {
            var words = entry is YamlSequenceNode several ? several.Children : [entry];
            if (words.All(w => w is YamlScalarNode { Value.Length: > 0 }))
                found.Add([.. words.Select(w => ((YamlScalarNode)w).Value!.Trim())]);
            else
                WrongValue(key, entry, new("列表的每一项应是一个词或几个词。", "Every entry of this list has to be a word or a list of words."), new("请写成 [[甲, 乙], [丙]]。", "Write [[a, b], [c]]."));
        }
        return found;
    }

    private YamlSequenceNode? Sequence(string key)
    {
        switch (Find(key))
        {
            case null: return null;
            case YamlSequenceNode list: return list;
            case var other:
                WrongValue(key, other, new($"“{key}”应是列表。", $"'{key}' has to be a list."),
                    new("请写成 [甲, 乙]，或每行以 - 开头。", "Write [a, b], or one entry a line, each after a dash."));
                return null;
        }
    }

    /// <summary>The place of a key's value, for problems found later.</summary>
    public Spot Of(string key) => Find(key) is { } value ? Where(value) : At;

    /// <summary>The place at which the text of a scalar begins, so that a position inside an expression can be added.</summary>
    public Spot TextOf(string key) => Find(key) is YamlScalarNode scalar
        ? Where(scalar) with { Column = (int)scalar.Start.Column + (scalar.Style is YamlDotNet.Core.ScalarStyle.Plain || IsFolded(key) ? 0 : 1) }
        : Of(key);

    /// <summary>The scalar is written over several lines, after a <c>&gt;</c> or <c>|</c>.</summary>
    public bool IsFolded(string key) =>
        Find(key) is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Folded or YamlDotNet.Core.ScalarStyle.Literal };

    /// <summary>The plain value of any kind, for parameters.</summary>
    public RuleValue Value(string key)
    {
        if (Find(key) is not YamlScalarNode scalar)
            return Missing(key, RuleValue.Unknown);
        var word = scalar.Value ?? "";
        if (scalar.Style != YamlDotNet.Core.ScalarStyle.Plain)
            return RuleValue.Text(word);
        return word switch
        {
            "true" => RuleValue.Bool(true),
            "false" => RuleValue.Bool(false),
            _ when long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => RuleValue.Int(whole),
            _ when decimal.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var number) && Numbers.Held(number) == number => RuleValue.Decimal(number),
            _ when DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => RuleValue.Date(date),
            _ => RuleValue.Text(word),
        };
    }

    /// <summary>Notes every key that nothing asked for. Called when a section has been read.</summary>
    public void NothingElse()
    {
        foreach (var key in node.Children.Keys)
            if (key is not YamlScalarNode { Value: { } name } || !_read.Contains(name))
            {
                var known = string.Join(", ", _read.Order(StringComparer.Ordinal));
                findings.Add(Where(key), Below($"{key}"), new($"不认识的键“{key}”。", $"The key '{key}' is not known here."),
                    new($"可用的键：{known}。", $"Known keys: {known}."));
            }
    }
}
