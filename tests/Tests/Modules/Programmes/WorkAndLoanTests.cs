using Shouwang.Kernel;
using static Shouwang.Tests.Modules.Programmes.TestProgrammes;

namespace Shouwang.Tests.Modules.Programmes;

public class WorkAndLoanTests
{
    private const string Head = First + "01", Child = First + "02";

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Unemployment_counts_in_full_months_and_idleness_in_days(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("employment", June,
            Worker(Head, ("state", "unemployed"), ("unemployed_since", new DateOnly(2020, 3, 31)), ("returned", new DateOnly(2020, 5, 31)), ("reemployed", false)),
            Worker(Child, ("state", "employed"), ("unemployed_since", new DateOnly(2019, 1, 1)), ("returned", new DateOnly(2020, 1, 1)), ("reemployed", true)));

        Assert.Equal(2, (await programmes.Feature("employment.unemployed_months_max")).AsInt);
        Assert.Equal(3, (await programmes.Feature("employment.unemployed_months_max", asOf: new(2020, 7, 1))).AsInt);
        Assert.Equal(30, (await programmes.Feature("employment.returned_idle_days_max")).AsInt);
        Assert.Equal(0, (await programmes.Feature("employment.unemployed_months_max", Second)).AsInt);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task The_next_end_of_a_post_counts_one_that_is_past_does_not(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("employment", June,
            Worker(Head, ("post_type", "1"), ("post_end", new DateOnly(2020, 6, 29))), Worker(Child, ("post_type", "1"), ("post_end", new DateOnly(2020, 7, 30))));

        Assert.Equal(30, (await programmes.Feature("employment.post_ends_in_days_min")).AsInt);
        Assert.False((await programmes.Feature("employment.post_ends_in_days_min", Second)).IsKnown);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task A_loan_falls_due_on_its_extended_day_and_only_while_something_is_owed(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("loans", June,
            Loan("1", Head, 50_000m, 10_000m, new(2020, 5, 1), extended: new(2020, 8, 29)), Loan("2", Head, 50_000m, 0m, new(2020, 7, 2)),
            Loan("3", Child, 20_000m, 20_000m, new(2020, 6, 1), overdue: 29));

        Assert.Equal(60, (await programmes.Feature("finance.loan_due_in_days_min")).AsInt);
        Assert.Equal(29, (await programmes.Feature("finance.overdue_days_max")).AsInt);
        Assert.False((await programmes.Feature("finance.loan_due_in_days_min", Second)).IsKnown);
        Assert.Equal(0, (await programmes.Feature("finance.overdue_days_max", Second)).AsInt);
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Every_loan_of_the_ledger_counts_whoever_took_it_and_the_latest_ledger_speaks(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("loans", new(2020, 5, 31), Loan("1", Head, 50_000m, 50_000m, new(2021, 5, 1), overdue: 9));
        await programmes.Import("loans", June,
            Loan("1", Head, 50_000m, 40_000m, new(2021, 5, 1)), Loan("2", null, 10_000m, 10_000m, new(2020, 6, 1), overdue: 29), Loan("3", Second + "01", 5_000m, 0m, new(2019, 1, 1)));

        Assert.Equal(3m, (await programmes.Figure("F10n")).Numerator);
        Assert.Equal(65_000m, (await programmes.Figure("F10s")).Numerator);
        Assert.Equal((1m, 1m), await programmes.Figure("F11"));
        Assert.Equal((10_000m, 50_000m), await programmes.Figure("F14"));
    }

    [Theory, MemberData(nameof(TestDatabase.All), MemberType = typeof(TestDatabase))]
    public async Task Loans_outside_the_terms_are_reported(string kind)
    {
        await using var programmes = await Open(kind);
        await programmes.Import("loans", June,
            Loan("at the limit", Head, 50_000m, 1m, new(2021, 7, 1), born: new(1953, 7, 1)), Loan("a fen over", Head, 50_000.01m, 1m, new(2020, 7, 1)),
            Loan("a day over", Head, 1m, 1m, new(2021, 7, 2)), Loan("66 years old", Head, 1m, 1m, new(2020, 7, 1), born: new(1952, 7, 1)),
            Loan("18 tomorrow", Head, 1m, 1m, new(2020, 7, 1), born: new(2000, 7, 2)), Loan("18 today", Head, 1m, 1m, new(2020, 7, 1), born: new(2000, 7, 1)));

        Assert.Equal(["a day over", "a fen over"], await programmes.Findings("DQ-86"));
        Assert.Equal(["18 tomorrow", "66 years old"], await programmes.Findings("DQ-87"));
    }

    private static (string?, (string, object?)[]) Worker(string member, params (string, object?)[] cells) => (member, [("idno", member), .. cells]);

    // Paid out on 1 July 2018.
    private static (string?, (string, object?)[]) Loan(
        string contract, string? member, decimal amount, decimal balance, DateOnly due, DateOnly? extended = null, long overdue = 0, DateOnly? born = null) => (member,
        [
            ("contract", contract), ("amount", amount), ("balance", balance), ("start", new DateOnly(2018, 7, 1)), ("due", due), ("extended", extended),
            ("overdue", overdue), ("idno", CitizenId.Synthetic(born ?? new(1980, 1, 1), 5, Sex.Male)),
        ]);
}
