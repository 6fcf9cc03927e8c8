using System.Runtime.InteropServices;
using System.Text;
using Shouwang.Kernel;
using Shouwang.Kernel.Tables;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Registry.Contracts;

/// <summary>Everybody in a county's register, by all that departments know people by. Safe to share between threads once built.</summary>
/// <remarks>
/// Made for half a million members in well under 150 MB: codes are packed bytes, numbers and phones are the keyed hashes the
/// register stores, names are hashes of name, birth date and village. Names are compared as <see cref="CellText.PersonName"/> reads them.
/// </remarks>
public sealed class PeopleIndex
{
    private readonly Secrets _secrets;
    private readonly List<Person> _people = [];
    private readonly List<Home> _homes = [];
    private readonly List<AreaCode> _villages = [];
    private readonly Dictionary<string, int> _villageNumbers = [];
    private readonly CodePool _codes = new();
    private readonly Dictionary<Guid, int> _homesById = [];
    private readonly Chains<UInt128> _byId = new(), _byPhone = new(), _homesByPhone = new();
    private readonly Chains<ulong> _byMonth = new(), _homesByHead = new(), _homesByCode = new();

    /// <param name="households">About how many there will be.</param>
    /// <param name="members">About how many there will be.</param>
    internal PeopleIndex(Secrets secrets, int households = 0, int members = 0)
    {
        _secrets = secrets;
        _homes.EnsureCapacity(households);
        _homesById.EnsureCapacity(households);
        _homesByCode.EnsureCapacity(households);
        _homesByHead.EnsureCapacity(households);
        _people.EnsureCapacity(members);
        _byId.EnsureCapacity(members);
        _byMonth.EnsureCapacity(members);
    }

    /// <summary>How many members are in it, of whatever state.</summary>
    public int Count => _people.Count;

    /// <summary>How many households are in it.</summary>
    public int Households => _homes.Count;

    /// <summary>By the first 18 characters of a citizen id or certificate number; several when the register holds a number twice.</summary>
    public IReadOnlyList<MemberRef> ById(string number) =>
        Key(number.Length > 18 ? number[..18] : number) is { } key ? [.. _byId.At(key).Select(Ref)] : [];

    /// <summary>A member by id. Looks at everybody: for a few members, not for the rows of a file.</summary>
    public MemberRef? Member(Guid id) => _people.FindIndex(p => p.Id == id) is >= 0 and var number ? Ref(number) : null;

    /// <summary>Members of state normal with that name, birth date and village.</summary>
    public IReadOnlyList<MemberRef> ByNameBirthVillage(string name, DateOnly birth, AreaCode village) =>
        [.. _byMonth.At(Key(name, Month(birth), village)).Where(p => _people[p].Birth == birth.DayNumber).Select(Ref)];

    /// <summary>Members of state normal with that name and village, born in that month, for dates without a day.</summary>
    public IReadOnlyList<MemberRef> ByNameMonthVillage(string name, int year, int month, AreaCode village) =>
        [.. _byMonth.At(Key(name, Month(new(year, month, 1)), village)).Select(Ref)];

    /// <summary>Members of state normal who gave that phone as theirs.</summary>
    public IReadOnlyList<MemberRef> ByPhone(string phone) => Key(phone) is { } key ? [.. _byPhone.At(key).Select(Ref)] : [];

    /// <summary>A household by its code 户编号.</summary>
    public HouseholdFound? Household(string code)
    {
        foreach (var home in _homesByCode.At(Hash(code)))
        {
            if (_codes.Is(_homes[home].Code, code))
                return Ref(_homes[home]);
        }
        return null;
    }

    /// <summary>A household by its id.</summary>
    public HouseholdFound? Household(Guid id) => _homesById.TryGetValue(id, out var home) ? Ref(_homes[home]) : null;

    /// <summary>Households with that contact phone.</summary>
    public IReadOnlyList<HouseholdFound> HouseholdsByPhone(string phone) =>
        Key(phone) is { } key ? [.. _homesByPhone.At(key).Select(h => Ref(_homes[h]))] : [];

    /// <summary>Households whose head has that name, in a village.</summary>
    public IReadOnlyList<HouseholdFound> ByHead(string name, AreaCode village) =>
        [.. _homesByHead.At(Key(name, 0, village)).Select(h => Ref(_homes[h]))];

    internal void AddHousehold(Guid id, string code, AreaCode area, string? headName, byte[]? phoneHash)
    {
        var number = _homes.Count;
        _homes.Add(new(id, _codes.Add(code), Village(area)));
        _homesById.Add(id, number);
        _homesByCode.Add(Hash(code), number);
        if (headName is not null)
            _homesByHead.Add(Key(headName, 0, area), number);
        if (phoneHash is not null)
            _homesByPhone.Add(Key(phoneHash), number);
    }

