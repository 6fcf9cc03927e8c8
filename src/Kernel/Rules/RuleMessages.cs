namespace Shouwang.Kernel.Rules;

/// <summary>What the reader and the checker say: the fault, and what to write instead.</summary>
internal static class RuleMessages
{
    public static readonly (Text, Text) Empty =
        (new("规则是空的。", "The rule is empty."),
         new("请写一个条件，例如 income.net_per_capita < line.monitoring。",
             "Write a condition, such as income.net_per_capita < line.monitoring."));

    public static readonly (Text, Text) TooLong =
        (new($"规则超过{RuleExpression.MaxLength}个字符。", $"The rule is longer than {RuleExpression.MaxLength} characters."),
         new("请拆成几条规则。", "Split it into several rules."));

    public static readonly (Text, Text) TooDeep =
        (new($"嵌套超过{RuleExpression.MaxDepth}层。", $"The rule is nested deeper than {RuleExpression.MaxDepth} levels."),
         new("请减少括号层数，或拆成几条规则。", "Use fewer brackets inside brackets, or split it into several rules."));

    public static (Text, Text) WrittenOutTooLong(int most) =>
        (new($"all 或 exists 展开后超过{most}项。", $"Written out, all and exists come to more than {most} pieces."),
         new("请缩短列表，或拆成几条规则。", "Use shorter lists, or split it into several rules."));

    public static readonly (Text, Text) NumberTooLong =
        (new("这个数无法精确表示。", "This number cannot be held exactly."),
         new("整数不超过19位；带小数点的数，小数点前不超过12位，小数点后不超过16位。",
             "Whole numbers have up to 19 digits; numbers with a point up to 12 before it and 16 after it."));

    public static (Text, Text) NumberFollowed(char c) =>
        (new($"数字后面不能紧跟“{c}”。", $"A number cannot be followed by '{c}'."),
         new("请在中间加空格或运算符；单位不写在数字后面。", "Put a space or an operator between them; units are not written after numbers."));

    public static readonly (Text, Text) Escape =
        (new("文本中的反斜杠用法不对。", "A backslash is used wrongly in a text."),
         new("反斜杠本身写作 \\\\，引号写作 \\\"。", "Write \\\\ for a backslash itself, \\\" for a quotation mark."));

    public static readonly (Text, Text) BrokenCharacter =
        (new("文本中有损坏的字符。", "The text holds a broken character."), new("请重新输入这个字符。", "Type the character again."));

    public static (Text, Text) NotClosed(char quote) =>
        (new("文本没有结束。", "The text is not closed."),
         new($"请在同一行内用 {quote} 结束。", $"Close it with {quote} on the same line."));

    public static (Text, Text) Character(char c)
    {
        var instead = c switch
        {
            '（' => "(", '）' => ")", '，' => ",", '。' or '．' => ".", '＜' => "<", '＞' => ">", '！' => "!", '＝' or '=' => "==",
            '“' or '”' or '＂' or '「' or '」' => "\"", '‘' or '’' => "'", '＋' => "+", '－' or '—' or '−' => "-",
            '×' or '＊' => "*", '÷' or '／' => "/", '？' => "?", '：' => ":", '≤' or '≦' => "<=", '≥' or '≧' => ">=", '≠' => "!=",
            '&' or '＆' => "&&", '|' or '｜' => "||", '％' => "%", '【' or '［' => "[", '】' or '］' => "]", '、' => ",", _ => null,
        };
        var shown = char.IsControl(c) || char.IsSurrogate(c) ? $"U+{(int)c:X4}" : c.ToString();
        return (new($"规则里不能有“{shown}”。", $"'{shown}' does not belong in a rule."), instead is null
            ? new("请删去；文本要放在引号里。", "Remove it; texts stand in quotation marks.")
            : new($"请改为半角 {instead}。", $"Write {instead} instead."));
    }

    public static (Text, Text) Unexpected(string found, Text expected) =>
        (found.Length == 0
            ? new("规则没有写完。", "The rule ends too early.")
            : new($"这里不应该是“{found}”。", $"'{found}' does not belong here."),
         found.ToUpperInvariant() switch
         {
             "AND" => new("“并且”写作 &&。", "Write && for 'and'."),
             "OR" => new("“或者”写作 ||。", "Write || for 'or'."),
             "NOT" => new("“不”写作 !。", "Write ! for 'not'."),
             _ => new($"这里需要{expected.Zh}。", $"Here belongs {expected.En}."),
         });

