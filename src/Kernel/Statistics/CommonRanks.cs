namespace Shouwang.Kernel.Statistics;

/// <summary>A share that counts for a rank.</summary>
/// <param name="Weight">Above 0; what counts is its part of all weights.</param>
/// <param name="Nought">The share that gives no points.</param>
/// <param name="Target">The share that gives 100 points; other than <paramref name="Nought"/>. Shares beyond it give more.</param>
public sealed record RankedShare(int Weight, double Nought, double Target)
{
    internal double Points(double share) => 100 * (share - Nought) / (Target - Nought);
}

/// <summary>What a unit brings to a ranking: for each share, in the same order, how many of how many cases.</summary>
public sealed record UnitCases(string Unit, IReadOnlyList<(int Successes, int Cases)> Shares);

/// <summary>Where a unit stands.</summary>
/// <param name="Score">Weighted points; null where nobody has any case.</param>
/// <param name="Low">The lower end of what the score may really be; units whose ranges overlap cannot be told apart.</param>
/// <param name="High">The upper end.</param>
/// <param name="Rank">Common to all that cannot be told from the best of those that are not ranked above; null where the unit has too few cases.</param>
/// <param name="Best">The best place it may really have, not below the rank; null as above.</param>
/// <param name="Worst">The worst, not above the rank.</param>
public sealed record UnitRank(string Unit, decimal? Score, decimal? Low, decimal? High, int? Rank, int? Best, int? Worst);

/// <summary>Ranks units by shares of cases, apart only where chance does not explain it.</summary>
/// <remarks>
/// Small units reach the top and the bottom of every table by luck: Gelman, Price: All maps of parameter estimates are misleading, Statistics in Medicine 18 (1999);
/// Goldstein, Spiegelhalter: League tables and their limitations, Journal of the Royal Statistical Society A 159 (1996), which sets intervals so that
/// those of two equal units rarely fail to overlap. Here that is held for all pairs together: tables are drawn in which every unit has the share that all units have
/// together and its own number of cases; the intervals are as wide as it takes for 95 of 100 such tables to come out as one common rank. The same units
/// and seed always give the same.
/// </remarks>
public static class CommonRanks
{
    private const int Draws = 2_000;
    private const double Sure = 0.95;

    // With nobody to compare with: the 97.5th percentile of the standard normal distribution.
    private const double Alone = 1.96;

