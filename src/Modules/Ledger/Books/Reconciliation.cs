namespace Shouwang.Modules.Ledger.Books;

/// <summary>How two books differ about a problem.</summary>
public enum DifferenceKind { OnlyFirst, OnlySecond, StruckOff, Reopened, State, Unit, Due, Kind, Found }

/// <param name="First">What the first book says; null where it does not have the problem.</param>
/// <param name="Second">What the second book says.</param>
public sealed record Difference(DifferenceKind Kind, BookEntry? First, BookEntry? Second)
{
    public BookEntry Entry => Second ?? First!;
}

/// <summary>How the open problems of the first book become those of the second. It always comes out: that is what a reconciliation 对账 shows.</summary>
public sealed record Balance(int Before, int Entered, int Reopened, int StruckOff, int Missing, int After)
{
    public bool Holds => Before + Entered + Reopened - StruckOff - Missing == After;
}

/// <summary>Two books held against each other: of two days, or of two levels.</summary>
public sealed record Reconciliation(IReadOnlyList<Difference> Differences, Balance Balance, int Same)
{
    /// <param name="first">The earlier day, or the lower level. A code may come once.</param>
    public static Reconciliation Of(IReadOnlyList<BookEntry> first, IReadOnlyList<BookEntry> second)
    {
        var (left, right) = (first.ToDictionary(e => e.Code, StringComparer.Ordinal), second.ToDictionary(e => e.Code, StringComparer.Ordinal));
        var found = left.Keys.Union(right.Keys).Order(StringComparer.Ordinal)
            .ToDictionary(code => code, code => Between(left.GetValueOrDefault(code), right.GetValueOrDefault(code)).ToList());
        var all = found.Values.SelectMany(d => d).ToList();
        var balance = new Balance(first.Count(IsOpen), all.Count(d => d.Kind == DifferenceKind.OnlySecond && IsOpen(d.Second!)), all.Count(d => d.Kind == DifferenceKind.Reopened),
            all.Count(d => d.Kind == DifferenceKind.StruckOff), all.Count(d => d.Kind == DifferenceKind.OnlyFirst && IsOpen(d.First!)), second.Count(IsOpen));
        return new(all, balance, found.Values.Count(d => d.Count == 0));
    }

    // What a list does not say of a problem it has counts as open: it would not be on the list otherwise.
    private static bool IsOpen(BookEntry entry) => entry.Ended != true;

    private static IEnumerable<Difference> Between(BookEntry? first, BookEntry? second)
    {
        if (first is null || second is null)
        {
            yield return new(first is null ? DifferenceKind.OnlySecond : DifferenceKind.OnlyFirst, first, second);
            yield break;
        }
        if (IsOpen(first) != IsOpen(second))
            yield return new(IsOpen(first) ? DifferenceKind.StruckOff : DifferenceKind.Reopened, first, second);
        else if (Differ(first.State, second.State))
            yield return new(DifferenceKind.State, first, second);
        if (Differ(first.Unit, second.Unit))
            yield return new(DifferenceKind.Unit, first, second);
        if (IsOpen(first) && IsOpen(second) && Differ(first.DueOn, second.DueOn))
            yield return new(DifferenceKind.Due, first, second);
        if (Differ(first.Kind, second.Kind))
            yield return new(DifferenceKind.Kind, first, second);
        if (Differ(first.FoundOn, second.FoundOn))
            yield return new(DifferenceKind.Found, first, second);
    }

    // A list that says nothing does not contradict.
    private static bool Differ<T>(T? one, T? other) => one is not null && other is not null && !EqualityComparer<T>.Default.Equals(one, other);
}
