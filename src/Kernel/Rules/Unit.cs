using System.Globalization;

namespace Shouwang.Kernel.Rules;

/// <summary>What a number counts. Numbers of different units are never compared or added; see <see cref="Units"/>.</summary>
public enum Unit
{
    /// <summary>A plain number; it takes the unit of whatever stands opposite, and scales every unit.</summary>
    None,

    /// <summary>Yuan of a whole household, village or project.</summary>
    Yuan,

    /// <summary>Yuan for each member of a household.</summary>
    YuanPerHead,

    Persons,
    Households,
    Days,
    Months,
    Years,
    Litres,
    Metres,
    Minutes,
    SquareMetres,

    /// <summary>亩, 1/15 of a hectare.</summary>
    Mu,

    /// <summary>A share of a whole, 1 being all of it; people read it as a percentage.</summary>
    Ratio,

    /// <summary>How often something happened.</summary>
    Times,
}

/// <summary>What comes out when numbers with units meet, and how units are called.</summary>
public static class Units
{
    /// <summary>The unit in which both can be compared or added, or null when they have none in common.</summary>
    public static Unit? Common(Unit a, Unit b) => a == b || b == Unit.None ? a : a == Unit.None ? b : null;

    /// <summary>The unit of a product, or null when it means nothing.</summary>
    public static Unit? Product(Unit a, Unit b) => (a, b) switch
    {
        (_, Unit.None) => a,
        (Unit.None, _) => b,
        (_, Unit.Ratio) => a,
        (Unit.Ratio, _) => b,
        (Unit.YuanPerHead, Unit.Persons) or (Unit.Persons, Unit.YuanPerHead) => Unit.Yuan,
        (Unit.Metres, Unit.Metres) => Unit.SquareMetres,
        _ => null,
    };

    /// <summary>The unit of a quotient, or null when it means nothing. Like by like is a share.</summary>
    public static Unit? Quotient(Unit a, Unit b) => (a, b) switch
    {
        (_, Unit.None) => a,
        (_, Unit.Ratio) => a,
        (Unit.Yuan, Unit.Persons) => Unit.YuanPerHead,
        (Unit.Yuan, Unit.YuanPerHead) => Unit.Persons,
        (Unit.SquareMetres, Unit.Metres) => Unit.Metres,
        _ => a == b ? Unit.Ratio : null,
    };

    /// <summary>The unit as it stands after a number; empty for plain numbers.</summary>
    public static Text Title(this Unit unit) => unit switch
    {
        Unit.None => new("", ""),
        Unit.Yuan => new("元", "yuan"),
        Unit.YuanPerHead => new("元/人", "yuan per head"),
        Unit.Persons => new("人", "persons"),
        Unit.Households => new("户", "households"),
        Unit.Days => new("天", "days"),
        Unit.Months => new("个月", "months"),
        Unit.Years => new("年", "years"),
        Unit.Litres => new("升", "litres"),
        Unit.Metres => new("米", "metres"),
        Unit.Minutes => new("分钟", "minutes"),
        Unit.SquareMetres => new("平方米", "square metres"),
        Unit.Mu => new("亩", "mu"),
        Unit.Ratio => new("比例", "share"),
        Unit.Times => new("次", "times"),
    };

    /// <summary>An amount with its unit as people write it: <c>6,000 元</c>, <c>1 day</c>, <c>40%</c>.</summary>
    /// <remarks>Shown with six digits after the point at most, yuan with two; what is compared is never rounded.</remarks>
    public static string Amount(decimal number, Unit unit, Language language)
    {
        if (unit == Unit.Ratio)
            return number.ToString("#,##0.####%", CultureInfo.InvariantCulture);
        var digits = number.ToString(unit is Unit.Yuan or Unit.YuanPerHead ? "#,##0.##" : "#,##0.######", CultureInfo.InvariantCulture);
        var title = unit.Title().In(language);
        return title.Length == 0 ? digits : $"{digits} {(language == Language.En && number == 1 ? One(unit, title) : title)}";
    }

    private static string One(Unit unit, string title) => unit switch
    {
        Unit.SquareMetres => "square metre",
        Unit.Times => "time",
        Unit.None or Unit.Yuan or Unit.YuanPerHead or Unit.Mu or Unit.Ratio => title,
        Unit.Persons or Unit.Households or Unit.Days or Unit.Months or Unit.Years or Unit.Litres or Unit.Metres
            or Unit.Minutes => title[..^1],
    };
}
