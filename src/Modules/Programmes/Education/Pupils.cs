using System.Data.Common;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Storage;

namespace Shouwang.Modules.Programmes.Education;

/// <summary>What the list of pupils says about a household.</summary>
internal struct HouseholdSchooling
{
    public Largest Absent, Cost;

    /// <summary>Home lessons with a minus, so that the largest is the fewest.</summary>
    public Largest FewestLessons;

    public int WithoutAid, WithoutLetter;
    public FeatureSource? Unaided, Unlettered;
}

/// <summary>School-age children of a household.</summary>
/// <param name="Aged">How many there are, as far as birth dates are known.</param>
/// <param name="Out">How many of them are out of school.</param>
/// <param name="First">The code of one who is.</param>
/// <param name="Asked">Of how many a visit was told whether they are at school.</param>
/// <param name="Outside">Of how many it was told that they are not.</param>
/// <param name="SaidBy">Who told so: of somebody who is not at school, else of anybody.</param>
internal readonly record struct SchoolAge(int Aged, int Out, string? First, int Asked, int Outside, FeatureSource? SaidBy)
{
    /// <summary>Children who are said not to be at school; null where none is and somebody was not asked about.</summary>
    public int? SaidOut => Outside > 0 || Asked == Aged ? Outside : null;

    /// <param name="missing">Not on the list of pupils.</param>
    public SchoolAge With(YoungMember child, bool missing)
    {
        var outside = SchoolStates.IsOut(child.SeenStudent);
        return new(Aged + 1, missing ? Out + 1 : Out, missing ? First ?? child.Code : First, child.SeenStudent is null ? Asked : Asked + 1, outside ? Outside + 1 : Outside,
            SaidBy is null || outside && Outside == 0 ? child.SeenBy ?? SaidBy : SaidBy);
    }
}

/// <summary>The pupils of a scope's households, by the lists in force.</summary>
internal sealed class Pupils
{
    // Full years on the as-of day; the census of 2020 counts school age so (U44).
    private const int FirstSchoolAge = 6, LastSchoolAge = 15;

    private readonly HouseholdSchooling[] _households;
    private readonly HashSet<Guid> _guaranteed = [];
    private readonly Inhabitants _inhabitants;
    private readonly bool _withSources;

    private Pupils(FeatureScope scope, Inhabitants inhabitants) =>
        (_households, _inhabitants, _withSources) = (new HouseholdSchooling[scope.Households.Count], inhabitants, scope.WithSources);

    public ref readonly HouseholdSchooling Of(int place) => ref _households[place];

    public static async Task<Pupils> Load(ShouwangDb db, FeatureScope scope, Inhabitants inhabitants, CancellationToken cancel)
    {
        var pupils = new Pupils(scope, inhabitants);
        await Enrolment.Table.Read(
            db, scope, "member_id, state, stage, absent_days, absence_explained, home_lessons, cost_fen, aid_kind, aid_fen, out_of_county, letter_given, as_of_on",
            "as_of_on <= @to", pupils.Add, cancel, ("@to", scope.AsOf));
        return pupils;
    }

    /// <summary>Children of school age and those of them without a place at school, household by household.</summary>
    public SchoolAge[] OutOfSchool(FeatureScope scope)
    {
        var children = new SchoolAge[scope.Households.Count];
        foreach (var person in _inhabitants.Young)
        {
            if (person.AgeOn(scope.AsOf) is not { } age || age is < FirstSchoolAge or > LastSchoolAge)
                continue;
            children[person.Place] = children[person.Place].With(person, missing: !_guaranteed.Contains(person.Id));
        }
        return children;
    }

    private void Add(int place, DbDataReader row)
    {
        var (member, state, stage) = (row.Id(1), row.GetString(2), row.Text(3));
        if (member is { } id && EnrolmentStates.IsGuaranteed(state))
            _guaranteed.Add(id);
        if (!EnrolmentStates.IsTaught(state))
            return;

        ref var household = ref _households[place];
        var source = _withSources ? new FeatureSource(Sources.Education, row.Date(12), _inhabitants.CodeOf(member)) : null;
        if (row.Whole(4) is { } absent && !row.GetBoolean(5))
            household.Absent.Take(absent, source);
        if (state == EnrolmentStates.HomeTaught && row.Whole(6) is { } lessons)
            household.FewestLessons.Take(-lessons, source);
        if (SchoolStages.IsAboveCompulsory(stage) && row.Fen(7) is { } cost)
            household.Cost.Take((cost - (row.Fen(9) ?? default)).Yuan, source);

        // An aid that is named without an amount counts; an amount of nothing does not.
        var aided = row.Fen(9) is { } aid ? aid.Fen > 0 : row.Text(8) is not null;
        if (!aided)
            (household.WithoutAid, household.Unaided) = (household.WithoutAid + 1, household.Unaided ?? source);
        if (row.Flag(10) is true && row.Flag(11) is not true)
            (household.WithoutLetter, household.Unlettered) = (household.WithoutLetter + 1, household.Unlettered ?? source);
    }
}
