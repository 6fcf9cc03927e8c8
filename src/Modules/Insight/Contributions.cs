namespace Shouwang.Modules.Insight;

/// <summary>What each place adds to one figure, in the order of places: five bytes each where it is one, one of one, or none of one.</summary>
/// <remarks>A county has hundreds of thousands of households and more than a hundred figures; a table of decimals would take gigabytes.</remarks>
internal sealed class Contributions
{
    private const byte One = 0, OneOfOne = 1, NoneOfOne = 2, Other = 3;

    private readonly List<int> _places = [];
    private readonly List<byte> _kinds = [];

    // What is of the kind "other", by its place in the two lists.
    private readonly Dictionary<int, Sums> _others = [];

    /// <summary>Places with what they add.</summary>
    public IEnumerable<(int Place, Sums Adds)> All
    {
        get
        {
            for (var i = 0; i < _places.Count; i++)
                yield return (_places[i], At(i));
        }
    }

    /// <summary>Adds to a place. Quick where places come in order, or twice in a row.</summary>
    public void Add(int place, Sums adds)
    {
        if (_places.Count > 0 && _places[^1] == place)
        {
            Set(_places.Count - 1, At(_places.Count - 1).Plus(adds.Numerator, adds.Denominator));
            return;
        }
        _places.Add(place);
        _kinds.Add(0);
        Set(_places.Count - 1, adds);
    }

    /// <summary>Brings the places in order, each of them once.</summary>
    public void Order()
    {
        var isOrdered = true;
        for (var i = 1; i < _places.Count && isOrdered; i++)
            isOrdered = _places[i - 1] < _places[i];
        if (isOrdered)
            return;
        var (places, adds) = (_places.ToArray(), new Sums[_places.Count]);
        for (var i = 0; i < adds.Length; i++)
            adds[i] = At(i);
        Array.Sort(places, adds);
        _places.Clear();
        _kinds.Clear();
        _others.Clear();
        for (var i = 0; i < adds.Length; i++)
            Add(places[i], adds[i]);
    }

    public void Write(BinaryWriter to)
    {
        to.Write7BitEncodedInt(_places.Count);
        var last = 0;
        for (var i = 0; i < _places.Count; i++)
        {
            to.Write7BitEncodedInt(_places[i] - last);
            last = _places[i];
            to.Write(_kinds[i]);
            if (_kinds[i] != Other)
                continue;
            to.Write(_others[i].Numerator);
            to.Write(_others[i].Denominator);
        }
    }

    public static Contributions Read(BinaryReader from)
    {
        var (read, place) = (new Contributions(), 0);
        for (var count = from.Read7BitEncodedInt(); count > 0; count--)
        {
            place += from.Read7BitEncodedInt();
            var kind = from.ReadByte();
            read.Add(place, kind < Other ? Usual(kind) : new(from.ReadDecimal(), from.ReadDecimal()));
        }
        return read;
    }

    private Sums At(int index) => _kinds[index] == Other ? _others[index] : Usual(_kinds[index]);

    private static Sums Usual(byte kind) => kind switch { One => new(1, 0), OneOfOne => new(1, 1), _ => new(0, 1) };

    private void Set(int index, Sums adds)
    {
        var kind = (adds.Numerator, adds.Denominator) switch { (1, 0) => One, (1, 1) => OneOfOne, (0, 1) => NoneOfOne, _ => Other };
        if (_kinds[index] == Other && kind != Other)
            _others.Remove(index);
        _kinds[index] = kind;
        if (kind == Other)
            _others[index] = adds;
    }
}
