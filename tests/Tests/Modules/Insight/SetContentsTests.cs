using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel;
using Shouwang.Modules.Insight;
using Shouwang.Platform.Plugins;

namespace Shouwang.Tests.Modules.Insight;

/// <summary>What is kept of a day: in whatever order it was counted, packed and unpacked, it is the same, and adds up to the same.</summary>
public class SetContentsTests
{
    private static readonly AreaCode County = new("500231");

    private static readonly Gen<decimal> Amounts = Gen.Frequency((5, Gen.Elements(0m, 1m)), (1, Gen.Choose(-500, 90_000).Select(n => n / 100m)));

    private static readonly Arbitrary<List<IndicatorPart>> Parts = Gen.ListOf(
        from code in Gen.Elements("R01", "R01/Lifted", "M01h", "C08")
        from village in Gen.Elements("500231111202", "500231111203", "500231112201")
        from household in Gen.Choose(0, 6)
        from numerator in Amounts
        from denominator in Amounts
        select new IndicatorPart(code, village, household == 0 ? null : new Guid(household, 0, 0, new byte[8]), numerator, denominator)).Select(l => l.ToList()).ToArbitrary();

    [Fact]
    public void What_was_counted_comes_back_whatever_the_order() => Prop.ForAll(Parts, parts =>
    {
        var kept = Collected(parts);
        var (packed, digest) = kept.Pack();
        var back = SetContents.Unpack(packed, digest);
        return Of(back).SequenceEqual(Of(parts)) && Of(kept).SequenceEqual(Of(parts)) && back.Pack().Digest == digest;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void It_adds_up_to_the_figures_of_every_area() => Prop.ForAll(Parts, parts =>
    {
        var (sums, plain) = (Collected(parts).Sums(County), new AreaSums(County));
        foreach (var part in parts)
            plain.Add(part.Village, part.Code, part.Numerator, part.Denominator);
        return sums.Areas.SequenceEqual(plain.Areas) && plain.Areas.All(area => parts.All(p => sums[area, p.Code] == plain[area, p.Code]))
            && sums.Parts().OrderBy(p => (p.Area, p.Code)).SequenceEqual(plain.Parts().OrderBy(p => (p.Area, p.Code)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Contents_that_were_changed_are_not_opened()
    {
        var (packed, digest) = Collected([new("R01", "500231111202", new Guid(1, 0, 0, new byte[8]), 1, 0)]).Pack();
        var (other, _) = Collected([new("R01", "500231111202", new Guid(1, 0, 0, new byte[8]), 2, 0)]).Pack();
        Assert.Throws<InvalidDataException>(() => SetContents.Unpack(other, digest));
        Assert.NotNull(SetContents.Unpack(packed, digest));
    }

    private static SetContents Collected(IEnumerable<IndicatorPart> parts) => SetContents.Collect(add =>
    {
        foreach (var part in parts)
            add(part);
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    private static List<(string, string, Guid?, decimal, decimal)> Of(SetContents contents)
    {
        var found = new List<IndicatorPart>();
        contents.Each(null, found.Add);
        return Of(found);
    }

    private static List<(string, string, Guid?, decimal, decimal)> Of(IEnumerable<IndicatorPart> parts) =>
        [.. parts.GroupBy(p => (p.Code, p.Village, p.Household)).Select(g => (g.Key.Code, g.Key.Village, g.Key.Household, g.Sum(p => p.Numerator), g.Sum(p => p.Denominator)))
            .OrderBy(p => p.Code, StringComparer.Ordinal).ThenBy(p => p.Village, StringComparer.Ordinal).ThenBy(p => p.Household)];
}
