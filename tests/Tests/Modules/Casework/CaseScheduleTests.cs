using FsCheck;
using FsCheck.Fluent;
using Shouwang.Kernel.Calendar;
using Shouwang.Modules.Casework;
using Shouwang.Platform.Policy;

namespace Shouwang.Tests.Modules.Casework;

public class CaseScheduleTests
{
    private static readonly DateOnly First = new(2019, 1, 1);

    private static Gen<DateOnly> Day => Gen.Choose(0, 2500).Select(d => First.AddDays(d));

    private static CaseProgress Nothing(DateOnly round) => new(round, null, null, null, null, null, null, null);

    private static Policy With(params (string Key, int Amount, TimeUnit Unit)[] limits) => LifeCycles.Policy with
    {
        Clocks = LifeCycles.Policy.Clocks.Values.Select(c => limits.FirstOrDefault(l => l.Key == c.Key) is { Key: not null } l ? c with { Limit = new(l.Amount, l.Unit) } : c)
            .ToDictionary(c => c.Key),
    };

    // The critical path of the domain reference: 15 calendar days, visit 3 beside matching 5, notice 5, township 2, county 2.
    private static readonly Policy Calendar = With(("lead.identify", 15, TimeUnit.CalendarDays), ("case.verify", 3, TimeUnit.CalendarDays), ("case.match", 5, TimeUnit.CalendarDays),
        ("case.review", 5, TimeUnit.CalendarDays), ("case.township", 2, TimeUnit.CalendarDays), ("case.county", 2, TimeUnit.CalendarDays));

    private static Arbitrary<(Policy, DateOnly, int)> Cases => (from policy in Gen.Elements(Calendar, LifeCycles.Policy)
                                                                from day in Day
                                                                from late in Gen.Choose(0, 12)
                                                                select (policy, day, late)).ToArbitrary();

    [Fact]
    public void A_case_opened_in_time_ends_within_the_time_from_lead_to_registration() => Prop.ForAll(Cases, c =>
    {
        var (policy, raised, late) = c;
        var total = CaseSchedule.TotalDue(policy, raised);
        var opened = raised.AddDays(late);
        var inTime = opened <= CaseSchedule.Latest(policy, total)[CaseStage.Visit];
        return !inTime || CaseSchedule.Of(policy, total, Nothing(opened), opened).All(s => s.DueOn <= total);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_case_opened_on_the_day_of_its_lead_is_always_in_time() => Prop.ForAll(Day.ToArbitrary(), raised =>
        new[] { Calendar, LifeCycles.Policy }.All(p => raised <= CaseSchedule.Latest(p, CaseSchedule.TotalDue(p, raised))[CaseStage.Visit])).QuickCheckThrowOnFailure();

    [Fact]
    public void The_critical_path_is_fourteen_days_and_the_review_is_held_at_once()
    {
        var raised = new DateOnly(2020, 6, 1);
        var stages = CaseSchedule.Of(Calendar, CaseSchedule.TotalDue(Calendar, raised), Nothing(raised), raised);

        Assert.Equal(new DateOnly(2020, 6, 16), CaseSchedule.TotalDue(Calendar, raised));
        Assert.Equal([3, 5, 6, 11, 13, 15], stages.Select(s => s.DueOn.DayNumber - raised.DayNumber));
        Assert.True(stages[(int)CaseStage.Review].Shortened);
    }

    [Fact]
    public void No_part_is_due_before_the_part_it_waits_for() => Prop.ForAll(Cases, c =>
    {
        var (policy, raised, late) = c;
        var stages = CaseSchedule.Of(policy, CaseSchedule.TotalDue(policy, raised), Nothing(raised.AddDays(late)), raised.AddDays(late));
        return stages.All(s => s.DueOn >= s.StartOn) && stages.Skip(2).Zip(stages.Skip(3)).All(p => p.Second.DueOn >= p.First.DueOn)
            && stages[2].StartOn >= stages[0].DueOn && stages[2].StartOn >= stages[1].DueOn;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_notice_never_gets_less_than_its_time() => Prop.ForAll(Cases, c =>
    {
        var (policy, raised, late) = c;
        var notice = CaseSchedule.Of(policy, CaseSchedule.TotalDue(policy, raised), Nothing(raised.AddDays(late)), raised.AddDays(late))[(int)CaseStage.Notice];
        return notice.DueOn >= policy.Due(CaseStates.Clocks.Notice, notice.StartOn) && !notice.Shortened;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Time_that_passes_moves_what_is_to_come_never_back() => Prop.ForAll(Cases, c =>
    {
        var (policy, raised, late) = c;
        var total = CaseSchedule.TotalDue(policy, raised);
        var (now, later) = (CaseSchedule.Of(policy, total, Nothing(raised), raised), CaseSchedule.Of(policy, total, Nothing(raised), raised.AddDays(late)));
        return now.Zip(later).All(p => p.Second.DueOn >= p.First.DueOn) && (late <= 20 || later[0].Late);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_overdue_is_told()
    {
        var raised = new DateOnly(2020, 6, 1);
        var progress = Nothing(raised) with { MatchedOn = raised.AddDays(2) };
        var stages = CaseSchedule.Of(Calendar, CaseSchedule.TotalDue(Calendar, raised), progress, raised.AddDays(7));

        Assert.True(stages[(int)CaseStage.Visit].Late);
        Assert.False(stages[(int)CaseStage.Matching].Late);
        Assert.Equal(raised.AddDays(7), stages[(int)CaseStage.Review].StartOn);
    }
}
