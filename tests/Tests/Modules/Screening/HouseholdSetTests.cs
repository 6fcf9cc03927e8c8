using FsCheck;
using FsCheck.Fluent;
using Shouwang.Modules.Screening;

namespace Shouwang.Tests.Modules.Screening;

/// <summary>Sets of households, several words at a time, are what they are bit by bit.</summary>
public sealed class HouseholdSetTests
{
    [Fact]
    public void Joining_keeping_and_dropping_are_what_they_are_household_by_household() => Prop.ForAll(Sets(2), made =>
    {
        var (a, b) = (made[0], made[1]);
        Assert.Equal(Of(a, b, (x, y) => x && y), Bits.Both(a, b));
        Assert.Equal(Of(a, b, (x, y) => x && !y), Bits.Without(a, b));
        Assert.Equal(Of(a, b, (x, y) => x && !y), Bits.Without(a, b, [.. a.Select(_ => ulong.MaxValue)]));
        foreach (var (change, expected) in new (Action<ulong[]>, Func<bool, bool, bool>)[]
        {
            (set => Bits.Keep(set, b), (x, y) => x && y), (set => Bits.Drop(set, b), (x, y) => x && !y), (set => Bits.Join(set, b), (x, y) => x || y),
        })
        {
            ulong[] set = [.. a];
            change(set);
            Assert.Equal(Of(a, b, expected), set);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void What_two_sets_share_is_the_same_number_among_those_who_are_in_several() => Prop.ForAll(Sets(5), sets =>
    {
        var several = new ulong[sets[0].Length];
        for (var i = 0; i < several.Length * 64; i++)
            if (sets.Count(s => Bits.Has(s, i)) > 1)
                Bits.Put(several, i);
        var few = Bits.Among(sets, several);
        for (var a = 0; a < sets.Length; a++)
            for (var b = a + 1; b < sets.Length; b++)
                Assert.Equal(Bits.CountBoth(sets[a], sets[b]), Bits.CountBoth(few[a], few[b]));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Borrowed_sets_are_empty_whatever_was_in_them_before()
    {
        using (var borrowed = new BorrowedSets())
        {
            var first = borrowed.Take(7);
            Array.Fill(first, ulong.MaxValue);
            Assert.NotSame(first, borrowed.Empty(7));
        }
        using var again = new BorrowedSets();
        for (var i = 0; i < 20; i++)
            Assert.All(again.Empty(7), word => Assert.Equal(0ul, word));
    }

    // Households that few rules find and households that many do, in sets of every length.
    private static Arbitrary<ulong[][]> Sets(int count) => (
        from words in Gen.Choose(1, 40)
        from density in Gen.Elements(1, 6, 40)
        from sets in Gen.Choose(0, 99).Select(n => n < density).ListOf(words * 64).ListOf(count)
        select sets.Select(s => SetOf(words, i => s[i])).ToArray()).ToArbitrary();

    private static ulong[] Of(ulong[] a, ulong[] b, Func<bool, bool, bool> operation) => SetOf(a.Length, i => operation(Bits.Has(a, i), Bits.Has(b, i)));

    private static ulong[] SetOf(int words, Func<int, bool> has)
    {
        var set = new ulong[words];
        for (var i = 0; i < words * 64; i++)
            if (has(i))
                Bits.Put(set, i);
        return set;
    }
}
