using Shouwang.Kernel;
using Shouwang.Platform.Plugins;
using static Shouwang.Platform.Plugins.QualitySeverity;

namespace Shouwang.Modules.Quality.Checks;

/// <summary>People who stand twice in the register: FIELDS D1, D2. Fed household by household, it answers at the end.</summary>
/// <remarks>
/// Numbers, names and addresses are kept as 64-bit hashes: half a million people take some 60 MB, and the chance that two
/// different ones look the same anywhere in such a county is below one in a hundred million.
/// </remarks>
internal sealed class AcrossHouseholds
{
    public static readonly IReadOnlyList<QualityRule> Rules =
    [
        new("DQ-07", Error, new("证件号码重复", "Certificate number repeated"), "两名状态正常的成员证件号码前18位相同"),
        new("DQ-16", Warning, new("疑似重复人口", "Probably the same person twice"), "同村、同名、同出生日期，证件号码不同"),
        new("DQ-31", Error, new("一人多户", "One person in two households"), "同一证件号码出现在两户，状态均正常"),
        new("DQ-32", Warning, new("疑似拆户分户", "Probably a split household"), "户主的配偶是同一住址另一户的户主"),
    ];

    private static readonly Text
        Repeated = new("另有一名成员的证件号码前18位相同。", "Another member has the same first 18 characters of the number."),
        Twice = new("同村另有一人姓名和出生日期相同，证件号码不同。", "Somebody in the same village has the same name and birth date, but another number."),
        TwoHouseholds = new("同一证件号码还登记在另一户。", "The same number is registered in another household too."),
        Split = new("户主与其配偶在同一住址分别登记为两户户主。", "Head and spouse are heads of two households at one address.");

    private readonly List<Person> _people = [];
    private readonly List<Home> _homes = [];
    private readonly List<(ulong Spouse, int Home)> _spouses = [];
    private readonly Dictionary<ulong, int> _heads = [];

    public void Add(CheckedHousehold household)
    {
        var register = household.Register;
        var place = _homes.Count;
        _homes.Add(new(register.Id, register.Code, register.Area, register.Address is { } address ? Hash(0, address) : 0));
        foreach (var person in household.People)
        {
            var number = person.Number is { } full ? Hash(0, full.AsSpan(0, 18)) : 0;
            var sameness = person.Register is { Name: { } name, BirthOn: { } born }
                ? Hash(Hash(Hash((ulong)born.DayNumber, name), "|"), register.Area.Digits)
                : 0;
            _people.Add(new(number, sameness, place, person.Register.Code));
            if (number == 0)
                continue;
            if (person.Register.Relation == Relations.Head)
                _heads.TryAdd(number, place);
            else if (person.Register.Relation == Relations.Spouse)
                _spouses.Add((number, place));
        }
    }

    /// <summary>Reports what was found among all households added.</summary>
    public void Finish(Action<QualityFinding> report)
    {
        foreach (var same in Groups(p => p.Number))
        {
            var severalHomes = same.Exists(p => p.Home != same[0].Home);
            foreach (var person in same)
            {
                report(Finding("DQ-07", person, Repeated));
                if (severalHomes)
                    report(Finding("DQ-31", person, TwoHouseholds));
            }
        }
        foreach (var same in Groups(p => p.Sameness).Where(g => g.Exists(p => p.Number != g[0].Number)))
        {
            foreach (var person in same)
                report(Finding("DQ-16", person, Twice));
        }
        foreach (var (spouse, place) in _spouses)
        {
            if (!_heads.TryGetValue(spouse, out var other) || other == place || _homes[place].Address == 0 || _homes[other].Address != _homes[place].Address)
                continue;
            report(Finding("DQ-32", _homes[place], Split));
            report(Finding("DQ-32", _homes[other], Split));
        }
    }

    /// <summary>Those of two or more with one key other than zero, in the order of households.</summary>
    private IEnumerable<List<Person>> Groups(Func<Person, ulong> key)
    {
        var (first, groups) = (new Dictionary<ulong, int>(_people.Count), new SortedDictionary<int, List<Person>>());
        for (var i = 0; i < _people.Count; i++)
        {
            var of = key(_people[i]);
            if (of == 0 || first.TryAdd(of, i))
                continue;
            var begin = first[of];
            if (!groups.TryGetValue(begin, out var group))
                groups.Add(begin, group = [_people[begin]]);
            group.Add(_people[i]);
        }
        foreach (var group in groups.Values)
            yield return group;
    }

    private QualityFinding Finding(string rule, Person person, Text message) =>
        new(rule, null, person.Code, null, _homes[person.Home].Area.Digits, _homes[person.Home].Id, message);

    private static QualityFinding Finding(string rule, Home home, Text message) => new(rule, home.Code, null, null, home.Area.Digits, home.Id, message);

    // FNV-1a over whole characters, never zero: zero stands for nothing.
    private static ulong Hash(ulong seed, ReadOnlySpan<char> text)
    {
        var hash = unchecked(14695981039346656037UL ^ seed * 0x9E3779B97F4A7C15UL);
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 1099511628211UL);
        hash = unchecked((hash ^ hash >> 32) * 0xD6E8FEB86659FD93UL);
        return hash == 0 ? 1 : hash;
    }

    private readonly record struct Person(ulong Number, ulong Sameness, int Home, string Code);

    private readonly record struct Home(Guid Id, string Code, AreaCode Area, ulong Address);
}