    internal void AddMember(Guid id, string code, Guid household, LifeState state, string? name, DateOnly? birth, string? birthMonth, byte[]? idHash, byte[]? phoneHash)
    {
        if (!_homesById.TryGetValue(household, out var home))
            return;
        var number = _people.Count;
        _people.Add(new(id, _codes.Add(code), home, birth?.DayNumber ?? 0, state, name is null ? 0 : NameKey(name)));
        if (idHash is not null)
            _byId.Add(Key(idHash), number);
        if (state != LifeState.Normal)
            return;
        var month = birth is { } born ? born
            : birthMonth is { Length: 7 } && DateOnly.TryParseExact(birthMonth + "-01", "yyyy-MM-dd", out var first) ? first
            : (DateOnly?)null;
        if (name is not null && month is { } known)
            _byMonth.Add(Key(name, Month(known), _villages[_homes[home].Village]), number);
        if (phoneHash is not null)
            _byPhone.Add(Key(phoneHash), number);
    }

    private MemberRef Ref(int number)
    {
        var person = _people[number];
        var home = _homes[person.Home];
        return new(person.Id, _codes[person.Code], home.Id, _codes[home.Code], _villages[home.Village], person.State) { NameKey = person.NameKey };
    }

    private HouseholdFound Ref(Home home) => new(home.Id, _codes[home.Code], _villages[home.Village]);

    private int Village(AreaCode area)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_villageNumbers, area.Digits, out var known);
        if (!known)
        {
            number = _villages.Count;
            _villages.Add(area);
        }
        return number;
    }

    private UInt128? Key(string text) => _secrets.Hash(text) is { } hash ? Key(hash) : null;

    private static UInt128 Key(byte[] hash) => MemoryMarshal.Read<UInt128>(hash);

    /// <summary>Equal for names that are the same but for blanks and kinds of dots; never zero.</summary>
    internal static uint NameKey(string name) => (uint)(OfName(name) >> 32) | 1;

    private static ulong OfName(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in CellText.PersonName(name))
            hash = Mix(hash, c);
        return hash;
    }

    private static ulong Key(string name, int number, AreaCode village)
    {
        var hash = OfName(name);
        hash = Mix(hash, unchecked((uint)number));
        foreach (var c in village.Digits)
            hash = Mix(hash, c);
        return hash;
    }

    private static int Month(DateOnly day) => day.Year * 12 + day.Month;

    private static ulong Hash(string code)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in code)
            hash = Mix(hash, c);
        return hash;
    }

    // FNV-1a over whole characters.
    private static ulong Mix(ulong hash, uint value) => unchecked((hash ^ value) * 1099511628211UL);

    /// <param name="Birth">The day's number; 0 where the full date is not known.</param>
    private readonly record struct Person(Guid Id, int Code, int Home, int Birth, LifeState State, uint NameKey);

    private readonly record struct Home(Guid Id, int Code, int Village);

    /// <summary>Keys with one or more numbers each; the rare further ones hang in a chain.</summary>
    private sealed class Chains<TKey> where TKey : struct
    {
        private readonly Dictionary<TKey, int> _first = [];
        private Dictionary<int, int>? _next;

        public void EnsureCapacity(int keys) => _first.EnsureCapacity(keys);

        public void Add(TKey key, int number)
        {
            ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_first, key, out var taken);
            if (!taken)
            {
                slot = number;
                return;
            }
            var last = slot;
            _next ??= [];
            while (_next.TryGetValue(last, out var further))
                last = further;
            _next[last] = number;
        }

        public List<int> At(TKey key)
        {
            var found = new List<int>();
            if (!_first.TryGetValue(key, out var number))
                return found;
            found.Add(number);
            while (_next is not null && _next.TryGetValue(number, out number))
                found.Add(number);
            return found;
        }
    }

    /// <summary>Texts as bytes end to end; a text is the place where it begins.</summary>
    private sealed class CodePool
    {
        private byte[] _bytes = new byte[1 << 16];
        private int _end;

        public string this[int at] => Encoding.UTF8.GetString(_bytes, at + 1, _bytes[at]);

        public bool Is(int at, string text) => this[at] == text;

        /// <exception cref="ArgumentException">More than 255 bytes: no code is that long.</exception>
        public int Add(string text)
        {
            var length = Encoding.UTF8.GetByteCount(text);
            if (length > byte.MaxValue)
                throw new ArgumentException($"A code of {length} bytes is too long.", nameof(text));
            if (_end + length + 1 > _bytes.Length)
                Array.Resize(ref _bytes, _bytes.Length * 2);
            var at = _end;
            _bytes[at] = (byte)length;
            Encoding.UTF8.GetBytes(text, _bytes.AsSpan(at + 1));
            _end += length + 1;
            return at;
        }
    }
}

/// <summary>A household as found by the index.</summary>
public readonly record struct HouseholdFound(Guid Id, string Code, AreaCode Village);
