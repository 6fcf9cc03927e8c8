using Shouwang.Kernel;
using Shouwang.Kernel.Calendar;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Platform.Policy;
using Shouwang.Platform.Security;

namespace Shouwang.Modules.Casework;

/// <summary>The parts of an identification that have a time of their own.</summary>
public enum CaseStage { Visit, Matching, Review, Notice, Township, County }

/// <summary>One part of an identification: when it begins, by when it has to be done, and who does it.</summary>
/// <param name="DueOn">For the notice: the day on which its time is over.</param>
/// <param name="DoneOn">Null while it is not done.</param>
/// <param name="Shortened">It got less than its own time, so that all of it fits into the time from lead to registration.</param>
/// <param name="Late">Done after its day, or not done and its day is past.</param>
public sealed record PlannedStage(CaseStage Stage, DateOnly StartOn, DateOnly DueOn, DateOnly? DoneOn, bool Shortened, bool Late, string Permission);

/// <summary>What a case has behind it.</summary>
public sealed record CaseProgress(
    DateOnly RoundOn, DateOnly? VerifiedOn, DateOnly? MatchedOn, DateOnly? ReviewedOn, DateOnly? NoticeOn, DateOnly? NoticeClosedOn, DateOnly? TownshipOn,
    DateOnly? CountyOn)
{
    public static CaseProgress Of(IdentificationCase c) => new(
        c.RoundOn, c.VerifiedOn, c.MatchedOn, c.ReviewedOn, c.NoticeOn, c.NoticeClosedOn, c.TownshipOn, c.State == CaseState.Registered ? c.ClosedOn : null);
}

/// <summary>
/// The plan of an identification case: each part's day, worked forward from what is done and back from the last day of all.
/// </summary>
/// <remarks>
/// Each part gets its own time, unless the parts after it would then not fit: they are worked back from the last day, the
/// notice with its full time, and what comes before is due earlier. The village review can be held on the day the visit
/// and the matching are done, so it gives way first. Source: the critical path of DOMAIN §6, SM-2.
/// </remarks>
public static class CaseSchedule
{
    /// <summary>The last day of all.</summary>
    public static DateOnly TotalDue(Policy policy, DateOnly raised) => policy.Due("lead.identify", raised);

    /// <summary>The stages in order; the visit and the matching begin together.</summary>
    public static IReadOnlyList<PlannedStage> Of(Policy policy, DateOnly totalDue, CaseProgress progress, DateOnly today)
    {
        var latest = Latest(policy, totalDue);
        var visit = Plan(CaseStage.Visit, progress.RoundOn, CaseStates.Clocks.Visit, progress.VerifiedOn, Permissions.CasesVerify);
        var matching = Plan(CaseStage.Matching, progress.RoundOn, CaseStates.Clocks.Matching, progress.MatchedOn, Permissions.CasesMatch);
        var review = Plan(CaseStage.Review, Later(End(visit), End(matching)), CaseStates.Clocks.Review, progress.ReviewedOn, Permissions.CasesReview);

        var up = progress.NoticeOn ?? End(review);
        var notice = new PlannedStage(CaseStage.Notice, up, policy.Due(CaseStates.Clocks.Notice, up), progress.NoticeClosedOn, false, false, Permissions.CasesNotice);
        notice = notice with { Late = progress.NoticeClosedOn is null && progress.NoticeOn is not null && notice.DueOn < today };

        var township = Plan(CaseStage.Township, End(notice), CaseStates.Clocks.Township, progress.TownshipOn, Permissions.CasesTownship);
        var county = Plan(CaseStage.County, End(township), CaseStates.Clocks.County, progress.CountyOn, Permissions.CasesCounty);
        return [visit, matching, review, notice, township, county];

        PlannedStage Plan(CaseStage stage, DateOnly start, string clock, DateOnly? done, string permission)
        {
            var own = policy.Due(clock, start);
            var due = own <= latest[stage] ? own : Later(start, latest[stage]);
            return new(stage, start, due, done, due < own, (done ?? today) > due, permission);
        }

        // What is not done and should be cannot end before today.
        DateOnly End(PlannedStage stage) => stage.DoneOn ?? Later(stage.DueOn, today);
    }

    /// <summary>The last day of each stage on which everything after it still fits.</summary>
    public static IReadOnlyDictionary<CaseStage, DateOnly> Latest(Policy policy, DateOnly totalDue)
    {
        var township = LatestStart(policy, CaseStates.Clocks.County, totalDue);
        var notice = LatestStart(policy, CaseStates.Clocks.Township, township);
        var review = LatestStart(policy, CaseStates.Clocks.Notice, notice);
        return new Dictionary<CaseStage, DateOnly>
        {
            [CaseStage.Visit] = review, [CaseStage.Matching] = review, [CaseStage.Review] = review, [CaseStage.Notice] = notice,
            [CaseStage.Township] = township, [CaseStage.County] = totalDue,
        };
    }

    /// <summary>The latest day on which a step may begin and still be done by a day.</summary>
    private static DateOnly LatestStart(Policy policy, string clock, DateOnly by)
    {
        var limit = policy.Limit(clock);
        var start = limit.Unit switch
        {
            TimeUnit.WorkingDays => policy.WorkCalendar.AddWorkdays(by, -limit.Amount),
            TimeUnit.CalendarDays => by.AddDays(-limit.Amount),
            TimeUnit.Months => by.AddMonths(-limit.Amount),
        };
        // Counting back lands near the day, not always on it: month ends, and days on which offices are closed.
        while (policy.Due(clock, start) > by)
            start = start.AddDays(-1);
        while (start < by && policy.Due(clock, start.AddDays(1)) <= by)
            start = start.AddDays(1);
        return start;
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    public static Text NameOf(CaseStage stage) => stage switch
    {
        CaseStage.Visit => new("入户核实", "verification visit"),
        CaseStage.Matching => new("部门数据比对", "matching by departments"),
        CaseStage.Review => new("村级民主评议", "village review"),
        CaseStage.Notice => new("村级公示", "public notice"),
        CaseStage.Township => new("乡镇审核", "township review"),
        CaseStage.County => new("县级审定", "county decision"),
    };
}
