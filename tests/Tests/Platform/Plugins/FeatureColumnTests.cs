using Shouwang.Kernel;
using Shouwang.Kernel.Rules;
using Shouwang.Platform.Plugins;

namespace Shouwang.Tests.Platform.Plugins;

/// <summary>A column gives back what was set last, as a value and as scans read it, whatever is set over what.</summary>
public class FeatureColumnTests
{
    private const int Count = 1_000;

    [Fact]
    public void Truth_values() => Same<bool?>(RuleType.Bool, Unit.None, [null, true, false], (c, i, v) => c.Set(i, v), RuleValue.Bool);

    [Fact]
    public void Whole_numbers_of_every_width()
    {
        long?[] numbers = [null, 0, -1, 127, 128, -40_000, int.MaxValue, int.MinValue, 1L + int.MaxValue, long.MinValue / 2];
        for (var most = 2; most <= numbers.Length; most++)
            Same(RuleType.Int, Unit.Persons, numbers[..most], (c, i, v) => c.Set(i, v), RuleValue.Int);
    }

    [Fact]
    public void Days() => Same(RuleType.Date, Unit.None, new DateOnly?[] { null, new(1901, 1, 1), new(1990, 1, 1), new(2020, 6, 30), DateOnly.MaxValue },
        (c, i, v) => c.Set(i, v), RuleValue.Date);

    [Fact]
    public void Texts() => Same(RuleType.Text, Unit.None, [null, "", "脱贫", "Lifted", "lifted"], (c, i, v) => c.Set(i, v), RuleValue.Text);

    [Fact]
    public void Amounts_in_yuan_are_whole_fen()
    {
        Same<decimal?>(RuleType.Decimal, Unit.Yuan, [null, 0m, 12.34m, -0.01m, 30_000_000m, 999_999_999_999.99m], (c, i, v) => c.Set(i, v), RuleValue.Decimal);
        Same<decimal?>(RuleType.Decimal, Unit.YuanPerHead, [null, 1_000m / 3, 0.005m, -0.005m], (c, i, v) => c.Set(i, v),
            v => RuleValue.Decimal(v is { } yuan ? Math.Round(yuan, 2, MidpointRounding.AwayFromZero) : null));
        Same<Money?>(RuleType.Decimal, Unit.Yuan, [null, new Money(0), new Money(-5), new Money(1_234_567_890_12)], (c, i, v) => c.Set(i, v), RuleValue.Yuan);
    }

    [Fact]
    public void Shares_have_twelve_places_and_room_for_large_ones()
    {
        Same<decimal?>(RuleType.Decimal, Unit.Ratio, [null, 0m, 1m / 3, 0.999999999999m], (c, i, v) => c.Set(i, v), Twelve);
        Same<decimal?>(RuleType.Decimal, Unit.Ratio, [null, 0m, 1m / 3, 9_999_999.5m, -123_456_789_012m], (c, i, v) => c.Set(i, v), Twelve);

        static RuleValue Twelve(decimal? v) => RuleValue.Decimal(v is { } share ? Math.Round(share, 12, MidpointRounding.AwayFromZero) : null);
    }

    [Fact]
    public void What_is_too_large_for_a_rule_is_unknown()
    {
        var (yuan, share) = (Column(RuleType.Decimal, Unit.Yuan), Column(RuleType.Decimal, Unit.Ratio));
        yuan.Set(0, 1_000_000_000_000m);
        yuan.Set(1, (Money?)new Money(100_000_000_000_000));
        share.Set(0, -1_000_000_000_000m);
        Assert.All((RuleValue[])[yuan[0], yuan[1], share[0], yuan.ToScan()[0], yuan.ToScan()[1], share.ToScan()[0]], v => Assert.False(v.IsKnown));
    }

    [Fact]
    public void A_value_of_another_type_or_unit_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => Column(RuleType.Int, Unit.Persons).Set(0, true));
        Assert.Throws<InvalidOperationException>(() => Column(RuleType.Decimal, Unit.Ratio).Set(0, (Money?)new Money(1)));
    }

    [Fact]
    public void Sources_are_kept_only_where_they_are_asked_for()
    {
        var feature = new Feature(new("test.column", RuleType.Bool, Unit.None, new("", "")), new("", ""));
        var (with, without) = (new FeatureColumn(feature, 2), new FeatureColumn(feature, 2, withSources: false));
        foreach (var column in new[] { with, without })
            column.Set(1, true, new("desk", null));
        Assert.Equal((null, "desk", null), (with.SourceOf(0)?.Source, with.SourceOf(1)?.Source, without.SourceOf(1)?.Source));
    }

    private static FeatureColumn Column(RuleType type, Unit unit) => new(new(new("test.column", type, unit, new("", "")), new("", "")), Count);

    // Three times over each other, so that a narrow column becomes wide in the middle and what was known becomes unknown.
    private static void Same<T>(RuleType type, Unit unit, T[] values, Action<FeatureColumn, int, T> set, Func<T, RuleValue> value)
    {
        var (column, random, expected) = (Column(type, unit), new Random(20), new RuleValue[Count]);
        for (var i = 0; i < Count * 3; i++)
        {
            var (at, given) = (random.Next(Count), values[random.Next(values.Length)]);
            set(column, at, given);
            expected[at] = value(given);
        }
        var scan = column.ToScan();
        Assert.Contains(expected, v => v.IsKnown);
        Assert.Equal(expected, Enumerable.Range(0, Count).Select(i => column[i]));
        Assert.Equal(expected, Enumerable.Range(0, Count).Select(i => scan[i]));
        Assert.Equal(expected.Count(v => !v.IsKnown), scan.Shape.Unknowns);
    }
}
