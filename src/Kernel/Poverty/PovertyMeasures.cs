namespace Shouwang.Kernel.Poverty;

/// <summary>The usual measures of poverty and inequality, all weighted. Shares are between 0 and 1, not percentages.</summary>
public static class PovertyMeasures
{
    extension(WeightedIncomes people)
    {
        /// <summary>The share of people below the line, Foster–Greer–Thorbecke 0.</summary>
        /// <inheritdoc cref="FosterGreerThorbecke" path="/remarks"/>
        /// <param name="line">In the unit of the incomes, above 0; who is on it is not poor.</param>
        public double Headcount(double line) => people.FosterGreerThorbecke(line, 0);

        /// <summary>The mean distance to the line as a share of it, those above counting nothing: Foster–Greer–Thorbecke 1.</summary>
        /// <inheritdoc cref="FosterGreerThorbecke" path="/remarks"/>
        public double Gap(double line) => people.FosterGreerThorbecke(line, 1);

        /// <summary>The mean squared distance to the line, so that the poorest count most: Foster–Greer–Thorbecke 2.</summary>
        /// <inheritdoc cref="FosterGreerThorbecke" path="/remarks"/>
        public double Severity(double line) => people.FosterGreerThorbecke(line, 2);

        /// <summary>The mean of the distances to the line, raised to a power.</summary>
        /// <remarks>Foster, Greer, Thorbecke: A class of decomposable poverty measures. Econometrica 52 (1984), 761–766.</remarks>
        /// <param name="line">In the unit of the incomes, above 0; who is on it is not poor.</param>
        /// <param name="aversion">0 counts heads, 1 distances, 2 squared distances.</param>
        public double FosterGreerThorbecke(double line, double aversion)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(line);
            ArgumentOutOfRangeException.ThrowIfNegative(aversion);
            return people.Count == 0 || people.Weight == 0 ? double.NaN
                : people.Below(line).TotalOf(income => aversion == 0 ? 1 : Math.Pow((line - income) / line, aversion)) / people.Weight;
        }

        /// <summary>The Gini coefficient, from 0 (all have the same) to 1 (one has all).</summary>
        /// <remarks>
        /// Weighted as in Eurostat's indicators of income and living conditions (document LC-ILC/39/09/EN-rev.1): with incomes x from the lowest up,
        /// weights w and cumulated weights W, (2 Σ w x W − Σ w² x) ÷ (Σ w · Σ w x) − 1.
        /// </remarks>
        /// <returns>Not a number when the incomes do not add up to more than 0.</returns>
        public double Gini()
        {
            var incomes = people.Incomes;
            var weights = people.Weights;
            var cumulated = people.Cumulated;
            var (above, total) = (new WeightedIncomes.Sum(), new WeightedIncomes.Sum());
            for (var i = 0; i < incomes.Length; i++)
            {
                above += weights[i] * incomes[i] * (2 * cumulated[i] - weights[i]);
                total += weights[i] * incomes[i];
            }
            return total.Value > 0 ? above.Value / (people.Weight * total.Value) - 1 : double.NaN;
        }

        /// <summary>How many times the income of the poorest fifth the richest fifth has, S80/S20: the ratio of their mean incomes.</summary>
        /// <remarks>
        /// Eurostat's indicator ilc_di11. The poorest fifth are those up to the 20 % quantile, the richest those above the 80 % quantile; means are
        /// compared because with few people the two groups need not weigh the same.
        /// </remarks>
        /// <returns>Not a number when a fifth is empty or the poorest have nothing.</returns>
        public double QuintileRatio()
        {
            if (people.Count == 0)
                return double.NaN;
            var poorest = people.Between(double.NegativeInfinity, people.Quantile(0.2)).MeanOf(i => i);
            var richest = people.Between(people.Quantile(0.8), double.PositiveInfinity).MeanOf(i => i);
            return poorest > 0 ? richest / poorest : double.NaN;
        }

        /// <summary>How far the person in the middle of the poor lies below the line, as a share of it.</summary>
        /// <remarks>Eurostat's relative median at-risk-of-poverty gap, ilc_li11.</remarks>
        /// <returns>Not a number when nobody is poor.</returns>
        public double RelativeMedianGap(double line)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(line);
            return (line - people.Below(line).Median) / line;
        }
    }
}
