using System.Globalization;
using System.Runtime.InteropServices;
using Shouwang.Kernel;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Health;

/// <summary>What medical care cost one person, in fen. Refunds are subtracted.</summary>
/// <param name="place">The household's place in the scope.</param>
internal sealed class PersonCosts(int place)
{
    // Special outpatient care by month of the window, made when there is any: most people have none.
    private long[]? _specialMonths;

    public int Place => place;

    /// <summary>Self-paid from 1 January to as-of, all kinds of care.</summary>
    public long Year { get; set; }

    public long InpatientSelf { get; set; }
    public long InpatientTotal { get; set; }
    public long SpecialSelf { get; set; }
    public long SpecialTotal { get; set; }

    /// <summary>Self-paid special outpatient care by month, the first of the window at 0; empty when there was none.</summary>
    public ReadOnlySpan<long> SpecialMonths => _specialMonths;

    public void AddSpecial(int month, long self, long total)
    {
        (_specialMonths ??= new long[MedicalCosts.WindowMonths])[month] += self;
        SpecialSelf += self;
        SpecialTotal += total;
    }
}

/// <summary>What medical care cost the households of a scope.</summary>
internal sealed class MedicalCosts
{
    public const int WindowMonths = 12;
    private readonly FeatureScope _scope;
    private readonly Dictionary<Guid, PersonCosts> _people = [];
    private readonly long[] _selfPaid;
    private readonly bool[] _any;
    private readonly Largest[] _stays;

    private MedicalCosts(FeatureScope scope) =>
        (_scope, _selfPaid, _any, _stays) =
        (scope, new long[scope.Households.Count], new bool[scope.Households.Count], new Largest[scope.Households.Count]);

    /// <summary>By member id; settlements that fit a household but no member of it are in the household's sum only.</summary>
    public IReadOnlyDictionary<Guid, PersonCosts> People => _people;

    /// <summary>The household has a settlement in the window or the year.</summary>
    public bool HasAny(int place) => _any[place];

    /// <summary>Self-paid over the window, in fen.</summary>
    public long SelfPaid(int place) => _selfPaid[place];

    /// <summary>The inpatient settlement of the window with the largest self-paid amount, in yuan.</summary>
    public Largest Stay(int place) => _stays[place];

    public static async Task<MedicalCosts> Load(ShouwangDb db, FeatureScope scope, CancellationToken cancel)
    {
        var costs = new MedicalCosts(scope);
        var year = new DateOnly(scope.AsOf.Year, 1, 1);
        await MedicalSettlement.Table.Read(
            db, scope, "member_id, settled_on, kind, self_paid_fen, total_fen, settlement_no", "settled_on >= @from and settled_on <= @to",
            (place, row) => costs.Add(place, row.Id(1), row.Date(2)!.Value, row.GetString(3), row.GetInt64(4), row.GetInt64(5), row.GetString(6), year),
            cancel, ("@from", scope.WindowFrom < year ? scope.WindowFrom : year), ("@to", scope.AsOf));
        return costs;
    }

    private void Add(int place, Guid? member, DateOnly day, string kind, long self, long total, string number, DateOnly year)
    {
        _any[place] = true;
        var inWindow = day >= _scope.WindowFrom && day <= _scope.WindowTo;
        if (inWindow)
            _selfPaid[place] += self;
        if (inWindow && kind == SettlementKinds.Inpatient)
            _stays[place].Take(new Money(self).Yuan, _scope.WithSources ? new(Sources.MedicalInsurance, day, number) : null);
        if (member is not { } id)
            return;

        ref var person = ref CollectionsMarshal.GetValueRefOrAddDefault(_people, id, out _);
        person ??= new(place);
        if (day >= year)
            person.Year += self;
        if (inWindow && kind == SettlementKinds.Inpatient)
            (person.InpatientSelf, person.InpatientTotal) = (person.InpatientSelf + self, person.InpatientTotal + total);
        else if (inWindow && kind == SettlementKinds.Special)
            person.AddSpecial(Ages.MonthsBetween(_scope.WindowFrom, day), self, total);
    }

    /// <summary>A month of the window by its place: <c>2019-08</c>.</summary>
    public string MonthName(int month) => _scope.WindowFrom.AddMonths(month).ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
