using Shouwang.Kernel;

namespace Shouwang.Platform.Policy;

/// <summary>What an indicator says about a unit, and so whether units may be held against each other by it.</summary>
public enum IndicatorNature
{
    /// <summary>How much there is of something. Large units have more of it; it says nothing about how they do.</summary>
    Scale,

    /// <summary>What came of the work for households.</summary>
    Outcome,

    /// <summary>What is late.</summary>
    Overdue,

    /// <summary>How much was done: visits, meetings, days present, forms. Counting it makes people produce it.</summary>
    Activity,

    /// <summary>How many people work, or how they do. People are not compared.</summary>
    Person,
}

/// <summary>What a set of indicators is used for.</summary>
public enum SetUse { Ranking, Appraisal }

/// <summary>What kind of units a set compares.</summary>
public enum UnitKind { Townships, Villages, Teams, Departments }

/// <summary>An indicator in a set, with its weight.</summary>
/// <param name="Indicator">A share (percent), or a count of what is late.</param>
/// <param name="Per">The count that a count is divided by; null for shares.</param>
/// <param name="Weight">The weights of a set add up to 100.</param>
/// <param name="Target">Percent; it gives 100 points.</param>
/// <param name="Nought">Percent; it gives no points. Below the target where more is better, above it where less is.</param>
/// <param name="Monthly">It counts what happened in a month, and adds up over the months of the period; everything else is as of its last day.</param>
/// <param name="Reason">Why units answer for it.</param>
public sealed record SetItem(string Indicator, string? Per, int Weight, decimal Target, decimal Nought, bool Monthly, Text Reason)
{
    public bool HigherIsBetter => Target > Nought;

    /// <summary>Points for a value in percent: none at <see cref="Nought"/>, 100 at the target, and on beyond both, so that chance counts alike on either side.</summary>
    public decimal Points(decimal value) => decimal.Round(100 * (value - Nought) / (Target - Nought), 1, MidpointRounding.AwayFromZero);

    public bool IsMet(decimal value) => HigherIsBetter ? value >= Target : value <= Target;
}

/// <summary>Indicators with weights by which units are ranked 季度排名 or appraised 年度考核: outcomes and what is overdue, nothing else.</summary>
/// <param name="Least">A unit with fewer cases than this in half of the weights is not ranked: chance would decide.</param>
/// <param name="Spread">By how much what happens to the households of a unit varies more than if each were on its own; 1 for no more.</param>
/// <param name="ReplyDays">Working days that a unit has to answer its card before it is signed.</param>
/// <param name="Assumed">No text sets it.</param>
public sealed record AppraisalSet(
    string Code, Text Title, SetUse Use, UnitKind Units, int Least, decimal Spread, int ReplyDays, IReadOnlyList<SetItem> Items, Text Source, bool Assumed)
{
    /// <summary>Indicators that are counted for departments: problems of the ledger, by the office that answers for their subject.</summary>
    public static readonly IReadOnlyList<string> OfDepartments = ["C01c", "C03"];
}

/// <summary>A sentence of a bulletin, with places for figures.</summary>
/// <param name="Says">With places such as <c>{M01h}</c>, <c>{M01h:month}</c>; see <see cref="BulletinPlace"/>.</param>
/// <param name="When">When it is said; null for always. A sentence with a figure that is not there is never said.</param>
public sealed record BulletinSentence(Text Says, BulletinCondition? When);

/// <summary>Lists of what is overdue that a bulletin can carry.</summary>
public enum LateKind
{
    /// <summary>Households with a lead that waits too long, M12o.</summary>
    Leads,

    /// <summary>Households whose identification takes too long, M13o.</summary>
    Cases,

    /// <summary>Monitored households without any measure, M16o.</summary>
    Measures,

    /// <summary>Monitored households that were not visited in time, M19o.</summary>
    Visits,

    /// <summary>Problems of the ledger past the time of their stage.</summary>
    Issues,
}

/// <summary>A part of a section: sentences, or a table of the areas below, or a list of what is overdue; one of them.</summary>
/// <param name="Table">Indicators in columns, the areas below in rows.</param>
public sealed record BulletinPart(Text? Title, IReadOnlyList<BulletinSentence> Sentences, IReadOnlyList<string> Table, LateKind? Late);

public sealed record BulletinSection(Text Title, IReadOnlyList<BulletinPart> Parts);

/// <summary>How a county's bulletin of a month 月通报 is written.</summary>
/// <param name="To">Whom it is addressed to.</param>
public sealed record BulletinTemplate(string Code, Text Title, Text To, IReadOnlyList<BulletinSection> Sections, Text Source)
{
    /// <summary>Every indicator it needs of the county.</summary>
    public IEnumerable<string> Codes => Sections.SelectMany(s => s.Parts).SelectMany(p => p.Table
        .Concat(p.Sentences.SelectMany(s => BulletinPlace.In(s.Says.Zh).Select(x => x.Code).OfType<string>()))
        .Concat(p.Sentences.SelectMany(s => s.When?.Clauses.Select(c => c.Code) ?? []))).Distinct();
}
