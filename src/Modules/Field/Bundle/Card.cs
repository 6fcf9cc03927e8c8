using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;

namespace Shouwang.Modules.Field.Bundle;

/// <summary>A current value with its day and source; see docs/field.md for all of these shapes.</summary>
internal sealed record Valued(object V, DateOnly On, string Src);

internal sealed record CardMember(Guid Id, string Code, string? Name, string? Relation, string? Birth);

/// <summary>Something about a household that waits for somebody.</summary>
/// <param name="Kind"><c>lead</c>, <c>task</c>, <c>measure</c>, <c>step</c> or <c>doubt</c>.</param>
internal sealed record OpenItem(string Kind, string Id, Text Title, Text? Why, DateOnly? Due);

internal sealed record CardVisit(DateOnly On, string By, VisitPurpose Purpose);

/// <summary>A visit to the household that waits for a second investigator.</summary>
/// <param name="By">Who made it.</param>
internal sealed record CardSign(Guid Visit, DateOnly On, VisitPurpose Purpose, string By, string Hash);

/// <param name="Done">It reached the household, or was judged; null where it has not.</param>
internal sealed record CardHelp(Text Title, Text State, DateOnly Due, bool? Done);

/// <summary>What changed since the last visit, in words.</summary>
/// <param name="On">The day the new value is for.</param>
/// <param name="Title">Of the attribute.</param>
/// <param name="Member">Whom it is about; null for the household.</param>
/// <param name="Was">Null where there was no value.</param>
internal sealed record CardChange(DateOnly On, Text Title, Guid? Member, Text? Was, Text? Now, Text Src);

/// <param name="Last">Fen in the last year.</param>
internal sealed record CardIncomeItem(string Code, string Zh, string En, long Last);

/// <param name="PerHead">Fen a year; null where the household has no sheet.</param>
/// <param name="Line">Fen a year; null where no line is set.</param>
internal sealed record CardIncome(IReadOnlyList<CardIncomeItem> Items, long? PerHead, long? Line)
{
    /// <summary>The last day of the sheet's twelve months; null where there is none.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The day it stands for.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Who said it.</summary>
    public string? Src { get; init; }

    /// <summary><c>missing</c> where a live rule lacks it, <c>stale</c> where it has aged; null where nobody has to ask.</summary>
    public string? Asked { get; init; }
}

/// <summary>What a phone knows about one household.</summary>
internal sealed record Card
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required string? Head { get; init; }
    public required string Area { get; init; }
    public required string? Group { get; init; }
    public required string? Address { get; init; }
    /// <summary>Where the house stands, in degrees; null where nobody said.</summary>
    public required decimal? Lat { get; init; }

    /// <inheritdoc cref="Lat"/>
    public required decimal? Lng { get; init; }
    public required string? Phone { get; init; }
    public required string? Status { get; init; }
    public required string? MonCat { get; init; }
    public required int Size { get; init; }
    public required IReadOnlyList<CardMember> Members { get; init; }
    public required SortedDictionary<string, Valued> Values { get; init; }

    /// <summary>What departments' records tell of what a form asks: they count before <see cref="Values"/>. Null for none.</summary>
    public required SortedDictionary<string, Valued>? Records { get; init; }

    /// <summary>Features that stay as departments' records have them, whatever a visit of today says. Null for none.</summary>
    public required IReadOnlyList<string>? Held { get; init; }

    public required IReadOnlyList<OpenItem> Open { get; init; }
    public required IReadOnlyList<string> Missing { get; init; }
    public required IReadOnlyList<string> Stale { get; init; }
    public required CardVisit? LastVisit { get; init; }
    public required IReadOnlyList<CardHelp> Plan { get; init; }
    public required IReadOnlyList<CardChange> Changed { get; init; }
    public required SortedDictionary<string, object> Features { get; init; }
    public required CardIncome? Income { get; init; }

    /// <summary>Null where nothing waits for this actor's signature.</summary>
    public required IReadOnlyList<CardSign>? Sign { get; init; }
}
