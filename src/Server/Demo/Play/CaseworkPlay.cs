using Shouwang.Kernel;
using Shouwang.Modules.Casework.Contracts;
using Shouwang.Modules.Ledger.Contracts;
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
        await Problems(day);
        // What begins today may go on today.
        for (var i = 0; i < _running.Count; i++)
        {
            while (_running[i].Day <= day && await GoOn(i))
            {
            }
        }
        _running.RemoveAll(r => r.Day == int.MaxValue);
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

    // In this order, so that a small county has at least one of each; then the commonest again.
    private static readonly CaseCourse Full = new(CaseState.Registered);

    private static readonly object[] FirstCourses =
    [
        Full with { Help = HelpCourse.Effective }, LeadCourse.Dismissed, Full with { Help = HelpCourse.Delivered }, LeadCourse.ResolvedOnSpot, Full with { Help = HelpCourse.Ineffective },
        LeadCourse.SentBack, Full with { Objection = false, Help = HelpCourse.Planned }, new CaseCourse(CaseState.Rejected), Full with { Returned = true, Help = HelpCourse.Draft },
        Full with { Objection = true, Help = HelpCourse.Identified }, new CaseCourse(CaseState.Withdrawn), LeadCourse.Dismissed, Full with { Help = HelpCourse.Delivered },
        Full with { Help = HelpCourse.Effective }, LeadCourse.ResolvedOnSpot, Full with { Help = HelpCourse.Delivered }, LeadCourse.Dismissed, Full with { Help = HelpCourse.Planned },
    ];

    private static readonly object[] SecondCourses =
    [
        new CaseCourse(CaseState.CountyApproval), new CaseCourse(CaseState.TownshipReview), new CaseCourse(CaseState.Returned), LeadCourse.Dismissed, new CaseCourse(CaseState.CountyApproval),
        Full with { Help = HelpCourse.Identified }, new CaseCourse(CaseState.ObjectionHandling, false), LeadCourse.ResolvedOnSpot, new CaseCourse(CaseState.TownshipReview), LeadCourse.Dismissed,
        Full with { Help = HelpCourse.Draft },
    ];

    private static readonly EliminationCourse[] EliminationCourses =
    [
        new(EliminationState.Flagged, 0), new(EliminationState.RolledBack, 0), new(EliminationState.TownshipAudited, 14), new(EliminationState.PublicNotice, 17),
        new(EliminationState.ListProposed, 21), new(null, 0), new(EliminationState.Announced, 12), new(EliminationState.CountyConfirmed, 13), new(EliminationState.HouseholdVerified, 20),
        new(EliminationState.ObjectionHandling, 17), new(EliminationState.VillageReviewed, 19), new(EliminationState.Rejected, 5), new(EliminationState.Withdrawn, 8), new(null, 0),
    ];

    /// <summary>The first screening: the story, the households on the list since before, and what the files showed.</summary>
    private async Task First()
    {
        if (await stage.OpenLead(story) is { } lead)
        {
            _met.Add(story.Id);
            Begin(0, story, tales.Story(story, lead.Id));
        }
        foreach (var (home, course) in Watched().Zip(EliminationCourses))
        {
            _met.Add(home.Id);
            Begin(0, home, tales.Watched(home, course));
        }
        await Assign(0, FirstCourses, FirstCourses.Length * 2);
    }

    // Where nothing else has spoken: a household with an open lead cannot be taken off the list.
    private IEnumerable<Home> Watched() => homes.Values.Where(h => h.Made is { Monitoring: not null, Able: true } && h.Made.Net / h.Made.Members.Count > 7_000)
        .OrderBy(h => h.Made.Code, StringComparer.Ordinal);

    /// <summary>The second file of the medical insurance: one shock goes through the green channel, the rest the ordinary way.</summary>
    private async Task Second()
    {
        foreach (var (home, lead) in (await NewLeads()).Take(1))
        {
            _met.Add(home.Id);
            Begin(SecondFile + 1, home, tales.GreenChannel(home, lead, Full));
        }
        await Assign(SecondFile, SecondCourses, SecondCourses.Length);
    }

    private async Task Assign(int day, object[] courses, int most)
    {
        foreach (var ((home, lead), index) in (await NewLeads()).Take(most).Select((l, i) => (l, i)))
        {
            _met.Add(home.Id);
            // Nobody dispatches everything on the first day.
            var begin = day + (day == 0 ? index / 12 : 0);
            Begin(begin, home, courses[index % courses.Length] is CaseCourse course ? tales.Case(home, lead, course) : tales.Lead(home, lead, (LeadCourse)courses[index % courses.Length]));
        }
    }

    private async Task<List<(Home Home, Guid Lead)>> NewLeads()
    {
        var open = await stage.Ask<ILeads, IReadOnlyList<LeadSummary>>(l => l.Open(Actor.System(story.Village.County), false, stage.Cancel));
        return [.. open.Where(l => homes.ContainsKey(l.Household) && l.State == nameof(LeadState.New)).OrderBy(l => l.Code, StringComparer.Ordinal)
            .Select(l => (homes[l.Household], l.Id)).Where(l => !_met.Contains(l.Item1.Id))];
    }

    /// <summary>What people report themselves, so that every stage has somebody in it on the last day.</summary>
    private static readonly (int Day, bool Here, bool Itself, object Course)[] Reports =
    [
        (18, true, false, new CaseCourse(CaseState.TownshipReview)), (21, true, true, new CaseCourse(CaseState.PublicNotice)), (22, false, false, new CaseCourse(CaseState.PublicNotice)),
        (22, true, false, new CaseCourse(CaseState.VillageReview)), (23, false, true, new CaseCourse(CaseState.HouseholdVerified)), (23, true, false, LeadCourse.Verifying),
        (24, true, true, new CaseCourse(CaseState.Applied)), (24, true, false, new CaseCourse(CaseState.DataMatched)), (25, false, false, LeadCourse.Dispatched),
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

    private static readonly (int Day, bool Here, IssueState Stop, bool Late)[] Issues =
    [
        (4, true, IssueState.Closed, false), (7, false, IssueState.Closed, false), (12, true, IssueState.Closed, false), (14, false, IssueState.Escalated, false),
        (18, true, IssueState.InRectification, true), (20, true, IssueState.Examined, false), (22, false, IssueState.Submitted, false), (25, true, IssueState.InRectification, false),
        (26, false, IssueState.FixedOnSpot, false), (27, true, IssueState.Assigned, false), (28, true, IssueState.Registered, false),
    ];

    private Task Problems(int day)
    {
        foreach (var (_, here, stop, late) in Issues.Where(i => i.Day == day))
        {
            if (Quiet(here) is { } home)
                Begin(day, home, tales.Problem(home, stop, late));
        }
        return Task.CompletedTask;
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
