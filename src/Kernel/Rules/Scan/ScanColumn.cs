using System.Numerics;
using System.Runtime.InteropServices;

namespace Shouwang.Kernel.Rules.Scan;

/// <summary>How a column keeps its values.</summary>
public enum ColumnStorage : byte
{
    /// <summary>One bit a household: truth values.</summary>
    Bits,
    Int8,
    Int16,
    Int32,
    Int64,

    /// <summary>Values as they are, for what no whole number holds (lists, decimals past 18 digits); read one by one only.</summary>
    Values,
}

/// <summary>One feature of a whole population: whole numbers of the narrowest width that holds them, and a bit for "known".</summary>
/// <remarks>
/// A value is <c>(stored + base) / 10^scale</c>: fen for yuan, day numbers for dates (counted from 1990, so that two bytes
/// hold 1901–2079), the place in <see cref="Dictionary"/> for texts. An unknown value is stored as 0 with its bit cleared.
/// Both stores are padded to whole blocks of <see cref="ScanTable.BlockRows"/> households, so that loops need no tail.
/// </remarks>
public sealed class ScanColumn
{
    /// <summary>Decimal places at most; what needs more is kept as <see cref="ColumnStorage.Values"/>.</summary>
    public const int MaxScale = 16;

    private static readonly long DateBase = new DateOnly(1990, 1, 1).DayNumber;

    private readonly Memory<byte> _data;
    private readonly Memory<byte> _known;
    private readonly RuleValue[]? _values;
    private readonly List<string>? _dictionary;
    private readonly Dictionary<string, int>? _codes;

    /// <summary>A column over memory that somebody else keeps, such as a mapped file.</summary>
    /// <param name="data">As long as <see cref="DataBytes"/> says.</param>
    /// <param name="known">As long as <see cref="KnownBytes"/> says.</param>
    /// <exception cref="ArgumentException">The memory is too short, or the storage does not go with the type.</exception>
    public ScanColumn(Symbol symbol, int count, ColumnShape shape, Memory<byte> data, Memory<byte> known, IEnumerable<string>? dictionary = null)
    {
        if (shape.Storage == ColumnStorage.Values || (shape.Storage == ColumnStorage.Bits) != (symbol.Type == RuleType.Bool)
            || data.Length < DataBytes(shape.Storage, count) || known.Length < KnownBytes(count))
            throw new ArgumentException($"{symbol.Name}: {shape.Storage} of {data.Length} bytes cannot hold {count} values of {symbol.Type}.", nameof(data));
        (Symbol, Count, Shape, _data, _known) = (symbol, count, shape, data, known);
        if (symbol.Type != RuleType.Text)
            return;
        _dictionary = [.. dictionary ?? []];
        _codes = _dictionary.Index().ToDictionary(e => e.Item, e => e.Index, StringComparer.Ordinal);
    }

    private ScanColumn(Symbol symbol, RuleValue[] values, Memory<byte> known, int unknowns) =>
        (Symbol, Count, Shape, _values, _known) = (symbol, values.Length, new(ColumnStorage.Values, 0, 0, 0, unknowns), values, known);

    public Symbol Symbol { get; }

    /// <summary>Households.</summary>
    public int Count { get; }

    /// <summary>Storage, scale, and between which stored numbers all values lie.</summary>
    public ColumnShape Shape { get; private set; }

    /// <summary>Different texts by their codes; empty for other types.</summary>
    public IReadOnlyList<string> Dictionary => _dictionary ?? [];

    /// <summary>What is added to a stored number before it is scaled.</summary>
    public long Base => Symbol.Type == RuleType.Date ? DateBase : 0;

    /// <summary>Memory it takes, padding included.</summary>
    public long Bytes => _data.Length + _known.Length + Dictionary.Sum(t => 2L * t.Length);

    /// <summary>The stored numbers, padding included.</summary>
    public ReadOnlySpan<byte> Data => _data.Span;

    /// <summary>One bit a household, set where there is a value.</summary>
    public ReadOnlySpan<ulong> Known => MemoryMarshal.Cast<byte, ulong>(_known.Span);

    public static int DataBytes(ColumnStorage storage, int count) => storage switch
    {
        ColumnStorage.Bits => Padded(count) / 8,
        ColumnStorage.Int8 => Padded(count),
        ColumnStorage.Int16 => Padded(count) * 2,
        ColumnStorage.Int32 => Padded(count) * 4,
        ColumnStorage.Int64 => Padded(count) * 8,
        ColumnStorage.Values => 0,
    };