    /// <param name="least">A unit in which shares with so many cases make up less than half of the weights is not ranked.</param>
    /// <param name="spread">By how much cases of one unit vary more than if each were on its own; 1 or more.</param>
    /// <param name="seed">Of the drawn tables, such as what is ranked and when.</param>
    /// <returns>The units, the highest score first, those that are not ranked last.</returns>
    public static IReadOnlyList<UnitRank> Of(IReadOnlyList<RankedShare> shares, IReadOnlyList<UnitCases> units, int least, double spread, string seed)
    {
        // A share of which nobody has a case says nothing.
        var pooled = shares.Select((_, i) => Together(units, i)).ToArray();
        var weights = shares.Select((s, i) => pooled[i] is null ? 0d : s.Weight).ToArray();
        var all = weights.Sum();
        if (all == 0)
            return [.. units.Select(u => new UnitRank(u.Unit, null, null, null, null, null, null))];
        for (var i = 0; i < weights.Length; i++)
            weights[i] /= all;

        var scores = units.ToDictionary(u => u.Unit, u => Score(u.Shares.Select((s, i) => s.Cases == 0 ? pooled[i] : (double)s.Successes / s.Cases)));
        var ranked = units.Where(u => u.Shares.Select((s, i) => s.Cases >= least ? weights[i] : 0).Sum() >= 0.5).ToList();
        var widths = ranked.Select(Width).ToArray();
        var (times, rank) = (Times(), new Dictionary<string, UnitRank>());
        var ranges = ranked.Select((u, n) => (u.Unit, Score: scores[u.Unit], Low: scores[u.Unit] - times * widths[n], High: scores[u.Unit] + times * widths[n])).ToList();
        for (var left = ranges; left.Count > 0; left = [.. left.Where(r => !rank.ContainsKey(r.Unit))])
        {
            // Whoever cannot be told from the best of those left shares its rank. Ranges that only touch overlap; rounding must not part them.
            var (best, common) = (left.Max(r => r.Low), ranges.Count - left.Count + 1);
            foreach (var r in left.Where(r => r.High >= best - 1e-9))
                rank[r.Unit] = new(r.Unit, Shown(r.Score), Shown(r.Low), Shown(r.High), common, 1 + ranges.Count(o => o.Low > r.High + 1e-9), ranges.Count - ranges.Count(o => o.High < r.Low - 1e-9));
        }
        return [.. rank.Values.OrderBy(r => r.Rank).ThenByDescending(r => r.Score).ThenBy(r => r.Unit, StringComparer.Ordinal),
            .. units.Where(u => !rank.ContainsKey(u.Unit)).OrderBy(u => u.Unit, StringComparer.Ordinal).Select(u => new UnitRank(u.Unit, Shown(scores[u.Unit]), null, null, null, null, null))];

        double Score(IEnumerable<double?> found) => found.Select((share, i) => share is { } s ? weights[i] * shares[i].Points(s) : 0).Sum();

        // How far the score of a unit strays if it is like all others.
        double Width(UnitCases unit) => Math.Sqrt(unit.Shares.Select((s, i) => s.Cases == 0 || pooled[i] is not { } p ? 0
            : Math.Pow(weights[i] * 100 / (shares[i].Target - shares[i].Nought), 2) * p * (1 - p) / Effective(s.Cases)).Sum());

        double Effective(int cases) => Math.Max(1, Math.Floor(cases / spread));

        double Times()
        {
            if (ranked.Count < 2 || widths.All(w => w == 0))
                return Alone;
            var (chance, farthest, drawn) = (new Chance(seed), new double[Draws], new double[ranked.Count]);
            for (var draw = 0; draw < Draws; draw++)
            {
                for (var u = 0; u < ranked.Count; u++)
                    drawn[u] = Score(ranked[u].Shares.Select((s, i) => pooled[i] is not { } p || s.Cases == 0 ? pooled[i] : chance.Binomial((int)Effective(s.Cases), p) / Effective(s.Cases)));
                for (var u = 0; u < ranked.Count; u++)
                    for (var v = u + 1; v < ranked.Count; v++)
                        if (widths[u] + widths[v] is var both and > 0)
                            farthest[draw] = Math.Max(farthest[draw], Math.Abs(drawn[u] - drawn[v]) / both);
            }
            Array.Sort(farthest);
            return farthest[(int)Math.Ceiling(Draws * Sure) - 1];
        }
    }

    private static double? Together(IReadOnlyList<UnitCases> units, int share)
    {
        var cases = units.Sum(u => (long)u.Shares[share].Cases);
        return cases == 0 ? null : (double)units.Sum(u => (long)u.Shares[share].Successes) / cases;
    }

    private static decimal Shown(double value) => decimal.Round((decimal)value, 1, MidpointRounding.AwayFromZero);

    /// <summary>Numbers by chance that are the same on every machine and with every version of the runtime (SplitMix64).</summary>
    private sealed class Chance
    {
        private const ulong FnvOffset = 14695981039346656037, FnvPrime = 1099511628211;

        private ulong _state = FnvOffset;

        public Chance(string seed)
        {
            foreach (var c in seed)
                _state = unchecked((_state ^ c) * FnvPrime);
        }

        /// <summary>At least 0 and below 1.</summary>
        private double Next()
        {
            unchecked
            {
                var z = _state += 0x9E3779B97F4A7C15;
                z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
                return ((z ^ (z >> 31)) >> 11) / (double)(1UL << 53);
            }
        }

        /// <summary>How many of some cases, each with the same chance: summed up from the bottom, or by the normal curve where there are many.</summary>
        public int Binomial(int cases, double share)
        {
            if (share > 0.5)
                return cases - Binomial(cases, 1 - share);
            if (share <= 0)
                return 0;
            if (cases * share > 30)
            {
                var normal = Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());
                return (int)Math.Clamp(Math.Round(cases * share + normal * Math.Sqrt(cases * share * (1 - share))), 0, cases);
            }
            var (left, odds, chance, found) = (Next(), share / (1 - share), Math.Pow(1 - share, cases), 0);
            while (left >= chance && found < cases)
            {
                left -= chance;
                chance *= odds * (cases - found) / (found + 1);
                found++;
            }
            return found;
        }
    }
}
