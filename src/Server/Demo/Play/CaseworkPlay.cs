using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger.Contracts;
using Shouwang.Modules.Ledger.Listings;
using Shouwang.Modules.Ledger.Weekly;
using Shouwang.Modules.Screening.Contracts;
using Shouwang.Platform.Security;

namespace Shouwang.Server.Demo.Play;

/// <summary>A few weeks of casework: who meets which tale on which day. Working days are counted from the first screening, day 0.</summary>
/// <param name="story">The household of the story.</param>
internal sealed class CaseworkPlay(Stage stage, Tales tales, IReadOnlyDictionary<string, Home> homes, Home story)
{
    /// <summary>The days that are played before the day on which the demo is looked at.</summary>
    public const int Days = 30;

    /// <summary>The day on which the second file of the medical insurance comes.</summary>
    public const int SecondFile = 15;

    private readonly List<(int Day, Home Home, IAsyncEnumerator<int> Tale)> _running = [];
    private readonly HashSet<Guid> _met = [];
    private readonly HashSet<Guid> _begun = [];

    /// <summary>What use cases refused, with the household; nothing when the play knows the rules.</summary>
    public List<(Home Home, string Why)> Refused { get; } = [];

    /// <summary>Lets everything happen that is due on a day; on the days of a screening after it.</summary>
    public async Task Play(int day)
    {
        if (day == 0)
            await First();
        else if (day == SecondFile)
            await Second();
        await Report(day);
        Problems(day);
        await tales.HandOut();
        if (day % 2 == 1)
            await tales.CarryOut();
        // What begins today may go on today.
        for (var i = 0; i < _running.Count; i++)
        {
            while (_running[i].Day <= day && await GoOn(i))
            {
            }
        }
        _running.RemoveAll(r => r.Day == int.MaxValue);
        await Weekly();
    }

    private async Task<bool> GoOn(int index)
    {
        var (day, home, tale) = _running[index];
        try
        {
            if (await tale.MoveNextAsync())
            {
                _running[index] = (day + tale.Current, home, tale);
                return true;
            }
        }
        catch (RefusedException refused)
        {
            Refused.Add((home, refused.Message));
        }
        await tale.DisposeAsync();
        _running[index] = (int.MaxValue, home, tale);
        return false;
    }

    private void Begin(int day, Home home, IAsyncEnumerable<int> tale) => _running.Add((day, home, tale.GetAsyncEnumerator(stage.Cancel)));

    private static readonly CaseCourse Full = new(CaseState.Registered);

    // In this order, so that a small county has at least one of each; whoever is left over takes one of the commonest.
    private static readonly object[] FirstCourses =
    [
        Full with { Help = HelpCourse.Effective }, LeadCourse.Dismissed, Full with { Help = HelpCourse.Delivered }, LeadCourse.ResolvedOnSpot, Full with { Help = HelpCourse.Ineffective },
        LeadCourse.SentBack, Full with { Objection = false, Help = HelpCourse.Planned }, new CaseCourse(CaseState.Rejected), Full with { Returned = true, Help = HelpCourse.Draft },
        Full with { Objection = true, Help = HelpCourse.Planned }, new CaseCourse(CaseState.Withdrawn), LeadCourse.Dismissed,
    ];

    private static readonly object[] SecondCourses =
    [
        new CaseCourse(CaseState.CountyApproval), new CaseCourse(CaseState.Returned, Pace: 1), LeadCourse.Dismissed, Full with { Help = HelpCourse.Draft }, Full,
        LeadCourse.ResolvedOnSpot, Full with { Help = HelpCourse.Planned },
    ];

    private static readonly object[] CommonCourses =
    [
        LeadCourse.Dismissed, Full with { Help = HelpCourse.Effective }, LeadCourse.ResolvedOnSpot, LeadCourse.Dismissed, Full with { Help = HelpCourse.Delivered }, LeadCourse.Dismissed,
        LeadCourse.ResolvedOnSpot,
    ];

    // Where people are behind with everything.
    private static readonly object[] SlowCourses = [LeadCourse.Dispatched, Full with { Help = HelpCourse.Draft, Pace = 4 }, LeadCourse.Verifying, LeadCourse.Dismissed];

