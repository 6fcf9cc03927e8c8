using System.Globalization;
using Shouwang.Kernel.Rules;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Field.Forms;

/// <summary>What conditions of a form see: what is answered, then what the register has, then features, lines and the day.</summary>
/// <remarks>As <c>web/field/src/form/conditions.ts</c> sees it; <c>tests/rules/forms.json</c> holds the two together.</remarks>
/// <param name="household">Current values of the household, as texts.</param>
/// <param name="member">Those of the member it is about, or null.</param>
/// <param name="answers">By name, for the household and this member; null takes an answer back.</param>
/// <param name="feature">Features, by name.</param>
internal sealed class FormInputs(
    Policy policy, DateOnly today, IReadOnlyDictionary<string, CurrentFact> household, IReadOnlyDictionary<string, CurrentFact>? member,
    IReadOnlyDictionary<string, string?> answers, Func<string, RuleValue> feature) : IRuleInputs
{
    public RuleValue Get(Symbol symbol)
    {
        if (answers.TryGetValue(symbol.Name, out var answer))
            return Read(symbol.Type, answer);
        if (symbol == FormSymbols.Age)
            return member is not null && member.TryGetValue("birth", out var birth) ? RuleValue.Int(AgeOf(birth.Value, today)) : RuleValue.Unknown;
        if (symbol.Name.StartsWith(FormSymbols.Household, StringComparison.Ordinal))
            return Of(household, symbol, FormSymbols.Household);
        if (symbol.Name.StartsWith(FormSymbols.Member, StringComparison.Ordinal))
            return member is null ? RuleValue.Unknown : Of(member, symbol, FormSymbols.Member);
        return symbol == PolicySymbols.Today ? RuleValue.Date(today)
            : symbol == PolicySymbols.MonthStart ? RuleValue.Date(new(today.Year, today.Month, 1))
            : symbol == PolicySymbols.PovertyLine ? RuleValue.Decimal(policy.PovertyLine?.YuanPerHead)
            : symbol == PolicySymbols.MonitoringLine ? RuleValue.Decimal(policy.MonitoringLine?.YuanPerHead)
            : feature(symbol.Name);
    }

    /// <summary>Full years on a day; whose month and day of birth are not known counts from the first of January. Null where the year is not known.</summary>
    /// <param name="birth">2010-11-30, 2010-11 or 2010.</param>
    public static int? AgeOf(string birth, DateOnly day)
    {
        if (birth.Length < 4 || !int.TryParse(birth.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year == 0)
            return null;
        var rest = birth.Length >= 10 ? birth[5..10] : "01-01";
        return day.Year - year - (string.CompareOrdinal(day.ToString("MM-dd", CultureInfo.InvariantCulture), rest) < 0 ? 1 : 0);
    }

    /// <summary>A value of the register in the rule language; what is no value of that type is unknown.</summary>
    public static RuleValue Read(RuleType type, string? text) => string.IsNullOrEmpty(text) ? RuleValue.Unknown : type switch
    {
        RuleType.Bool => text is "true" or "false" ? RuleValue.Bool(text == "true") : RuleValue.Unknown,
        RuleType.Int => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? RuleValue.Int(whole) : RuleValue.Unknown,
        RuleType.Decimal => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? RuleValue.Decimal(number) : RuleValue.Unknown,
        RuleType.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? RuleValue.Date(day) : RuleValue.Unknown,
        RuleType.List => RuleValue.Texts(text.Split(',')),
        RuleType.Text => RuleValue.Text(text),
        RuleType.Duration => RuleValue.Unknown,
    };

    private static RuleValue Of(IReadOnlyDictionary<string, CurrentFact> values, Symbol symbol, string prefix) =>
        values.TryGetValue(symbol.Name[prefix.Length..], out var fact) ? Read(symbol.Type, fact.Value) : RuleValue.Unknown;
}