    public static (Text, Text) NotSupported(Text what, Text instead) =>
        (new($"规则语言不支持{what.Zh}。", $"The rule language has no {what.En}."), instead);

    public static readonly (Text, Text) Date =
        (new("date() 里不是一个日期。", "There is no date in date()."),
         new("请写成 date(\"2020-06-30\")，四位年、两位月、两位日。", "Write it like date(\"2020-06-30\"): year, month, day."));

    public static readonly (Text, Text) HasName =
        (new("has() 里要写一个名称。", "has() asks about a name."),
         new("例如 has(income.net_per_capita)。", "For instance has(income.net_per_capita)."));

    public static (Text, Text) UnknownName(string name, string? nearest) =>
        (new($"没有名为“{name}”的指标或参数。", $"There is no feature or parameter called '{name}'."), Did(nearest, new(
            "请在指标目录中查找名称；文本要放在引号里。", "Look the name up in the list of features; texts stand in quotation marks.")));

    public static (Text, Text) UnknownFunction(string name, string? nearest) =>
        (new($"没有名为“{name}”的函数。", $"There is no function called '{name}'."), Did(nearest, new(
            "可用的函数见规则语言说明。", "The documentation of the rule language lists the functions.")));

    public static (Text, Text) Arguments(string name, int min, int max) =>
        (new($"{name} 的参数个数不对。", $"{name} has the wrong number of arguments."),
         min == max ? new($"需要{min}个参数。", $"It takes {min}.")
         : max == int.MaxValue ? new($"至少需要{min}个参数。", $"It takes at least {min}.")
         : new($"需要{min}到{max}个参数。", $"It takes {min} to {max}."));

    public static (Text, Text) Type(string found, ExprKind kind, Text expected) =>
        (new($"“{found}”是{kind.Type.Title().Zh}。", $"'{found}' is a {kind.Type.Title().En}."),
         new($"这里需要{expected.Zh}。", $"Here belongs a {expected.En}."));

    public static (Text, Text) Types(Text action, string left, ExprKind a, string right, ExprKind b) =>
        (new($"“{left}”是{a.Type.Title().Zh}，“{right}”是{b.Type.Title().Zh}，不能{action.Zh}。",
             $"'{left}' is a {a.Type.Title().En} and '{right}' a {b.Type.Title().En}; they cannot be {action.En}."),
         new("请使用同一类型的值；文本要放在引号里，日期写成 date(\"2020-06-30\")。",
             "Use values of one type; texts stand in quotation marks, dates are written date(\"2020-06-30\")."));

    public static (Text, Text) UnitsDiffer(Text action, string left, Unit a, string right, Unit b) =>
        (new($"“{left}”的单位是{Title(a).Zh}，“{right}”的单位是{Title(b).Zh}，不能{action.Zh}。",
             $"'{left}' is in {Title(a).En} and '{right}' in {Title(b).En}; they cannot be {action.En}."), Conversion(a, b));

    public static readonly (Text, Text) Chain =
        (new("比较不能连写。", "Comparisons cannot be chained."),
         new("请写成 a < b && b < c。", "Write a < b && b < c."));

    private static Text Title(Unit unit) => unit == Unit.None ? new("无单位数", "plain numbers") : unit.Title();

    private static Text Conversion(Unit a, Unit b) => (a, b) switch
    {
        (Unit.Yuan, Unit.YuanPerHead) or (Unit.YuanPerHead, Unit.Yuan) => new(
            "把人均金额乘以人数，或把全户金额除以人数。",
            "Multiply the amount per head by the number of persons, or divide the household's amount by it."),
        (Unit.Days or Unit.Months or Unit.Years, Unit.Days or Unit.Months or Unit.Years) => new(
            "一个月的天数不固定：两边请用同一单位，例如 daysBetween 或 monthsBetween。",
            "Months differ in length: use one unit on both sides, for instance daysBetween or monthsBetween."),
        _ => new("两边请用同一单位的值。", "Use values of one unit on both sides."),
    };

    private static Text Did(string? nearest, Text otherwise) =>
        nearest is null ? otherwise : new($"是不是“{nearest}”？", $"Did you mean '{nearest}'?");
}
