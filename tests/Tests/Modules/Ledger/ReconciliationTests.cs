using FsCheck;
using FsCheck.Fluent;
using Shouwang.Modules.Ledger.Books;
using Shouwang.Modules.Ledger.Contracts;

namespace Shouwang.Tests.Modules.Ledger;

/// <summary>Two books held against each other: what differs is told once, what does not is not told, and the balance always comes out.</summary>
public class ReconciliationTests
{
    private static readonly Gen<BookEntry> Entry =
        from number in Gen.Choose(1, 12)
        from state in Gen.Elements(Enum.GetValues<IssueState>())
        from saysState in Gen.Choose(0, 3)
        from unit in Gen.Elements<string?>(null, "甲村", "乙村")
        from day in Gen.Elements<DateOnly?>(null, new(2020, 6, 1), new(2020, 7, 1))
        from kind in Gen.Elements<string?>(null, "water", "housing")
        from found in Gen.Elements<DateOnly?>(null, new(2020, 5, 1), new(2020, 5, 2))
        select new BookEntry($"P2020-{number:00000}", State: saysState > 0 ? state : null, Ended: saysState > 0 ? state is IssueState.Closed or IssueState.Held : saysState == 0 ? null : false, Unit: unit, DueOn: day, Kind: kind, FoundOn: found);

    private static readonly Arbitrary<(BookEntry[], BookEntry[])> Books =
        (from one in Entry.ArrayOf() from other in Entry.ArrayOf() select (Distinct(one), Distinct(other))).ToArbitrary();

    private static BookEntry[] Distinct(BookEntry[] entries) => [.. entries.DistinctBy(e => e.Code)];

    [Fact]
    public void The_open_problems_of_one_book_come_to_those_of_the_other() => Prop.ForAll(Books, b =>
    {
        var balance = Reconciliation.Of(b.Item1, b.Item2).Balance;
        return balance.Holds && balance.Before == b.Item1.Count(e => e.Ended != true) && balance.After == b.Item2.Count(e => e.Ended != true);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_book_does_not_differ_from_itself() => Prop.ForAll(Books, b =>
    {
        var same = Reconciliation.Of(b.Item1, b.Item1);
        return same.Differences.Count == 0 && same.Same == b.Item1.Length;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void From_the_other_side_the_differences_are_the_same_the_other_way_round() => Prop.ForAll(Books, b =>
        Reconciliation.Of(b.Item1, b.Item2).Differences.Select(d => (Turned(d.Kind), d.Second, d.First)).ToHashSet()
            .SetEquals(Reconciliation.Of(b.Item2, b.Item1).Differences.Select(d => (d.Kind, d.First, d.Second)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_problem_is_either_the_same_or_told() => Prop.ForAll(Books, b =>
    {
        var result = Reconciliation.Of(b.Item1, b.Item2);
        return result.Same + result.Differences.Select(d => d.Entry.Code).Distinct().Count() == b.Item1.Concat(b.Item2).Select(e => e.Code).Distinct().Count();
    }).QuickCheckThrowOnFailure();

    private static DifferenceKind Turned(DifferenceKind kind) => kind switch
    {
        DifferenceKind.OnlyFirst => DifferenceKind.OnlySecond,
        DifferenceKind.OnlySecond => DifferenceKind.OnlyFirst,
        DifferenceKind.StruckOff => DifferenceKind.Reopened,
        DifferenceKind.Reopened => DifferenceKind.StruckOff,
        DifferenceKind.State or DifferenceKind.Unit or DifferenceKind.Due or DifferenceKind.Kind or DifferenceKind.Found => kind,
    };

    [Fact]
    public void A_list_out_of_a_spreadsheet_is_read_by_its_codes()
    {
        var list = PastedList.Read("编号\t状态\t期限\nP2020-00001\t整改中\t2020-07-01\r\np2020-00002\t已销号\nP2020-00003，未销号\n合计 3 条\nP2020-00001\t已办结");
        Assert.Equal(["P2020-00001", "P2020-00002", "P2020-00003"], list.Entries.Select(e => e.Code).Order());
        Assert.Equal((true, null), (list.Entries[0].Ended, list.Entries[0].State));
        Assert.Equal([true, false], list.Entries.Skip(1).Select(e => e.Ended!.Value));
        Assert.Equal("合计 3 条", Assert.Single(list.Unread));
        Assert.Equal("P2020-00001", Assert.Single(list.Twice));
        Assert.Equal(IssueState.InRectification, PastedList.Read("P2020-00001 ,整改中, 2020/7/1").Entries[0].State);
        Assert.Equal(new DateOnly(2020, 7, 1), PastedList.Read("P2020-00001 ,整改中, 2020/7/1").Entries[0].DueOn);
        Assert.Empty(PastedList.Read(null).Entries);
    }
}
