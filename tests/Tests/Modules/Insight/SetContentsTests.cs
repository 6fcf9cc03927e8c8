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
        var packed = PackedContents.Pack(kept);
        var back = PackedContents.Unpack(packed);
        return Of(back).SequenceEqual(Of(parts)) && Of(kept).SequenceEqual(Of(parts)) && DigestOf(PackedContents.Pack(back)) == DigestOf(packed);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_figure_opens_without_the_others() => Prop.ForAll(Parts, Gen.SubListOf("R01", "R01/Lifted", "M01h", "C08", "X01").ToArbitrary(), (parts, wanted) =>
    {
        var packed = PackedContents.Pack(Collected(parts));
        return Of(PackedContents.Unpack(packed.Where(s => s.Code is PackedContents.Places || wanted.Contains(s.Code)))).SequenceEqual(Of(parts.Where(p => wanted.Contains(p.Code))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_was_kept_before_contents_had_sections_opens()
    {
        var packed = Convert.FromBase64String("G2wAUI6Uq+FuHOedbsCrLcA/N7uh2bothSIhZSVArmhtuydJ2k0AANGgbV0fsj4AIDgAgD1HKA==");
        const string Digest = "6f9198757f730e9dc791e2b583989392125f065756b3ace3564a3f7e8381ab28";
        IndicatorPart[] parts = [new("R01", "500231111202", new Guid(1, 0, 0, new byte[8]), 1, 0), new("R01", "500231111203", null, 0, 1), new("C08", "500231111203", null, 12.5m, 4)];
        Assert.Equal(Of(parts), Of(PackedContents.UnpackWhole(packed, Digest)));
        Assert.Throws<InvalidDataException>(() => PackedContents.UnpackWhole(packed, Digest.Replace('6', '7')));
    }

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
        var packed = PackedContents.Pack(Collected([new("R01", "500231111202", new Guid(1, 0, 0, new byte[8]), 1, 0)]));
        var other = PackedContents.Pack(Collected([new("R01", "500231111202", new Guid(1, 0, 0, new byte[8]), 2, 0)]));
        Assert.NotEqual(DigestOf(packed), DigestOf(other));
        Assert.Throws<InvalidDataException>(() => PackedContents.Unpack(packed.Zip(other, (one, another) => one with { Packed = another.Packed })));
        Assert.NotNull(PackedContents.Unpack(packed));
    }

    private static string DigestOf(IEnumerable<ContentSection> sections) => PackedContents.DigestOf(sections.Select(s => (s.Code, s.Digest)));

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