    public static int KnownBytes(int count) => Padded(count) / 8;

    /// <summary>Builds a column of the narrowest storage from whole numbers.</summary>
    /// <param name="numbers">At the scale; of dates, the day numbers counted from day 1; of texts, their places in the dictionary. Ignored where nothing is known.</param>
    /// <param name="known">One bit a household, from the least of the first word on; none past the last household.</param>
    /// <param name="scale">Decimal places.</param>
    /// <param name="dictionary">The texts of a column of texts.</param>
    /// <exception cref="ArgumentException">The type is no number, date or text.</exception>
    public static ScanColumn Of<T>(Symbol symbol, ReadOnlySpan<T> numbers, ReadOnlySpan<ulong> known, int scale, IEnumerable<string>? dictionary = null)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (symbol.Type is not (RuleType.Int or RuleType.Decimal or RuleType.Date or RuleType.Text))
            throw new ArgumentException($"{symbol.Name} is {symbol.Type}.", nameof(symbol));
        var first = T.CreateChecked(symbol.Type == RuleType.Date ? DateBase : 0);
        var (least, greatest, knowns) = (T.Zero, T.Zero, 0);
        for (var i = 0; i < numbers.Length; i++)
        {
            if ((known[i >> 6] >> i & 1) == 0)
                continue;
            var number = numbers[i] - first;
            (least, greatest) = knowns++ == 0 ? (number, number) : (T.Min(least, number), T.Max(greatest, number));
        }
        var (from, to) = (long.CreateChecked(least), long.CreateChecked(greatest));
        var shape = new ColumnShape(Narrowest(from, to), scale, from, to, numbers.Length - knowns);
        var column = new ScanColumn(symbol, numbers.Length, shape, ColumnMemory.Of(DataBytes(shape.Storage, numbers.Length)), Bits(known, numbers.Length), dictionary);
        switch (shape.Storage)
        {
            case ColumnStorage.Int8:
                Narrow(numbers, known, first, column.Cells<sbyte>());
                break;
            case ColumnStorage.Int16:
                Narrow(numbers, known, first, column.Cells<short>());
                break;
            case ColumnStorage.Int32:
                Narrow(numbers, known, first, column.Cells<int>());
                break;
            case ColumnStorage.Int64:
                Narrow(numbers, known, first, column.Cells<long>());
                break;
            case ColumnStorage.Bits or ColumnStorage.Values:
                throw new InvalidOperationException($"{symbol.Name}: numbers are not kept as {shape.Storage}.");
        }
        return column;
    }

    /// <summary>Builds a column of truth values.</summary>
    /// <param name="truth">One bit a household, from the least of the first word on. Ignored where nothing is known.</param>
    /// <param name="known">Likewise; none past the last household.</param>
    /// <exception cref="ArgumentException">The type is no truth value.</exception>
    public static ScanColumn OfBits(Symbol symbol, int count, ReadOnlySpan<ulong> truth, ReadOnlySpan<ulong> known)
    {
        var (data, ones, knowns) = (ColumnMemory.Of(DataBytes(ColumnStorage.Bits, count)), 0, 0);
        var words = MemoryMarshal.Cast<byte, ulong>(data.Span);
        for (var i = 0; i < known.Length; i++)
        {
            words[i] = truth[i] & known[i];
            (ones, knowns) = (ones + BitOperations.PopCount(words[i]), knowns + BitOperations.PopCount(known[i]));
        }
        return new(symbol, count, new(ColumnStorage.Bits, 0, ones > 0 && ones == knowns ? 1 : 0, ones > 0 ? 1 : 0, count - knowns), data, Bits(known, count));
    }

    private static Memory<byte> Bits(ReadOnlySpan<ulong> known, int count)
    {
        var bits = ColumnMemory.Of(KnownBytes(count));
        MemoryMarshal.AsBytes(known).CopyTo(bits.Span);
        return bits;
    }

    private static void Narrow<TFrom, TTo>(ReadOnlySpan<TFrom> numbers, ReadOnlySpan<ulong> known, TFrom first, Span<TTo> cells)
        where TFrom : unmanaged, IBinaryInteger<TFrom>
        where TTo : unmanaged, IBinaryInteger<TTo>
    {
        for (var i = 0; i < numbers.Length; i++)
            if ((known[i >> 6] >> i & 1) != 0)
                cells[i] = TTo.CreateTruncating(numbers[i] - first);
    }

    /// <summary>Builds a column of the narrowest storage.</summary>
    /// <param name="value">The value of each household, unknown where there is none.</param>
    public static ScanColumn Of(Symbol symbol, int count, Func<int, RuleValue> value)
    {
        if (symbol.Type is RuleType.List or RuleType.Duration)
            return Plain(symbol, count, value);
        var known = ColumnMemory.Of(KnownBytes(count));
        var numbers = new long[count];
        var texts = symbol.Type == RuleType.Text ? new Dictionary<string, int>(StringComparer.Ordinal) : null;
        var scale = symbol.Type == RuleType.Decimal ? ScaleOf(count, value) : 0;
        if (scale > MaxScale)
            return Plain(symbol, count, value);
        var (least, greatest, unknowns) = (long.MaxValue, long.MinValue, 0);
        for (var i = 0; i < count; i++)
        {
            if (value(i) is not { IsKnown: true } v)
            {
                unknowns++;
                continue;
            }
            if (texts is not null)
                texts.TryAdd(v.TextOrEmpty, texts.Count);
            if (Number(v, symbol.Type, scale, texts) is not { } number)
                return Plain(symbol, count, value);
            numbers[i] = number;
            known.Span[i >> 3] |= (byte)(1 << (i & 7));
            (least, greatest) = (Math.Min(least, number), Math.Max(greatest, number));
        }
        if (unknowns == count)
            (least, greatest) = (0, 0);
        var storage = symbol.Type == RuleType.Bool ? ColumnStorage.Bits : Narrowest(least, greatest);
        var column = new ScanColumn(symbol, count, new(storage, scale, least, greatest, unknowns), ColumnMemory.Of(DataBytes(storage, count)), known, texts?.Keys);
        for (var i = 0; i < count; i++)
            column.Store(i, numbers[i]);
        return column;
    }

    /// <summary>The value of a household.</summary>
    public RuleValue this[int index]
    {
        get
        {
            if (_values is not null)
                return _values[index];
            if (!IsKnown(index))
                return RuleValue.Unknown;
            return ValueOf(Stored(index));
        }
    }

    /// <summary>The value that a stored number stands for.</summary>
    internal RuleValue ValueOf(long stored) => Symbol.Type switch
    {
        RuleType.Bool => RuleValue.Bool(stored != 0),
        RuleType.Int => RuleValue.Int(stored),
        RuleType.Decimal => RuleValue.Decimal(Unscaled(stored, Shape.Scale)),
        RuleType.Date => RuleValue.Date(DateOnly.FromDayNumber((int)(stored + DateBase))),
        RuleType.Text => RuleValue.Text(_dictionary![(int)stored]),
        RuleType.Duration or RuleType.List => throw new InvalidOperationException($"{Symbol.Name} is kept as values."),
    };

    private static decimal Unscaled(long stored, int scale)
    {
        var digits = stored < 0 ? unchecked(0 - (ulong)stored) : (ulong)stored;
        return new(unchecked((int)digits), unchecked((int)(digits >> 32)), 0, stored < 0, (byte)scale);
    }

    public bool IsKnown(int index) => (_known.Span[index >> 3] >> (index & 7) & 1) != 0;

    /// <summary>Replaces the value of one household.</summary>
    /// <returns>False when this storage cannot hold it: then the column has to be built anew.</returns>
    public bool TrySet(int index, RuleValue value)
    {
        if (_values is not null)
        {
            Note(index, value.IsKnown);
            _values[index] = value;
            return true;
        }
        var number = 0L;
        if (value.IsKnown)
        {
            var mostCodes = Shape.Storage == ColumnStorage.Int8 ? sbyte.MaxValue : Shape.Storage == ColumnStorage.Int16 ? short.MaxValue : int.MaxValue;
            if (_codes is not null && !_codes.ContainsKey(value.TextOrEmpty))
            {
                if (_codes.Count > mostCodes)
                    return false;
                _codes.Add(value.TextOrEmpty, _codes.Count);
                _dictionary!.Add(value.TextOrEmpty);
            }
            if (Number(value, Symbol.Type, Shape.Scale, _codes) is not { } n || (Shape.Storage != ColumnStorage.Bits && Narrowest(n, n) > Shape.Storage))
                return false;
            number = n;
            Shape = Shape with { Least = Math.Min(Shape.Least, n), Greatest = Math.Max(Shape.Greatest, n) };
        }
        Note(index, value.IsKnown);
        Store(index, number);
        return true;
    }

    private void Note(int index, bool known)
    {
        Shape = Shape with { Unknowns = Shape.Unknowns + (IsKnown(index) ? 1 : 0) - (known ? 1 : 0) };
        ref var bits = ref _known.Span[index >> 3];
        bits = (byte)(known ? bits | (1 << (index & 7)) : bits & ~(1 << (index & 7)));
    }

    private long Stored(int index) => Shape.Storage switch
    {
        ColumnStorage.Bits => _data.Span[index >> 3] >> (index & 7) & 1,
        ColumnStorage.Int8 => Cells<sbyte>()[index],
        ColumnStorage.Int16 => Cells<short>()[index],
        ColumnStorage.Int32 => Cells<int>()[index],
        ColumnStorage.Int64 => Cells<long>()[index],
        ColumnStorage.Values => throw new InvalidOperationException($"{Symbol.Name} is kept as values."),
    };

    private void Store(int index, long number)
    {
        switch (Shape.Storage)
        {
            case ColumnStorage.Bits:
                ref var bits = ref _data.Span[index >> 3];
                bits = (byte)(number != 0 ? bits | (1 << (index & 7)) : bits & ~(1 << (index & 7)));
                break;
            case ColumnStorage.Int8:
                Cells<sbyte>()[index] = (sbyte)number;
                break;
            case ColumnStorage.Int16:
                Cells<short>()[index] = (short)number;
                break;
            case ColumnStorage.Int32:
                Cells<int>()[index] = (int)number;
                break;
            case ColumnStorage.Int64:
                Cells<long>()[index] = number;
                break;
            case ColumnStorage.Values:
                throw new InvalidOperationException($"{Symbol.Name} is kept as values.");
        }
    }

    private Span<T> Cells<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(_data.Span);

    private static ScanColumn Plain(Symbol symbol, int count, Func<int, RuleValue> value)
    {
        var known = ColumnMemory.Of(KnownBytes(count));
        var (values, unknowns) = (new RuleValue[count], 0);
        for (var i = 0; i < count; i++)
        {
            values[i] = value(i);
            if (values[i].IsKnown)
                known.Span[i >> 3] |= (byte)(1 << (i & 7));
            else
                unknowns++;
        }
        return new(symbol, values, known, unknowns);
    }

    private static int ScaleOf(int count, Func<int, RuleValue> value)
    {
        var scale = 0;
        for (var i = 0; i < count; i++)
        {
            if (value(i).AsDecimal is { Scale: > 0 } number && number.Scale > scale && (number = Trimmed(number)).Scale > scale)
                scale = number.Scale;
        }
        return scale;
    }

    /// <summary>Without zeros at its end.</summary>
    private static decimal Trimmed(decimal number) => number / 1.0000000000000000000000000000m;

    private static long? Number(RuleValue value, RuleType type, int scale, Dictionary<string, int>? codes) => type switch
    {
        RuleType.Bool => value.AsBool == true ? 1 : 0,
        RuleType.Int => value.AsInt,
        RuleType.Decimal => Scaled(value.Order, scale),
        RuleType.Date => (long)value.Order - DateBase,
        RuleType.Text => codes!.TryGetValue(value.TextOrEmpty, out var code) ? code : null,
        RuleType.Duration or RuleType.List => null,
    };

    private static long? Scaled(decimal number, int scale)
    {
        if (Math.Abs(number) > long.MaxValue / Powers.Decimals[scale])
            return null;
        var scaled = number * Powers.Decimals[scale];
        return scaled == decimal.Truncate(scaled) ? (long)scaled : null;
    }

    private static ColumnStorage Narrowest(long least, long greatest) =>
        least >= sbyte.MinValue && greatest <= sbyte.MaxValue ? ColumnStorage.Int8
        : least >= short.MinValue && greatest <= short.MaxValue ? ColumnStorage.Int16
        : least >= int.MinValue && greatest <= int.MaxValue ? ColumnStorage.Int32
        : ColumnStorage.Int64;

    private static int Padded(int count) => checked((count + ScanTable.BlockRows - 1) / ScanTable.BlockRows * ScanTable.BlockRows);
}

/// <summary>How a column is stored, and what is known of its values.</summary>
/// <param name="Scale">Decimal places.</param>
/// <param name="Least">No stored number is below this.</param>
/// <param name="Greatest">No stored number is above this.</param>
/// <param name="Unknowns">Households without a value.</param>
public readonly record struct ColumnShape(ColumnStorage Storage, int Scale, long Least, long Greatest, int Unknowns);

/// <summary>Powers of ten.</summary>
internal static class Powers
{
    public static readonly decimal[] Decimals = [.. Enumerable.Range(0, 29).Select(n => (decimal)BigInteger.Pow(10, n))];
}
