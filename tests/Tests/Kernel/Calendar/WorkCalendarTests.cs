using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel.Calendar;
using Shouwang.Tests.Platform.Policy;

namespace Shouwang.Tests.Kernel.Calendar;

public sealed class WorkCalendarTests
{
    private static readonly WorkCalendar China = Packs.Book.For(Packs.Dianjiang, Packs.June2020).WorkCalendar;

    private static readonly Arbitrary<DateOnly> Days =
        Gen.Choose(new DateOnly(2018, 12, 1).DayNumber, new DateOnly(2027, 3, 1).DayNumber).Select(DateOnly.FromDayNumber).ToArbitrary();

    private static readonly Arbitrary<int> Amounts = Gen.Choose(0, 60).ToArbitrary();

    [Fact]
    public void Adding_working_days_and_counting_them_gives_the_same_number() => Prop.ForAll(Days, Amounts, (day, n) =>
        China.WorkdaysBetween(day, China.AddWorkdays(day, n)) == n).QuickCheckThrowOnFailure();

    [Fact]
    public void A_deadline_of_at_least_one_working_day_is_a_working_day_after_the_start() => Prop.ForAll(Days, Amounts, (day, n) =>
        China.AddWorkdays(day, n + 1) > day && China.IsWorkday(China.AddWorkdays(day, n + 1))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_later_start_never_has_an_earlier_deadline() => Prop.ForAll(Days, Days, Amounts, (a, b, n) =>
        China.AddWorkdays(a < b ? a : b, n) <= China.AddWorkdays(a < b ? b : a, n)).QuickCheckThrowOnFailure();

    [Fact]
    public void Counting_backwards_is_the_negative_of_counting_forwards() => Prop.ForAll(Days, Days, (a, b) =>
        China.WorkdaysBetween(a, b) == -China.WorkdaysBetween(b, a)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_step_is_overdue_exactly_after_its_last_day() => Prop.ForAll(Days, Days, Amounts, (start, today, n) =>
        Enum.GetValues<TimeUnit>().Select(u => new TimeLimit(n, u))
            .All(limit => China.Left(start, limit, today) < 0 == today > China.Due(start, limit))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2020-01-23", 1, "2020-02-03")] // the Spring Festival that was made longer
    [InlineData("2020-04-24", 1, "2020-04-26")] // a Sunday worked in exchange
    [InlineData("2020-06-24", 1, "2020-06-28")]
    [InlineData("2020-09-30", 1, "2020-10-09")]
    [InlineData("2022-12-30", 1, "2023-01-03")]
    [InlineData("2026-02-13", 2, "2026-02-24")]
    [InlineData("2020-06-30", 15, "2020-07-21")]
    public void Holidays_and_exchanged_days_count_as_the_notices_say(string start, int workdays, string due) =>
        Assert.Equal(DateOnly.Parse(due, null), China.AddWorkdays(DateOnly.Parse(start, null), workdays));

    [Fact]
    public void Every_exchanged_day_is_a_weekend_and_every_year_has_its_national_day_off()
    {
        Assert.All(China.WorkedWeekends, d => Assert.True(d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, $"{d}"));
        Assert.Equal(Enumerable.Range(2019, 8), China.Years.Order());
        Assert.All(China.Years, y => Assert.False(China.IsWorkday(new(y, 10, 1))));
    }

    [Fact]
    public void A_year_without_a_notice_has_its_weekends_and_says_that_it_is_not_complete()
    {
        Assert.True(China.IsWorkday(new(2027, 10, 1)));
        Assert.False(China.IsComplete(new(2026, 12, 20), new(2027, 1, 5)));
        Assert.True(China.IsComplete(new(2019, 1, 1), new(2026, 12, 31)));
    }

    [Fact]
    public void A_month_keeps_its_day_or_ends_with_the_month()
    {
        Assert.Equal(new DateOnly(2020, 2, 29), China.Due(new(2020, 1, 31), new(1, TimeUnit.Months)));
        Assert.Equal(new DateOnly(2020, 7, 5), China.Due(new(2020, 6, 30), new(5, TimeUnit.CalendarDays)));
    }
}