    // How long each rests is chosen so that its last office has not run out of time on the last day.
    private static readonly EliminationCourse[] EliminationCourses =
    [
        new(EliminationState.Flagged, 1), new(EliminationState.RolledBack, 8), new(EliminationState.TownshipAudited, 17), new(EliminationState.PublicNotice, 20),
        new(EliminationState.ListProposed, 22), new(null, 0), new(EliminationState.Announced, 16), new(EliminationState.CountyConfirmed, 17), new(EliminationState.HouseholdVerified, 21),
        new(EliminationState.ObjectionHandling, 19), new(EliminationState.VillageReviewed, 20), new(EliminationState.Rejected, 8), new(EliminationState.Withdrawn, 12), new(null, 0),
    ];

    /// <summary>The first screening: the story, the households on the list since before, and what the files showed.</summary>
    private async Task First()
    {
        if (await stage.OpenLead(story) is { } lead)
        {
            _met.Add(story.Id);
            Begin(0, story, tales.Story(story, lead.Id));
        }
        foreach (var (home, course) in Recovered().Zip(EliminationCourses))
        {
            _met.Add(home.Id);
            Begin(0, home, tales.Watched(home, course));
        }
        foreach (var home in homes.Values.Where(h => h.Made.Monitoring is not null && !_met.Contains(h.Id)))
            Begin(0, home, tales.Help(home, Tales.RiskOf(home), home.People.IsSlow ? HelpCourse.Draft : HelpCourse.Delivered));
        await Assign(0, FirstCourses);
    }

    // Where nothing else has spoken: a household with an open lead cannot be taken off the list.
    private IEnumerable<Home> Recovered() => homes.Values.Where(h => h.Made is { Monitoring: not null, Able: true } && h.Made.Net / h.Made.Members.Count > 7_000)
        .OrderBy(h => h.Made.Code, StringComparer.Ordinal);

    /// <summary>The second file of the medical insurance: one shock goes through the green channel, the rest the ordinary way.</summary>
    private async Task Second()
    {
        foreach (var (home, lead) in (await NewLeads()).Take(1))
        {
            _met.Add(home.Id);
            _begun.Add(lead);
            Begin(SecondFile + 1, home, tales.GreenChannel(home, lead, Full));
        }
        await Assign(SecondFile, SecondCourses);
        // The rules also speak about households somebody is working with already; nothing new is found there.
        foreach (var (home, lead) in await NewLeads(known: true))
            Begin(SecondFile + 1, home, tales.Lead(home, lead, LeadCourse.Dismissed));
    }

    private async Task Assign(int day, object[] courses)
    {
        foreach (var (index, (home, lead)) in (await NewLeads()).Index())
        {
            _met.Add(home.Id);
            _begun.Add(lead);
            var course = home.Made.Monitoring is not null ? LeadCourse.Dismissed : home.People.IsSlow ? SlowCourses[index % SlowCourses.Length] : index < courses.Length ? courses[index] : CommonCourses[(index - courses.Length) % CommonCourses.Length];
            // Nobody visits everybody on the first day.
            Begin(day + index / 16 % 4, home, course is CaseCourse way ? tales.Case(home, lead, way) : tales.Lead(home, lead, (LeadCourse)course));
        }
    }

    private async Task<List<(Home Home, Guid Lead)>> NewLeads(bool known = false)
    {
        var open = await stage.Ask<ILeads, IReadOnlyList<LeadSummary>>(l => l.Open(Actor.System(story.Village.County), false, stage.Cancel));
        return [.. open.Where(l => homes.ContainsKey(l.Household) && l.State == nameof(LeadState.New)).OrderBy(l => l.Code, StringComparer.Ordinal)
            .Select(l => (homes[l.Household], l.Id)).Where(l => known ? _met.Contains(l.Item1.Id) && !_begun.Contains(l.Id) : !_met.Contains(l.Item1.Id))];
    }

    /// <summary>What people report themselves, so that every stage has somebody in it on the last day.</summary>
    private static readonly (int Day, bool Here, bool Itself, object Course)[] Reports =
    [
        (20, true, false, new CaseCourse(CaseState.CountyApproval)), (20, false, true, new CaseCourse(CaseState.CountyApproval)), (21, true, false, new CaseCourse(CaseState.TownshipReview)),
        (22, true, true, new CaseCourse(CaseState.ObjectionHandling)), (24, true, false, new CaseCourse(CaseState.PublicNotice)), (24, false, false, new CaseCourse(CaseState.PublicNotice)),
        (23, true, false, new CaseCourse(CaseState.VillageReview)), (24, false, true, new CaseCourse(CaseState.HouseholdVerified)), (23, true, false, LeadCourse.Verifying),
        (24, true, true, new CaseCourse(CaseState.Applied)), (25, true, false, new CaseCourse(CaseState.DataMatched)), (25, false, false, LeadCourse.Dispatched),
        (25, true, false, LeadCourse.DismissalProposed), (26, true, true, LeadCourse.Verifying), (26, false, true, LeadCourse.New), (28, true, false, LeadCourse.New),
        (28, true, false, LeadCourse.Dispatched), (29, false, true, LeadCourse.New),
    ];

