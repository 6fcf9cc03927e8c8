using Shouwang.Kernel;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Field.Contracts;

/// <summary>A value of a village table that is entered on phones.</summary>
/// <param name="Unit">Null for a yes or no.</param>
/// <param name="Flag">It is entered as <c>true</c> or <c>false</c>.</param>
/// <param name="Least">The least a number may be.</param>
public sealed record PhoneColumn(string Code, Text Title, Text? Unit, bool? Flag, decimal? Least);

/// <summary>What is known already: the value, its day, and who entered it.</summary>
public sealed record PhoneValue(string V, DateOnly On, string By);

/// <summary>A village table that phones take along.</summary>
/// <param name="Until">The last day on which it is asked for.</param>
/// <param name="Villages">By village: values by column; villages that may be filled in and of which nothing is known have none.</param>
public sealed record PhoneTable(
    Guid Id, Text Title, DateOnly Until, IReadOnlyList<PhoneColumn> Columns, IReadOnlyDictionary<string, IReadOnlyDictionary<string, PhoneValue>> Villages);

/// <summary>A village table that was filled in on a phone.</summary>
/// <param name="Submission">What was handed in.</param>
/// <param name="On">The day on which it was filled in.</param>
/// <param name="Values">By column, as they were typed.</param>
public sealed record FilledTable(Guid Submission, Guid Table, AreaCode Village, DateOnly On, IReadOnlyDictionary<string, string> Values);

/// <summary>Village tables of another module that are filled in on phones.</summary>
public interface IPhoneTables
{
    /// <summary>Those a person may fill in today.</summary>
    Task<IReadOnlyList<PhoneTable>> For(Actor actor, CancellationToken cancel);

    /// <summary>Takes one in, in the open unit of work.</summary>
    /// <returns>What was left out or counts otherwise than was meant, for whoever filled it in; or why nothing of it can be taken.</returns>
    Task<Outcome<Text[]>> TakeIn(Actor sender, FilledTable filled, CancellationToken cancel);
}

/// <summary>A village table on paper that was compared with the register on a phone, household by household.</summary>
/// <param name="Table"><c>people</c>, <c>monitored</c>, <c>housing</c>, <c>insurance</c>.</param>
/// <param name="Differing">Households that differ, by code, with what was noted; the note may be empty.</param>
public sealed record SelfCheckMade(Guid Id, AreaCode Village, string Table, DateOnly On, string By, int Same, IReadOnlyList<(string Household, string Note)> Differing)
{
    /// <summary>What the table is called.</summary>
    public Text Title => Table switch
    {
        "people" => new("人口台账", "people"),
        "monitored" => new("监测对象台账", "monitored households"),
        "housing" => new("住房台账", "housing"),
        "insurance" => new("医保台账", "medical insurance"),
        _ => new(Table, Table),
    };
}

/// <summary>What villages compared on phones.</summary>
public interface ISelfChecks
{
    /// <summary>The latest check of each table of each village in an area, made between two days, both included.</summary>
    Task<IReadOnlyList<SelfCheckMade>> Latest(AreaCode within, DateOnly from, DateOnly to, CancellationToken cancel);
}
