using System.Numerics;
using System.Runtime.InteropServices;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Scan;

namespace Shouwang.Bench.Rules;

/// <summary>A made-up population of 40 columns (16 amounts, 7 counts, 11 truth values, 6 more that no rule reads), with gaps in all.</summary>
/// <remarks>The seed is fixed, and each column has its own stream: the same households for every size, run and engine.</remarks>
internal static class MadePopulation
{
    private const int Amounts = 16, Counts = 7, Truths = 11;

    public static readonly string[] AmountNames =
    [
        "income.gross", "income.rigid", "income.net", "income.previous_net", "income.wage", "income.transfer", "health.self_paid", "health.self_paid_max",
        "health.stay_max", "health.special_month", "education.cost", "loan.overdue", "loan.balance", "loss.disaster", "loss.industry", "debt.private",
    ];

    public static readonly string[] CountNames = ["people.size", "people.elderly", "people.disabled", "people.studying", "people.uninsured", "people.working", "people.away"];

    public static readonly string[] TruthNames =
    [
        "registry.registered", "registry.lifted", "housing.unsafe", "housing.appraised", "water.guaranteed", "health.guaranteed", "education.guaranteed",
        "low.active", "monitoring.active", "people.single", "people.severe",
    ];

    private static readonly string[] UnreadNames = ["housing.appraised_on", "registry.lifted_on", "land.plots", "work.months", "visits.year", "tools.count"];

    /// <summary>Every name with its unit.</summary>
    public static IReadOnlyList<Symbol> Symbols { get; } =
    [
        .. AmountNames.Select(n => new Symbol(n, RuleType.Decimal, Unit.Yuan, Named(n))),
        .. CountNames.Select(n => new Symbol(n, RuleType.Int, Unit.Persons, Named(n))),
        .. TruthNames.Select(n => new Symbol(n, RuleType.Bool, Unit.None, Named(n))),
        .. UnreadNames.Select((n, i) => new Symbol(n, i < 2 ? RuleType.Date : RuleType.Int, i < 2 ? Unit.None : Unit.Times, Named(n))),
    ];

    /// <summary>Makes the columns.</summary>
    public static ScanTable Make(int households)
    {
        var columns = new ScanColumn[Symbols.Count];
        Parallel.For(0, columns.Length, i => columns[i] = Column(i, households));
        return new(households, columns.ToDictionary(c => c.Symbol.Name, StringComparer.Ordinal));
    }

    private static ScanColumn Column(int number, int count)
    {
        var symbol = Symbols[number];
        var random = new Stream(7_919ul * (ulong)(number + 1));
        var known = ColumnMemory.Of(ScanColumn.KnownBytes(count));
        var bits = MemoryMarshal.Cast<byte, ulong>(known.Span);
        var unknowns = 0;
        // One household in 16 lacks the value; the first 64 of a word are drawn together.
        for (var word = 0; word < (count + 63) / 64; word++)
        {
            var gaps = random.Next() & random.Next() & random.Next() & random.Next();
            var valid = word == count / 64 ? (1ul << count % 64) - 1 : ulong.MaxValue;
            bits[word] = ~gaps & valid;
            unknowns += BitOperations.PopCount(gaps & valid);
        }
        return number switch
        {
            < Amounts => Filled<int>(ColumnStorage.Int32, 2, i => Amount(number, ref random)),
            < Amounts + Counts => Filled<sbyte>(ColumnStorage.Int8, 0, i => (sbyte)(number == Amounts ? 1 + random.Next() % 8 : random.Next() % 4 * (random.Next() & 1))),
            < Amounts + Counts + Truths => Truth(),
            < Amounts + Counts + Truths + 2 => Filled<short>(ColumnStorage.Int16, 0, i => (short)(8_000 + random.Next() % 3_000)),
            _ => Filled<sbyte>(ColumnStorage.Int8, 0, i => (sbyte)(random.Next() % 12)),
        };

        ScanColumn Filled<T>(ColumnStorage storage, int scale, Func<int, T> value) where T : unmanaged, INumber<T>
        {
            var data = ColumnMemory.Of(ScanColumn.DataBytes(storage, count));
            var cells = MemoryMarshal.Cast<byte, T>(data.Span);
            var (least, greatest) = (long.MaxValue, long.MinValue);
            for (var i = 0; i < count; i++)
            {
                var next = value(i);
                if ((known.Span[i >> 3] >> (i & 7) & 1) == 0)
                    continue;
                cells[i] = next;
                (least, greatest) = (Math.Min(least, long.CreateTruncating(next)), Math.Max(greatest, long.CreateTruncating(next)));
            }
            return new(symbol, count, new(storage, scale, least, greatest, unknowns), data, known);
        }

        ScanColumn Truth()
        {
            var data = ColumnMemory.Of(ScanColumn.DataBytes(ColumnStorage.Bits, count));
            var cells = MemoryMarshal.Cast<byte, ulong>(data.Span);
            for (var word = 0; word < (count + 63) / 64; word++)
                cells[word] = random.Next() & random.Next() & random.Next() & MemoryMarshal.Cast<byte, ulong>(known.Span)[word];
            return new(symbol, count, new(ColumnStorage.Bits, 0, 0, 1, unknowns), data, known);
        }
    }

    /// <summary>In fen: incomes of some ten thousand yuan; costs that most households do not have.</summary>
    private static int Amount(int number, ref Stream random)
    {
        var (a, b) = (random.Next(), random.Next());
        var most = number switch { 0 => 12_000_000ul, 1 => 5_000_000ul, 2 or 3 => 9_000_000ul, 4 or 5 => 6_000_000ul, _ => 4_000_000ul };
        var amount = a % most * (b % 1024) / 1024;
        return number >= 6 && (b >> 32 & 7) != 0 ? 0 : (int)amount;
    }

    private static Text Named(string name) => new(name, name);

    /// <summary>SplitMix64 (Steele, Lea and Flood, 2014).</summary>
    private struct Stream(ulong seed)
    {
        private ulong _state = seed;

        public ulong Next()
        {
            unchecked
            {
                var z = _state += 0x9E3779B97F4A7C15;
                z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
                z = (z ^ z >> 27) * 0x94D049BB133111EB;
                return z ^ z >> 31;
            }
        }
    }
}
