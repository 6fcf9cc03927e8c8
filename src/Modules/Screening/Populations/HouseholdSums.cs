using System.Numerics;
using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Kernel.Rules.Scan;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform;
using Shouwang.Platform.Policy;

namespace Shouwang.Modules.Screening.Populations;

/// <inheritdoc cref="IHouseholdSums"/>
/// <remarks>All conditions are scanned in one pass; what they leave is bits, and only those households are touched again, once for each sum.</remarks>
internal sealed class HouseholdSums(PopulationStore store, ChangedHouseholds changes, IFeatures features, RuleCatalogue catalogue, Policies policies) : IHouseholdSums
{
    public ISymbols Names { get; } = PolicySymbols.For(catalogue.Features);

    public async Task<IReadOnlyList<IReadOnlyList<AreaSum>>> ByArea(AreaCode county, DateOnly asOf, IReadOnlyList<HouseholdSum> sums, CancellationToken cancel)
    {
        var lines = LinesOf(await policies.For(county.County, asOf, cancel));
        return await Overlaid.Read<IReadOnlyList<IReadOnlyList<AreaSum>>>(store, changes, features, county.County, asOf, laid =>
        {
            var scan = new SumScan(laid, sums, lines);
            var found = new IReadOnlyList<AreaSum>[sums.Count];
            Parallel.For(0, sums.Count, i => found[i] = scan.ByArea(i));
            return found;
        }, cancel);
    }

    public async Task Each(AreaCode within, DateOnly asOf, IReadOnlyList<HouseholdSum> sums, Action<HouseholdPart> part, CancellationToken cancel)
    {
        var lines = LinesOf(await policies.For(within.County, asOf, cancel));
        await Overlaid.Read(store, changes, features, within.County, asOf, laid =>
        {
            var scan = new SumScan(laid, sums, lines);
            var inside = laid.Population.AreaCodes.Select(code => within.Contains(new(code))).ToArray();
            for (var i = 0; i < sums.Count; i++)
                scan.Each(i, inside, part);
            return 0;
        }, cancel);
    }

    private static Dictionary<string, RuleValue> LinesOf(Policy policy) => new(StringComparer.Ordinal)
    {
        [PolicySymbols.PovertyLine.Name] = RuleValue.Decimal(policy.PovertyLine?.YuanPerHead),
        [PolicySymbols.MonitoringLine.Name] = RuleValue.Decimal(policy.MonitoringLine?.YuanPerHead),
    };

    /// <summary>Conditions scanned over one population; sums of them may be asked for by several threads at once.</summary>
    private sealed class SumScan
    {
        private readonly Overlaid _laid;
        private readonly IReadOnlyList<HouseholdSum> _sums;
        private readonly Dictionary<string, RuleValue> _lines;
        private readonly Func<Symbol, RuleValue> _constants;
        private readonly Dictionary<string, ulong[]> _holding = new(StringComparer.Ordinal);
        private readonly ulong[] _all;

        public SumScan(Overlaid laid, IReadOnlyList<HouseholdSum> sums, Dictionary<string, RuleValue> lines)
        {
            (_laid, _sums, _lines, _constants) = (laid, sums, lines, PopulationConstants.Of(lines, laid.Population.AsOf));
            var conditions = sums.Select(s => s.When).OfType<RuleExpression>().DistinctBy(c => c.Source).ToList();
            if (conditions.Count > 0 && laid.Population.Count > 0)
            {
                var bits = ScanProgram.Compile(laid.Population.Table, [.. conditions.Select(c => new ScanRule(c, _constants))], ScanOutputs.Holding, unknown: false).Run().Holding!;
                for (var i = 0; i < conditions.Count; i++)
                    _holding.Add(conditions[i].Source, bits[i]);
            }
            _all = new ulong[(laid.Population.Count + 63) / 64];
            Array.Fill(_all, ulong.MaxValue);
            if (laid.Population.Count % 64 is var rest and > 0)
                _all[^1] = (1ul << rest) - 1;
            // What changed is asked again below, with its new values.
            foreach (var bits in _holding.Values.Append(_all))
                foreach (var place in laid.Rows.Keys)
                    bits[place >> 6] &= ~(1ul << (place & 63));
        }

        public IReadOnlyList<AreaSum> ByArea(int sum)
        {
            var population = _laid.Population;
            if (_sums[sum].By is null)
            {
                var areas = new decimal[population.AreaCodes.Count];
                Visit(sum, null, (place, _, adds) => areas[population.AreaOf[place]] += adds);
                return [.. areas.Index().Where(a => a.Item != 0).Select(a => new AreaSum(population.AreaCodes[a.Index], "", a.Item))];
            }
            var parts = new Dictionary<(int Area, string Value), decimal>();
            Visit(sum, null, (place, value, adds) => parts[(population.AreaOf[place], value)] = parts.GetValueOrDefault((population.AreaOf[place], value)) + adds);
            return [.. parts.Select(p => new AreaSum(population.AreaCodes[p.Key.Area], p.Key.Value, p.Value))];
        }

        public void Each(int sum, bool[] inside, Action<HouseholdPart> part)
        {
            var population = _laid.Population;
            Visit(sum, inside, (place, value, adds) => part(new(sum, population.Ids[place], population.AreaCodes[population.AreaOf[place]], value, adds)));
        }

        /// <param name="inside">By place in the area codes, whether households there are visited; null for all.</param>
        private void Visit(int sum, bool[]? inside, Action<int, string, decimal> visit)
        {
            var (asked, population) = (_sums[sum], _laid.Population);
            var by = asked.By is { } feature ? population.Table.Columns[feature] : null;
            var weight = WeightOf(asked.Weight, population.Table);
            var bits = asked.When is { } when ? _holding.GetValueOrDefault(when.Source) ?? [] : _all;
            for (var word = 0; word < bits.Length; word++)
            {
                for (var left = bits[word]; left != 0; left &= left - 1)
                {
                    var place = word * 64 + BitOperations.TrailingZeroCount(left);
                    if (inside?[population.AreaOf[place]] != false && weight(place) is var adds and not 0)
                        visit(place, by?[place].AsText ?? "", adds);
                }
            }
            if (_laid.Over is not { } over)
                return;
            var inputs = over.Inputs(_lines);
            foreach (var (place, row) in _laid.Rows)
            {
                inputs.Index = row;
                if (inside?[population.AreaOf[place]] != false && (asked.When is null || asked.When.Holds(inputs) is true)
                    && (asked.Weight is null ? 1 : asked.Weight.Evaluate(inputs).AsDecimal ?? 0) is var adds and not 0)
                    visit(place, asked.By is { } name ? over.Columns[name][row].AsText ?? "" : "", adds);
            }
        }

        private Func<int, decimal> WeightOf(RuleExpression? weight, ScanTable table)
        {
            if (weight is null)
                return _ => 1;
            if (weight.Root is Name name && table.Columns.TryGetValue(name.Dotted, out var column))
                return place => column[place].AsDecimal ?? 0;
            var inputs = table.Inputs(_constants);
            return place =>
            {
                inputs.Index = place;
                return weight.Evaluate(inputs).AsDecimal ?? 0;
            };
        }
    }
}
