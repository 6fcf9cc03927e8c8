using System.Globalization;

namespace Shouwang.Kernel.Rules;

/// <summary>A value a rule calculates with, or the fact that it is not known. The default is unknown.</summary>
/// <remarks>
/// Two unknowns are equal as C# values, so that they can be counted and tested; in a rule, unknown equals nothing.
/// </remarks>
public readonly record struct RuleValue
{
    private enum Form : byte { Unknown, False, True, Int, Decimal, Text, Date, Days, Months, List }

    private readonly decimal _number; // of a date, its day number
    private readonly object? _reference;
    private readonly Form _form;

    private RuleValue(Form form, decimal number = 0, object? reference = null) =>
        (_form, _number, _reference) = (form, number, reference);

    public static RuleValue Unknown => default;

    public static RuleValue Bool(bool? value) => value is { } b ? new(b ? Form.True : Form.False) : default;

    public static RuleValue Int(long? value) => value is { } n ? new(Form.Int, n) : default;

    /// <summary>A decimal number as rules hold it: rounded to 16 places, unknown from 10¹² on; see <see cref="Numbers"/>.</summary>
    public static RuleValue Decimal(decimal? value) => value is { } n && Numbers.Held(n) is { } held ? new(Form.Decimal, held) : default;

    /// <summary>A number that is written down and still lacks its sign.</summary>
    internal static RuleValue Unsigned(decimal value) => new(Form.Decimal, value);

    /// <summary>An amount in yuan, exact.</summary>
    public static RuleValue Yuan(Money? value) => Decimal(value?.Yuan);

    public static RuleValue Text(string? value) => value is null ? default : new(Form.Text, 0, value);

    public static RuleValue Date(DateOnly? value) => value is { } d ? new(Form.Date, d.DayNumber) : default;

    /// <summary>A duration in days.</summary>
    public static RuleValue Days(long days) => new(Form.Days, days);

    /// <summary>A duration in months.</summary>
    public static RuleValue Months(long months) => new(Form.Months, months);

    /// <summary>A list; single items may be unknown.</summary>
    public static RuleValue List(params IEnumerable<RuleValue> items) => new(Form.List, 0, new ExprList<RuleValue>(items));

    /// <summary>A list of texts, such as codes.</summary>
    public static RuleValue Texts(params IEnumerable<string>? items) => items is null ? default : List(items.Select(Text));

    public bool IsKnown => _form != Form.Unknown;

    /// <summary>Null when unknown.</summary>
    public RuleType? Type => _form switch
    {
        Form.Unknown => null,
        Form.False or Form.True => RuleType.Bool,
        Form.Int => RuleType.Int,
        Form.Decimal => RuleType.Decimal,
        Form.Text => RuleType.Text,
        Form.Date => RuleType.Date,
        Form.Days or Form.Months => RuleType.Duration,
        Form.List => RuleType.List,
    };

    /// <summary>Null when unknown or of another type; so are the others.</summary>
    public bool? AsBool => _form == Form.True ? true : _form == Form.False ? false : null;

    public long? AsInt => _form == Form.Int ? (long)_number : null;

    /// <summary>A number of either type.</summary>
    public decimal? AsDecimal => _form is Form.Int or Form.Decimal ? _number : null;

    public string? AsText => _form == Form.Text ? (string)_reference! : null;

    public DateOnly? AsDate => _form == Form.Date ? DateOnly.FromDayNumber((int)_number) : null;

    /// <summary>Days or months of a duration; <see cref="IsInMonths"/> tells which.</summary>
    public long? AsDuration => _form is Form.Days or Form.Months ? (long)_number : null;

    /// <summary>A duration counted in months.</summary>
    public bool IsInMonths => _form == Form.Months;

    public IReadOnlyList<RuleValue>? AsList => _form == Form.List ? (ExprList<RuleValue>)_reference! : null;

    /// <summary>What orders numbers, dates and durations; nothing for the rest.</summary>
    internal decimal Order => _number;

    internal string TextOrEmpty => _reference as string ?? "";

    /// <summary>The value as people write it, with its unit: <c>6,000 元</c>, <c>40%</c>, <c>2020-06-30</c>, <c>未知</c>.</summary>
    public string In(Language language, Unit unit = Unit.None) => _form switch
    {
        Form.Unknown => language == Language.Zh ? "未知" : "unknown",
        Form.False => language == Language.Zh ? "否" : "no",
        Form.True => language == Language.Zh ? "是" : "yes",
        Form.Int or Form.Decimal => Units.Amount(_number, unit, language),
        Form.Text => language == Language.Zh ? $"“{_reference}”" : $"\"{_reference}\"",
        Form.Date => ToString(),
        Form.Days => Units.Amount(_number, Unit.Days, language),
        Form.Months => Units.Amount(_number, Unit.Months, language),
        Form.List => string.Join(language == Language.Zh ? "、" : ", ", AsList!.Select(v => v.In(language, unit))),
    };

    /// <summary>The value for programs: <c>6000</c>, <c>true</c>, <c>2020-06-30</c>, <c>unknown</c>.</summary>
    public override string ToString() => _form switch
    {
        Form.Unknown => "unknown",
        Form.False => "false",
        Form.True => "true",
        Form.Int => _number.ToString(CultureInfo.InvariantCulture),
        Form.Decimal => _number.ToString("0.############################", CultureInfo.InvariantCulture),
        Form.Text => (string)_reference!,
        Form.Date => AsDate!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Form.Days => _number.ToString(CultureInfo.InvariantCulture) + "d",
        Form.Months => _number.ToString(CultureInfo.InvariantCulture) + "m",
        Form.List => $"[{string.Join(", ", AsList!)}]",
    };
}
