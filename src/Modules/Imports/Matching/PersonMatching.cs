using Shouwang.Kernel;
using Shouwang.Kernel.Tables;
using Shouwang.Modules.Imports.Reading;
using Shouwang.Modules.Registry.Contracts;
using Shouwang.Platform.Plugins;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Imports.Matching;

/// <summary>
/// Finds whom a row is about: (1) by number, first 18 characters; (2) else by name, birth date and village when exactly one
/// member of state normal fits; (3) else it is unmatched, or doubtful when several fit. Source: issue of the intake, §3.
/// </summary>
internal sealed class PersonMatching(PeopleIndex people, VillageNames villages, FeedShape shape)
{
    private static readonly IReadOnlyList<MemberRef> Nobody = [];

    /// <summary>Sets household, member and how they were found; villages by name become their code.</summary>
    /// <returns>The people a doubtful row fits.</returns>
    public IReadOnlyList<MemberRef> Match(FeedRow row)
    {
        villages.Place(row, shape);
        switch (shape.Feed.Matching)
        {
            case FeedMatching.None:
                return Nobody;
            case FeedMatching.HouseholdCode:
                ByCode(row);
                return Nobody;
            case FeedMatching.Person or FeedMatching.Household:
                // A department that names our household needs no guess about people.
                if (shape.Feed.Matching == FeedMatching.Household && shape.Household >= 0 && row.Values[shape.Household] is string && ByCode(row))
                    return Nobody;
                return ByPerson(row);
        }
        return Nobody;
    }

    /// <summary>Puts somebody's decision into a row.</summary>
    public static void Decided(FeedRow row, MemberRef member, FeedMatching matching, MatchedBy by)
    {
        row.Household = member.HouseholdId;
        row.Member = matching == FeedMatching.Person ? member.Id : null;
        row.MatchedBy = by;
    }

    private bool ByCode(FeedRow row)
    {
        var found = shape.Household >= 0 && row.Values[shape.Household] is string code ? people.Household(code) : null;
        (row.Household, row.MatchedBy) = (found?.Id, found is null ? MatchedBy.Unmatched : MatchedBy.HouseholdCode);
        return found is not null;
    }

    private IReadOnlyList<MemberRef> ByPerson(FeedRow row)
    {
        var name = shape.Name >= 0 ? row.Values[shape.Name] as string : null;
        if (shape.Number >= 0 && row.Values[shape.Number] is string number && number.Length >= 15
            && Single(people.ById(number), name, VillageOf(row)) is { } byNumber)
        {
            Decided(row, byNumber, shape.Feed.Matching, MatchedBy.Id);
            if (name is not null && !byNumber.IsCalled(name))
                row.Add(CellFindings.NameDiffers.On(shape.Feed.Fields[shape.Name].Name));
            return Nobody;
        }
        var fitting = name is null || VillageOf(row) is not { } village ? Nobody : ByNameAndBirth(row, name, village);
        if (fitting.Count == 1)
        {
            Decided(row, fitting[0], shape.Feed.Matching, MatchedBy.NameBirthVillage);
            return Nobody;
        }
        row.MatchedBy = fitting.Count == 0 ? MatchedBy.Unmatched : MatchedBy.Doubtful;
        return fitting;
    }

    private AreaCode? VillageOf(FeedRow row) => shape.Village >= 0 && row.Values[shape.Village] is AreaCode village ? village : null;

    private IReadOnlyList<MemberRef> ByNameAndBirth(FeedRow row, string name, AreaCode village)
    {
        var own = shape.Birth >= 0 ? row.Values[shape.Birth] : null;
        if (own is DateOnly birth)
            return people.ByNameBirthVillage(name, birth, village);
        // The digits of a number that lost its end still hold the birth date.
        if (shape.Number >= 0 && row.Texts[shape.Number] is { } text && CitizenId.BirthDate(CellText.Code(text)) is { } inNumber
            && (own is not PartialDate month || month.Covers(inNumber)))
            return people.ByNameBirthVillage(name, inNumber, village);
        return own is PartialDate born ? people.ByNameMonthVillage(name, born.Year, born.Month, village) : Nobody;
    }

    // The register may hold a number twice: then who is still there, then the name, then the village tell them apart.
    private static MemberRef? Single(IReadOnlyList<MemberRef> found, string? name, AreaCode? village)
    {
        if (found.Count <= 1)
            return found.Count == 0 ? null : found[0];
        var left = Narrow([.. found], m => m.State == LifeState.Normal);
        if (name is not null)
            left = Narrow(left, m => m.IsCalled(name));
        if (village is { } place)
            left = Narrow(left, m => m.Village == place);
        // Whoever it is, it is one of them; the first keeps the result the same from run to run.
        return left.MinBy(m => m.Code, StringComparer.Ordinal);
    }

    private static List<MemberRef> Narrow(List<MemberRef> found, Func<MemberRef, bool> fits) =>
        found.Where(fits).ToList() is { Count: > 0 } left ? left : found;
}