    private async Task Report(int day)
    {
        foreach (var (_, here, itself, course) in Reports.Where(r => r.Day == day))
        {
            if (Quiet(here) is not { } home || (itself ? await tales.ReportedItself(home) : await tales.Reported(home)) is not { } lead)
                continue;
            Begin(day, home, course is CaseCourse way ? tales.Case(home, lead, way) : tales.Lead(home, lead, (LeadCourse)course));
        }
    }

    private static readonly (int Day, bool Here, IssueState Stop, bool Late, bool Again)[] Issues =
    [
        (2, true, IssueState.Held, false, false), (4, true, IssueState.Closed, false, false), (7, false, IssueState.Closed, false, false), (12, true, IssueState.Closed, false, false),
        (16, true, IssueState.Closed, false, true), (18, true, IssueState.InRectification, true, false), (22, true, IssueState.Examined, false, false),
        (20, true, IssueState.Answered, false, false), (24, false, IssueState.SentUp, false, false),
        (25, false, IssueState.Submitted, false, false), (25, false, IssueState.Escalated, false, false), (25, true, IssueState.InRectification, false, false),
        (27, true, IssueState.Assigned, false, false), (28, false, IssueState.FixedOnSpot, false, false), (28, true, IssueState.Registered, false, false),
    ];

    // The last days, so that most channels still have time; one is late.
    private static readonly (int Day, int Which, bool HandOver)[] Urgent = [(21, 1, false), (27, 0, true), (28, 2, false), (29, 3, false)];

    private static readonly (string Target, decimal Funds, ListingState Stop)[] Listings =
    [
        ("未脱贫户和监测户问题清零，饮水达标。", 300_000m, ListingState.Listed), ("集体经济收入达到5万元，危房清零。", 300_000m, ListingState.Removed),
        ("产业覆盖所有监测户。", 400_000m, ListingState.RemovalProposed),
    ];

    private void Problems(int day)
    {
        foreach (var (_, here, stop, late, again) in Issues.Where(i => i.Day == day))
        {
            if (Quiet(here) is { } home)
                Begin(day, home, tales.Problem(home, stop, late, again));
        }
        foreach (var (_, which, handOver) in Urgent.Where(u => u.Day == day))
        {
            if (Quiet(true) is { } home)
                Begin(day, home, tales.Urgent(home, which, handOver));
        }
        if (day == 1)
        {
            var villages = homes.Values.Where(h => h.Village.Parent == story.Village.Parent).GroupBy(h => h.Village).OrderBy(g => g.Key).Select(g => g.OrderBy(h => h.Made.Code, StringComparer.Ordinal).First());
            foreach (var (home, listed) in villages.Zip(Listings))
                Begin(day, home, tales.Listed(home, listed.Target, listed.Funds, listed.Stop));
        }
    }

    /// <summary>On the last working day of a week the township has reported.</summary>
    private async Task Weekly()
    {
        var week = Rhythm.WeekOf(stage.Today);
        if (Rhythm.DueOf(week, stage.Policy.WorkCalendar) == stage.Today)
            await tales.Weekly(week);
    }

    /// <summary>The next household nothing has happened to, in the village of the story or in another.</summary>
    private Home? Quiet(bool here)
    {
        var found = homes.Values.Where(h => h.Made is { Troubled: false, Monitoring: null, Able: true } && h.Made.Head.Phone is { Length: 11 } && !_met.Contains(h.Id))
            .OrderBy(h => h.Village == story.Village != here).ThenBy(h => h.Made.Code[^3..], StringComparer.Ordinal).ThenBy(h => h.Made.Code, StringComparer.Ordinal).FirstOrDefault();
        if (found is not null)
            _met.Add(found.Id);
        return found;
    }
}
