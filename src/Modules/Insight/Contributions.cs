using System.Buffers.Binary;

namespace Shouwang.Modules.Insight;

/// <summary>What each place adds to one figure, in the order of places: five bytes each where it is one, one of one, or none of one.</summary>
/// <remarks>A county has hundreds of thousands of households and more than a hundred figures; a table of decimals would take gigabytes.</remarks>
internal sealed class Contributions
{
    private const byte One = 0, OneOfOne = 1, NoneOfOne = 2, Other = 3;
    private const int DecimalSize = 16;

    private readonly List<int> _places;
    private readonly List<byte> _kinds;

    // What is of the kind "other", in the order of places.
    private readonly List<Sums> _others = [];

    public Contributions(int capacity = 0) => (_places, _kinds) = (new(capacity), new(capacity));

    /// <summary>Places with what they add.</summary>
    public IEnumerable<(int Place, Sums Adds)> All
    {
        get
        {
            var other = 0;
            for (var i = 0; i < _places.Count; i++)
                yield return (_places[i], _kinds[i] == Other ? _others[other++] : Usual(_kinds[i]));
        }
    }

    /// <summary>Adds to a place. Quick where places come in order, or twice in a row.</summary>
    public void Add(int place, Sums adds)
    {
        if (_places.Count > 0 && _places[^1] == place)
            adds = TakeLast().Plus(adds.Numerator, adds.Denominator);
        var kind = KindOf(adds);
        _places.Add(place);
        _kinds.Add(kind);
        if (kind == Other)
            _others.Add(adds);
    }

    /// <summary>Brings the places in order, each of them once.</summary>
    public void Order()
    {
        var isOrdered = true;
        for (var i = 1; i < _places.Count && isOrdered; i++)
            isOrdered = _places[i - 1] < _places[i];
        if (isOrdered)
            return;
        var (places, adds) = (_places.ToArray(), All.Select(a => a.Adds).ToArray());
        Array.Sort(places, adds);
        _places.Clear();
        _kinds.Clear();
        _others.Clear();
        for (var i = 0; i < adds.Length; i++)
            Add(places[i], adds[i]);
    }

    /// <summary>Steps from place to place, then kinds, then the other amounts: alike stands beside alike, which packs well.</summary>
    public void Write(BinaryWriter to)
    {
        to.Write7BitEncodedInt(_places.Count);
        var last = 0;
        foreach (var place in _places)
        {
            to.Write7BitEncodedInt(place - last);
            last = place;
        }
        foreach (var kind in _kinds)
            to.Write(kind);
        foreach (var (numerator, denominator) in _others)
        {
            to.Write(numerator);
            to.Write(denominator);
        }
    }

    /// <exception cref="InvalidDataException">It ends before it should.</exception>
    public static Contributions Read(ReadOnlySpan<byte> from)
    {
        var (at, place) = (0, 0);
        var count = ReadInt(from, ref at);
        var read = new Contributions(count);
        for (var i = 0; i < count; i++)
            read._places.Add(place += ReadInt(from, ref at));
        foreach (var kind in from.Slice(at, count))
            read._kinds.Add(kind);
        for (at += count; at < from.Length; at += 2 * DecimalSize)
            read._others.Add(new(ReadDecimal(from[at..]), ReadDecimal(from[(at + DecimalSize)..])));
        return read;
    }

    /// <summary>The older form, in which the parts of each place stand together.</summary>
    public static Contributions ReadPlaceByPlace(BinaryReader from)
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

    private Sums TakeLast()
    {
        var (kind, last) = (_kinds[^1], Usual(_kinds[^1]));
        if (kind == Other)
        {
            last = _others[^1];
            _others.RemoveAt(_others.Count - 1);
        }
        _places.RemoveAt(_places.Count - 1);
        _kinds.RemoveAt(_kinds.Count - 1);
        return last;
    }

    private static Sums Usual(byte kind) => kind switch { One => new(1, 0), OneOfOne => new(1, 1), _ => new(0, 1) };

    private static byte KindOf(Sums adds) => (adds.Numerator, adds.Denominator) switch { (1, 0) => One, (1, 1) => OneOfOne, (0, 1) => NoneOfOne, _ => Other };

    private static int ReadInt(ReadOnlySpan<byte> from, ref int at)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = from[at++];
            value |= (next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }

    private static decimal ReadDecimal(ReadOnlySpan<byte> from)
    {
        Span<int> bits = stackalloc int[4];
        for (var i = 0; i < 4; i++)
            bits[i] = BinaryPrimitives.ReadInt32LittleEndian(from[(4 * i)..]);
        return new(bits);
    }
}
