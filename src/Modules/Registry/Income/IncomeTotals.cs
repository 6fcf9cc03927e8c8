using System.Data.Common;
using System.Globalization;
using Shouwang.Kernel;
using Shouwang.Modules.Registry.Contracts;

namespace Shouwang.Modules.Registry.Income;

/// <summary>What features need of an income sheet: its period and the totals of its classes, kept side by side for a whole county.</summary>
internal readonly struct IncomeTotals
{
    public const string Columns = """
        id, from_on, to_on, observed_on, recorded_at, wage_fen, business_fen, property_fen, transfer_fen, cost_fen, claim_fen, self_paid_fen, previous_net_per_head
        """;

    private static readonly IReadOnlyDictionary<string, Money> NoItems = new Dictionary<string, Money>();
    private static readonly StatedTotals NothingStated = new(new Dictionary<string, decimal>());

    private readonly Guid _id;
    private readonly long _recorded, _wage, _business, _property, _transfer, _cost, _claim, _selfPaid;
    private readonly decimal? _previous;

    /// <param name="row">The household, then <see cref="Columns"/>, then the source where it is asked for.</param>
    public IncomeTotals(DbDataReader row, bool withSource)
    {
        (_id, From, To, ObservedOn) = (row.GetGuid(1), row.GetFieldValue<DateOnly>(2), row.GetFieldValue<DateOnly>(3), row.GetFieldValue<DateOnly>(4));
        (_recorded, _wage, _business, _property) = (row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetInt64(8));
        (_transfer, _cost, _claim, _selfPaid) = (row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), row.GetInt64(12));
        _previous = row.IsDBNull(13) ? null : decimal.Parse(row.GetString(13), CultureInfo.InvariantCulture);
        (IsThere, Source) = (true, withSource ? row.GetString(14) : "");
    }

    /// <summary>Whether there is a sheet.</summary>
    public bool IsThere { get; }

    public DateOnly From { get; }

    public DateOnly To { get; }

    public DateOnly ObservedOn { get; }

    /// <summary>Empty where sources are not asked for.</summary>
    public string Source { get; }

    public bool ComesAfter(in IncomeTotals other) =>
        !other.IsThere || (To, ObservedOn, _recorded, _id).CompareTo((other.To, other.ObservedOn, other._recorded, other._id)) > 0;

    /// <summary>As formulas take it; its items are not at hand.</summary>
    public IncomeSheet Sheet(Guid household) => new()
    {
        Id = _id, Household = household, From = From, To = To, Kind = "", Source = Source, ObservedOn = ObservedOn, Items = NoItems, Stated = NothingStated,
        Wage = new(_wage), Business = new(_business), Property = new(_property), Transfer = new(_transfer), Cost = new(_cost), Claim = new(_claim),
        SelfPaid = new(_selfPaid), PreviousNetPerHead = _previous,
    };
}
